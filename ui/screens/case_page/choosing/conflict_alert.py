"""A conflict that shut a serving mediator out and showed only later: who, why, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from mediation_desk.cases.choosing.recusal_rules import recusal_rule
from mediation_desk.experts.conflicts.model import Hit
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import clauses
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import button
from ui.widgets.layout import clear, column, row
from ui.widgets.picture import Picture
from ui.widgets.text import paragraph


class ConflictAlert(QFrame):
    """Amber; ``wanted`` when somebody goes to the disclosure."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("choice.alert")
        self.setProperty("chip", "true")
        self.setProperty("tone", Tone.SOON.value)
        self._lines = column(gap=4)
        self._deed = button("去披露并听取意见", self.wanted.emit)
        self._deed.setObjectName("choice.alert.act")
        pad = theme().px(12)
        stack = column(self._lines, row(self._deed, None), gap=8)
        stack.setContentsMargins(pad, pad, pad, pad)
        self.setLayout(stack)

    def show_hits(self, view: CaseView, hits: Sequence[Hit]) -> None:
        """Hidden without hits."""
        clear(self._lines)
        self.setVisible(bool(hits))
        for hit in hits:
            line = row(Picture("warn", 18, Tone.SOON), paragraph(hit.sentence, Tone.SOON), gap=8)
            line.setStretch(1, 1)
            self._lines.addLayout(line)
        if hits:
            keep = recusal_rule(view.file.track).may_keep
            ways = "各方知情以后都同意的，可以继续；否则另选一位。" if keep else "请另选一位。"
            basis = "；".join(dict.fromkeys(hit.basis for hit in hits if hit.basis))
            self._lines.addWidget(paragraph(f"应当告知各方。{ways}依据：{basis}。", Tone.QUIET))


def alert_sentence(view: CaseView) -> str:
    """One line for the head of the page; "" when nothing is wrong."""
    if not view.alerts:
        return ""
    first = clauses((view.alerts[0].sentence,))
    more = f"（另有 {len(view.alerts) - 1} 处）" if len(view.alerts) > 1 else ""
    return f"{first}{more}"
