"""The view of a statistical table: every cell leads to its cases, F1 explains it, names stay while figures scroll."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from mediation_desk.statistics.model import Column, StatTable
from ui.screens.statistics.grid_headers import GroupedHeader, NamesHeader
from ui.screens.statistics.grid_model import GridCell, GridModel, Place
from ui.theme import theme
from ui.tokens import ROW_HEIGHT
from ui.widgets.text import small

_HEIGHT = 240
_COUNT, _MONEY, _LINE = 84, 112, 112
_LONG, _WIDER = 8, 24
"""A name of more letters than this gets that much more room, so that headings stay low."""


class StatGrid(QTableView):
    """``chosen(GridCell)`` by Enter or a click, ``moved`` with the current cell, ``asked`` by F1."""

    chosen = Signal(object)
    moved = Signal(object)
    asked = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown = GridModel(self)
        self.setModel(self.shown)
        self.setAccessibleName(name)
        self._names, self._figures = NamesHeader(self), GroupedHeader(self, self.shown)
        self.setVerticalHeader(self._names)
        self.setHorizontalHeader(self._figures)
        self._corner = small()
        self._corner.setParent(self)
        self._corner.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        for header in (self._names, self._figures):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.clicked.connect(self._choose)
        self.entered.connect(self._on_entered)
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    def show_table(
        self, table: StatTable, *, down: bool, without_zeros: bool, wrong: Mapping[Place, str]
    ) -> None:
        """Show a table; the cell that was current stays current where it is still shown."""
        before = self.current()
        self.clearSpans()
        self.shown.show_table(table, down=down, without_zeros=without_zeros, wrong=wrong)
        for row in self.shown.headings():
            self.setSpan(row, 0, 1, max(1, self.shown.columnCount()))
        self._corner.setText("" if down else table.row_title)
        self._scale()
        if before is None or not self.go_to((before.row.label, before.column.code)):
            self._go_first()

    def current(self) -> GridCell | None:
        """The current cell."""
        return self.shown.cell(self.currentIndex())

    def go_to(self, place: Place) -> bool:
        """Make a cell current; False when it is not shown."""
        index = self.shown.index_of(place)
        if index.isValid():
            self.setCurrentIndex(index)
        return index.isValid()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, F1 explains, copying takes the figure."""
        cell = self.current()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._choose(self.currentIndex())
        elif event.key() == Qt.Key.Key_F1 and cell is not None:
            self.asked.emit(cell)
        elif event.matches(QKeySequence.StandardKey.Copy) and cell is not None:
            QGuiApplication.clipboard().setText(str(self.currentIndex().data() or ""))
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """F1 on a cell is the cell's, not the window's."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_F1
            and self.current() is not None
        ):
            event.accept()
            return True
        return bool(super().event(event))

    def updateGeometries(self) -> None:
        """The word for the lines stands in the corner."""
        super().updateGeometries()
        if hasattr(self, "_corner"):
            names, figures = self._names.geometry(), self._figures.geometry()
            self._corner.setGeometry(names.left(), figures.top(), names.width(), figures.height())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The frame grows with the focus: headings move with it."""
        super().focusInEvent(event)
        self.updateGeometries()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """And shrinks again."""
        super().focusOutEvent(event)
        self.updateGeometries()

    def leaveEvent(self, event: QEvent) -> None:
        """No hand beyond the table."""
        self.viewport().unsetCursor()
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Only the left button opens."""
        if event.button() == Qt.MouseButton.LeftButton:
            super().mouseReleaseEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Rows and columns grow with the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_figures"):
            self._scale()

    def _scale(self) -> None:
        px = theme().px
        self.setMinimumHeight(px(_HEIGHT))
        self._names.setMinimumSectionSize(px(ROW_HEIGHT))
        self._names.setDefaultSectionSize(px(ROW_HEIGHT))
        for place, one in enumerate(self.shown.across()):
            width = _LINE
            if isinstance(one, Column):
                width = _MONEY if one.unit.endswith("元") else _COUNT
                width += _WIDER * (len(one.name) // _LONG)
            self.setColumnWidth(place, px(width))
        self.updateGeometries()

    def _go_first(self) -> None:
        for row in range(self.shown.rowCount()):
            index = self.shown.index(row, 0)
            if self.shown.cell(index) is not None:
                self.setCurrentIndex(index)
                return

    def _choose(self, index: QModelIndex) -> None:
        cell = self.shown.cell(index)
        if cell is not None:
            self.chosen.emit(cell)

    def _on_entered(self, index: QModelIndex) -> None:
        if self.shown.cell(index) is not None:
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.viewport().unsetCursor()

    def _on_current_changed(self, index: QModelIndex) -> None:
        cell = self.shown.cell(index)
        if cell is not None:
            self.moved.emit(cell)
