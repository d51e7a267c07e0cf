"""What is said beneath the line being typed: which line it changes, what an offer means, what is wrong."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from mediation_desk.cases.board.understanding import Meaning
from mediation_desk.hearings.board.notes import Note
from ui.screens.board.book import Book
from ui.screens.board.faces import terms_line
from ui.tokens import Tone
from ui.widgets.layout import column
from ui.widgets.plain import PlainLabel


class Hints(QWidget):
    """Takes no room while there is nothing to say."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._changing = PlainLabel(role="small", tone=Tone.SOON)
        self._changing.setObjectName("board.changing")
        self._terms = PlainLabel(role="small", tone=Tone.ACCENT, wrap=True)
        self._terms.setObjectName("board.terms")
        self._said = PlainLabel(role="small", tone=Tone.SEAL, wrap=True)
        self._said.setObjectName("board.said")
        self.setLayout(column(self._changing, self._terms, self._said, gap=2))
        for one in (self._changing, self._terms, self._said):
            one.hide()
        self.hide()

    def say(self, sentence: str) -> None:
        """What is wrong; "" takes it away."""
        self._put(self._said, sentence)

    def show_meaning(self, book: Book, found: Meaning, base: Note | None) -> None:
        """Who would pay whom, and whose offer it answers."""
        words = terms_line(book, found.terms)
        answers = book.notes.get(found.answers) if found.answers else None
        if answers is not None and base is None:
            words += f"　还{book.cast.by_ref(answers.speaker).name}的价（另提写 !+）"
        self._put(self._terms, words.strip())
        self._put(self._changing, f"正在改第{base.no}行　Esc 不改了" if base is not None else "")

    def _put(self, label: PlainLabel, words: str) -> None:
        if words != label.text():
            label.setText(words)
        label.setVisible(bool(words))
        self.setVisible(any(not one.isHidden() for one in (self._changing, self._terms, self._said)))
