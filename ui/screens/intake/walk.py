"""Reading order: the way Tab takes through a screen, and the shorter one that Enter takes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTableView,
    QWidget,
)

from ui.screens.intake.panel import PASSED_BY

_STOPS = (QLineEdit, QPlainTextEdit, QComboBox, QCheckBox, QTableView)


def in_reading_order(layout: QLayout | None) -> Iterator[QWidget]:
    """Every widget below ``layout`` that Tab can reach, as the layouts place them."""
    if layout is None:
        return
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        yield from in_reading_order(item.layout())
        widget: QWidget | None = item.widget()
        if isinstance(widget, QScrollArea):
            widget = widget.widget()
        if widget is None:
            continue
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            yield widget
        else:
            yield from in_reading_order(widget.layout())


def set_reading_order(widgets: list[QWidget]) -> None:
    """Make Tab follow ``widgets``; rows that came later are otherwise visited last."""
    for before, after in pairwise(widgets):
        QWidget.setTabOrder(before, after)


def step_from(widgets: list[QWidget], here: QWidget | None, step: int) -> QWidget | None:
    """Where Enter (+1) or Shift+Enter (-1) leads from ``here``; None at either end."""
    place = next((number for number, widget in enumerate(widgets) if widget is here), None)
    if place is None:
        return None
    way = widgets[place + 1 :] if step > 0 else widgets[:place][::-1]
    return next((widget for widget in way if _is_stop(widget)), None)


def _is_stop(widget: QWidget) -> bool:
    typed = isinstance(widget, _STOPS) and not widget.property(PASSED_BY)
    return typed and widget.isVisible() and widget.isEnabled()
