"""The list of all keys, opened by Ctrl+/."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from ui.keys import KEYS, ON_EVERY_SCREEN
from ui.theme import theme
from ui.widgets.buttons import primary
from ui.widgets.layout import boxed, row, scrolling
from ui.widgets.plain import PlainLabel
from ui.widgets.text import heading


class KeyList(QDialog):
    """Two columns: the key, what it does."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        px = theme().px
        self.setWindowTitle("按键一览")
        close = primary("知道了", self.accept)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(px(20), px(18), px(20), px(16))
        stack.setSpacing(px(12))
        stack.addWidget(heading("按键一览"))
        stack.addWidget(scrolling(boxed(key_grid()), name="按键一览"), 1)
        stack.addLayout(row(None, close))
        room = parent.size()
        self.resize(min(px(520), room.width() - px(40)), min(px(640), room.height() - px(40)))
        close.setFocus()


def key_grid() -> QGridLayout:
    """The keys as a grid, also for the system screen."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme().px(24))
    grid.setVerticalSpacing(theme().px(6))
    grid.setColumnStretch(1, 1)
    named = tuple((shown(key.sequence), key.words) for key in KEYS)
    for line, (sequence, words) in enumerate((*named, *ON_EVERY_SCREEN)):
        grid.addWidget(PlainLabel(sequence, role="strong"), line, 0)
        grid.addWidget(PlainLabel(words), line, 1)
    return grid


def shown(sequence: str) -> str:
    """A sequence as the platform writes it, with Enter for Return."""
    return QKeySequence(sequence).toString(QKeySequence.SequenceFormat.NativeText).replace("Return", "Enter")
