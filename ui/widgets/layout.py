"""Rows, columns and scrolling grounds with the desk's spacing, scaled with the text size."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from ui.theme import theme

Item = QWidget | QLayout | int | None
B = TypeVar("B", bound=QBoxLayout)


def row(*items: Item, gap: int = 8) -> QHBoxLayout:
    """Left to right; ``None`` is a stretch, a number a fixed gap."""
    made = QHBoxLayout()
    return _filled(made, items, gap)


def column(*items: Item, gap: int = 8) -> QVBoxLayout:
    """Top to bottom; ``None`` is a stretch, a number a fixed gap."""
    made = QVBoxLayout()
    return _filled(made, items, gap)


def boxed(layout: QLayout, *, margin: int = 0, parent: QWidget | None = None) -> QWidget:
    """A widget that carries ``layout``."""
    made = QWidget(parent)
    pad = theme().px(margin) if margin else 0
    layout.setContentsMargins(pad, pad, pad, pad)
    made.setLayout(layout)
    return made


def scrolling(content: QWidget, *, name: str = "") -> QScrollArea:
    """A frameless area that scrolls ``content`` up and down, never sideways while it fits."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setAccessibleName(name)
    content.setProperty("scrolled", "true")
    area.setWidget(content)
    return area


def scroll_to(widget: QWidget) -> None:
    """Scroll whatever scrolls around ``widget`` until it is seen, once it has its place."""
    QTimer.singleShot(0, widget, lambda: _scroll_now(widget))


def _scroll_now(widget: QWidget) -> None:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget, 0, 12)
            return
        parent = parent.parentWidget()


def clear(layout: QLayout) -> None:
    """Take everything out of ``layout`` and delete the widgets."""
    for _place in range(layout.count()):
        item = layout.takeAt(0)
        _discard(item.widget(), item.layout())


def _discard(widget: QWidget | None, inner: QLayout | None) -> None:
    if inner is not None:
        clear(inner)
    if widget is not None:
        widget.hide()
        widget.deleteLater()


def _filled(made: B, items: tuple[Item, ...], gap: int) -> B:
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(theme().px(gap) if gap else 0)
    for item in items:
        if item is None:
            made.addStretch(1)
        elif isinstance(item, int):
            made.addSpacing(theme().px(item))
        elif isinstance(item, QLayout):
            made.addLayout(item)
        else:
            made.addWidget(item)
    return made
