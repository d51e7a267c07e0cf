"""The pane at the right: preview, history or the reason for a date. Floats when the window is narrow."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QStackedWidget, QVBoxLayout, QWidget

from ui.theme import theme
from ui.widgets.buttons import link
from ui.widgets.layout import row
from ui.widgets.plain import restyle
from ui.widgets.text import heading

WIDTH = 372


class SidePane(QFrame):
    """Holds the widgets that screens hand over; shows one at a time under its heading."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sidePane")
        self._heading = heading("")
        self._close = link("F4 收起", self.closed.emit)
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        pad = theme().px(14)
        column.setContentsMargins(pad, theme().px(10), pad, pad)
        column.setSpacing(theme().px(6))
        column.addLayout(row(self._heading, None, self._close))
        column.addWidget(self._stack, 1)
        self.hide()

    def show_widget(self, widget: QWidget, title: str) -> None:
        """Bring ``widget`` to the front; it stays with the pane until its screen deletes it."""
        if self._stack.indexOf(widget) < 0:
            self._stack.addWidget(widget)
        self._stack.setCurrentWidget(widget)
        self._heading.setText(title)
        self.setAccessibleName(title)

    def has_content(self) -> bool:
        """False until a screen has handed something over."""
        return self._stack.currentWidget() is not None

    def set_floating(self, floating: bool) -> None:
        """Above the screen with a soft shadow, or beside it."""
        if self.property("floating") == ("true" if floating else "false"):
            return
        self.setProperty("floating", "true" if floating else "false")
        restyle(self)
        if not floating:
            self.setGraphicsEffect(None)  # type: ignore[arg-type]  # None takes the effect away
            return
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(theme().px(24))
        shadow.setOffset(0, theme().px(4))
        shadow.setColor(QColor(theme().tokens.shadow))
        self.setGraphicsEffect(shadow)
