"""The list of all keys, opened by Ctrl+/."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ui.theme import theme
from ui.widgets.buttons import primary
from ui.widgets.key_grid import key_grid
from ui.widgets.layout import boxed, row, scrolling
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
