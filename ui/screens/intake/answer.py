"""只是咨询: what was answered, and which ways were told; shown when somebody only asked."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from mediation_desk.cases.counter.visits import Consult
from mediation_desk.cases.endings import remedies_of
from mediation_desk.cases.vocabulary import Category
from ui.fields.text_field import NoteField
from ui.screens.intake.panel import Found, Panel
from ui.screens.intake.words import Words, parts, text
from ui.theme import theme
from ui.widgets.layout import column
from ui.widgets.text import heading, small

_LINES = 3


class AnswerPanel(QFrame):
    """A consultation stays anonymous where no name is written above."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self._panel = Panel()
        self._panel.put(
            "answer", "怎样答复的", NoteField("讲了什么、请对方怎么办", lines=_LINES), width=360, stretch=3
        )
        self._panel.put(
            "remedies", "告知的途径，一行一项", NoteField(lines=_LINES), width=300, stretch=2, passed_by=True
        )
        self._panel.name_as("intake.answer")
        self._panel.edited.connect(self.edited)
        note = small("咨询不立案、不编号；姓名可以不写。以后要登记，从“咨询记录”里转过来。")
        inner = column(heading("只是咨询"), self._panel, note, gap=6)
        pad = theme().px(14)
        inner.setContentsMargins(pad, theme().px(10), pad, theme().px(10))
        self.setLayout(inner)

    def clear(self) -> None:
        """Nothing answered yet."""
        self._panel.show_words({"answer": "", "remedies": ""})

    def words(self) -> dict[str, object]:
        """What was answered; nothing while it is hidden."""
        return {} if self.isHidden() else self._panel.words()

    def show_words(self, words: Words) -> None:
        """Show what was kept."""
        self.setVisible("answer" in words)
        self._panel.show_words({"answer": "", "remedies": ""} | dict(words))

    def found(self) -> Found:
        """Fields by place."""
        yield from self._panel.found("")

    def begin(self, category: Category | None) -> None:
        """Somebody only asks: the ways open are filled in, what was answered is to be written."""
        self.show()
        self._panel.show_words({"remedies": "\n".join(remedies_of(category))})
        self._panel.editor("answer").setFocus()
        self.edited.emit()

    def consult(self, words: Words, category: Category | None) -> Consult:
        """The consultation on the sheet; who asks is the first name on it."""
        who = next((party for party in parts(words, "parties") if text(party, "name")), {})
        own = self._panel.words()
        return Consult(
            name=text(who, "name"),
            phone=text(who, "phone"),
            category=category,
            matter=text(words, "facts"),
            answer=text(own, "answer"),
            remedies=tuple(line.strip() for line in text(own, "remedies").splitlines() if line.strip()),
        )
