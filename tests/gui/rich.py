"""What a screen makes of text beyond showing it: markup, pictures, links, shortcuts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QGroupBox,
    QLabel,
    QMenu,
    QMessageBox,
    QTabBar,
    QTextEdit,
    QWidget,
)

MARK = "辨"
"""Stands in every hostile text of a test, so that our own captions are told apart."""

_TAG = re.compile("<(?:b|i|img|a|script|font|table|style|body)[ >]", re.IGNORECASE)
_LONE_AMPERSAND = re.compile("(?<!&)&(?:&&)*(?!&)")


def interpreted(top: QWidget) -> Iterator[str]:
    """Every place under ``top`` where what somebody typed is more than text."""
    for widget in (top, *top.findChildren(QWidget)):
        where = f"{type(widget).__name__} {widget.objectName()}"
        yield from (f"{where}: {fault}" for fault in _faults(widget))
    for action in top.findChildren(QAction):
        if _shortcut(action.text()):
            yield f"action {action.objectName()}: a shortcut"
        if _tip(action.toolTip()):
            yield f"action {action.objectName()}: markup in a tool tip"


def _faults(widget: QWidget) -> Iterator[str]:
    if _tip(widget.toolTip()) or _tip(widget.whatsThis()):
        yield "markup in a tool tip"
    if any(map(_shortcut, _captions(widget))):
        yield "a shortcut"
    if isinstance(widget, QLabel | QMessageBox) and _guesses(widget):
        yield "guesses rich text"
    if isinstance(widget, QTextEdit) and re.search("<(?:img|a) ", widget.toHtml()):
        yield "a picture or link"
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _model(widget.model())


def _guesses(widget: QLabel | QMessageBox) -> bool:
    return MARK in widget.text() and widget.textFormat() is not Qt.TextFormat.PlainText


def _captions(widget: QWidget) -> Iterator[str]:
    """Texts in which an ampersand makes a shortcut."""
    if isinstance(widget, QAbstractButton) or (isinstance(widget, QLabel) and widget.buddy() is not None):
        yield widget.text()
    if isinstance(widget, QGroupBox | QMenu):
        yield widget.title()
    if isinstance(widget, QTabBar):
        yield from (widget.tabText(place) for place in range(widget.count()))


def _model(model: QAbstractItemModel) -> Iterator[str]:
    root = QModelIndex()
    for row in range(model.rowCount(root)):
        for column in range(model.columnCount(root)):
            tip = model.data(model.index(row, column), Qt.ItemDataRole.ToolTipRole)
            if isinstance(tip, str) and _tip(tip):
                yield f"row {row}: markup in a tool tip"


def _tip(text: str) -> bool:
    return MARK in text and bool(_TAG.search(text))


def _shortcut(text: str) -> bool:
    return MARK in text and bool(_LONE_AMPERSAND.search(text))
