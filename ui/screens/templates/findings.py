"""What is wrong with a file that was to become a template."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from mediation_desk.documents.templates.checking import Findings
from ui.tokens import Tone
from ui.widgets.card import Card
from ui.widgets.layout import boxed, clear
from ui.widgets.text import paragraph

_MOST = 12


class FindingsCard(Card):
    """Hidden until a file was looked at."""

    def __init__(self) -> None:
        super().__init__("检查结果")
        self.setObjectName("templates.findings")
        self._lines = QVBoxLayout()
        self.add(boxed(self._lines, parent=self))
        self.hide()

    def clear(self) -> None:
        """Nothing was looked at."""
        clear(self._lines)
        self.hide()

    def show_findings(self, name: str, findings: Findings) -> None:
        """One sentence for each fault; a good file says how many fields it has."""
        clear(self._lines)
        self.remark.setText(name)
        self.remark.show()
        sentences = findings.sentences or (findings.summary,)
        for sentence in sentences[:_MOST]:
            self._lines.addWidget(paragraph(sentence, Tone.DONE if findings.good else Tone.SEAL))
        if len(sentences) > _MOST:
            self._lines.addWidget(paragraph(f"还有{len(sentences) - _MOST}处，改好这些再传一次就看见。"))
        self.show()
