"""The head of the record form: what it is about, save and leave, what went wrong, what was left unfinished."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import button, link, primary
from ui.widgets.layout import boxed, row
from ui.widgets.plain import PlainLabel
from ui.widgets.text import heading


class FormHead(QWidget):
    """``save_wanted``, ``leave_wanted``; ``again`` and ``not_wanted`` answer the offer of unfinished words."""

    save_wanted = Signal()
    leave_wanted = Signal()
    again = Signal()
    not_wanted = Signal()

    def __init__(self, code: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = heading("")
        self._notice = PlainLabel(tone=Tone.SEAL, wrap=True)
        self._notice.setObjectName(f"{code}.notice")
        self.submit = primary("保存", self.save_wanted.emit)
        self.submit.setObjectName(f"{code}.submit")
        leave = button("返回", self.leave_wanted.emit)
        leave.setObjectName(f"{code}.cancel")
        again = button("接着写", self.again.emit)
        again.setObjectName(f"{code}.restore")
        words = PlainLabel("上次没写完的内容还留着。", tone=Tone.SOON)
        self._offer = boxed(row(words, None, link("不要了", self.not_wanted.emit), again))
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(theme().px(8))
        stack.addLayout(row(self._title, None, leave, self.submit, gap=8))
        stack.addWidget(self._notice)
        stack.addWidget(self._offer)
        self.offer(shown=False)
        self.say("")

    def show_title(self, title: str, verb: str) -> None:
        """What the form is about, and the word on its button."""
        self._title.setText(title)
        self.submit.set_caption(verb)

    def say(self, sentence: str) -> None:
        """One sentence about the whole form; "" takes it away."""
        self._notice.setText(sentence)
        self._notice.setVisible(bool(sentence))

    def notice(self) -> str:
        """What is being said."""
        return self._notice.text()

    def offer(self, *, shown: bool) -> None:
        """Offer the words of the last time."""
        self._offer.setVisible(shown)
