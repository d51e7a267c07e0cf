"""A raised ground for things that belong together."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from ui.theme import theme
from ui.widgets.text import heading, small


class Card(QFrame):
    """A card with an optional title, a remark beside it, actions at the right of the title and a body.

    ``flush`` leaves out the padding, for a card that is one table.
    """

    def __init__(
        self, title: str = "", *, remark: str = "", flush: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("card", "true")
        pad = theme().px(16)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.header = QHBoxLayout()
        self.header.setContentsMargins(pad, theme().px(12), pad, theme().px(8 if flush else 0))
        self.header.setSpacing(theme().px(8))
        self.remark = small(remark)
        if title:
            self.setAccessibleName(title)
            self.header.addWidget(heading(title))
            self.header.addWidget(self.remark)
            self.header.addStretch(1)
            outer.addLayout(self.header)
        else:
            self.remark.setParent(self)  # a widget without a parent would outlive the window
            self.remark.hide()
        self.body = QVBoxLayout()
        self.body.setSpacing(theme().px(8))
        inner = theme().px(1) if flush else pad
        self.body.setContentsMargins(
            inner, inner if flush else theme().px(12), inner, inner if flush else theme().px(14)
        )
        outer.addLayout(self.body, 1)

    def add(self, item: QWidget | QLayout, stretch: int = 0) -> None:
        """Put something into the body."""
        if isinstance(item, QWidget):
            self.body.addWidget(item, stretch)
        else:
            self.body.addLayout(item, stretch)
