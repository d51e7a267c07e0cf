"""Reading matter that stays folded until somebody wants it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import theme
from ui.widgets.buttons import DeskButton
from ui.widgets.layout import column, row


class Fold(QWidget):
    """A quiet line that unfolds ``body``; ``opened`` when it does, so that long lists are built only then."""

    opened = Signal()

    def __init__(self, caption: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caption = caption
        self.opener = DeskButton(caption, kind="link", symbol="down")
        self.opener.setObjectName(name)
        self.opener.clicked.connect(lambda _checked=False: self.unfold(not self.is_open()))
        self._ground = QWidget()
        self.body = QVBoxLayout(self._ground)
        self.body.setContentsMargins(theme().px(8), 0, 0, 0)
        self.body.setSpacing(theme().px(6))
        self.setLayout(column(row(self.opener, None), self._ground, gap=4))
        self._ground.hide()
        self.opener.setAccessibleDescription("收起着")

    def set_caption(self, caption: str) -> None:
        """Other words on the line."""
        self._caption = caption
        self._say()

    def is_open(self) -> bool:
        """Whether the body is shown."""
        return not self._ground.isHidden()

    def unfold(self, is_open: bool) -> None:
        """Show or hide the body."""
        self._ground.setVisible(is_open)
        self.opener.setAccessibleDescription("展开着" if is_open else "收起着")
        self._say()
        if is_open:
            self.opened.emit()

    def _say(self) -> None:
        self.opener.set_caption(f"{self._caption}（收起）" if self.is_open() else self._caption)
