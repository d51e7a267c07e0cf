"""The question before something that cannot be taken back, and the plain question before everything else."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import button, danger, primary
from ui.widgets.picture import Picture
from ui.widgets.text import heading, paragraph

_WAKE_MS = 1200


class DangerDialog(QDialog):
    """Says what will be lost. Its button wakes up after a moment, or when ``typed`` has been typed."""

    def __init__(
        self, title: str, consequence: str, verb: str, *, typed: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleDescription(consequence)
        self._typed = typed
        self._confirm = danger(verb, self.accept)
        self._cancel = button("不做了", self.reject)
        self._word = QLineEdit()
        self._word.setAccessibleName(f"请输入“{typed}”以确认")
        self._lay_out(title, consequence)
        self._confirm.setEnabled(False)
        self._confirm.setAutoDefault(False)
        self._cancel.setDefault(True)
        self._cancel.setFocus()
        self._word.textChanged.connect(lambda text: self._confirm.setEnabled(text.strip() == self._typed))
        if not typed:
            QTimer.singleShot(_WAKE_MS, self, lambda: self._confirm.setEnabled(True))

    def _lay_out(self, title: str, consequence: str) -> None:
        px = theme().px
        words = paragraph(consequence)
        words.setMinimumWidth(px(380))
        stack = QVBoxLayout(self)
        stack.setContentsMargins(px(20), px(20), px(20), px(16))
        stack.setSpacing(px(12))
        top = QHBoxLayout()
        top.setSpacing(px(12))
        top.addWidget(Picture("warn", 28, Tone.SEAL))
        top.addWidget(heading(title), 1)
        stack.addLayout(top)
        stack.addWidget(words)
        if self._typed:
            stack.addWidget(paragraph(f"请输入“{self._typed}”以确认："))
            stack.addWidget(self._word)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._confirm)
        stack.addLayout(buttons)


class AskDialog(QDialog):
    """A question with two answers: ``yes`` is the way forward, ``no`` keeps everything as it is."""

    def __init__(
        self, title: str, question: str, yes: str, no: str = "先不", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        px = theme().px
        self.setWindowTitle(title)
        self.setAccessibleDescription(question)
        words = paragraph(question)
        words.setMinimumWidth(px(360))
        words.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        forward = primary(yes, self.accept)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(px(20), px(20), px(20), px(16))
        stack.setSpacing(px(12))
        stack.addWidget(heading(title))
        stack.addWidget(words)
        answers = QHBoxLayout()
        answers.addStretch(1)
        answers.addWidget(button(no, self.reject))
        answers.addWidget(forward)
        stack.addLayout(answers)
        forward.setDefault(True)
        forward.setFocus()


def confirm_danger(parent: QWidget, title: str, consequence: str, verb: str, *, typed: str = "") -> bool:
    """Ask before something that cannot be taken back; True when confirmed."""
    return bool(DangerDialog(title, consequence, verb, typed=typed, parent=parent).exec())


def ask(parent: QWidget, title: str, question: str, yes: str, no: str = "先不") -> bool:
    """Ask a plain question; True for ``yes``."""
    return bool(AskDialog(title, question, yes, no, parent).exec())
