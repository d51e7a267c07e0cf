"""The view of the matrix: arrows move, space marks, Enter marks a whole human and goes on, Backspace unmarks."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from mediation_desk.cases.ink.place import InkPlace
from ui.screens.case_page.ink.matrix_model import HEADS, InkMatrixModel
from ui.theme import theme
from ui.tokens import ROW_HEIGHT

_WIDTHS = (0, 76, 104, 150)
_COPY = 44
_NARROWEST = 190


class InkMatrix(QTableView):
    """``moved`` when another cell is current, ``marked`` after every key that marks."""

    moved = Signal()
    marked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("各处、各份的签名")
        self.cells = InkMatrixModel(self)
        self.setModel(self.cells)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.selectionModel().currentChanged.connect(lambda *_: self.moved.emit())
        self._scale()

    def place(self) -> InkPlace | None:
        """The place of the current row."""
        return self.cells.place(self.currentIndex().row())

    def go_to(self, row: int, column: int = 0) -> None:
        """Make a cell current and show it."""
        index = self.cells.index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def content_height(self, rows: int) -> int:
        """Height of the header, ``rows`` rows and the bar to scroll copies with."""
        height = self.horizontalHeader().sizeHint().height() + theme().px(ROW_HEIGHT) * rows
        return height + theme().px(16) + 2 * self.frameWidth()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Marks by key."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or not self.currentIndex().isValid():
            super().keyPressEvent(event)
            return
        index = self.currentIndex()
        match Qt.Key(event.key()):
            case Qt.Key.Key_Space:
                self.cells.flip(index)
                self.go_to(min(index.row() + 1, self.cells.rowCount() - 1), index.column())
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.go_to(self.cells.mark_hand(index.row()), index.column())
            case Qt.Key.Key_Backspace | Qt.Key.Key_Delete:
                self.cells.unmark_row(index.row())
            case _:
                super().keyPressEvent(event)
                return
        self.marked.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The same by mouse."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.cells.flip(index)
            self.marked.emit()

    def focusInEvent(self, event: QEvent) -> None:
        """Coming by keyboard, a cell is current at once."""
        super().focusInEvent(event)  # type: ignore[arg-type]  # Qt passes a QFocusEvent
        if not self.currentIndex().isValid() and self.cells.rowCount():
            self.go_to(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The names take what is left."""
        super().resizeEvent(event)
        self.share_width()

    def changeEvent(self, event: QEvent) -> None:
        """Rows grow with the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "cells"):
            self._scale()

    def share_width(self) -> None:
        """Set the columns: words first, the copies as narrow as a character needs."""
        copies = max(self.cells.columnCount() - len(HEADS), 0)
        fixed = sum(theme().px(width) for width in _WIDTHS) + copies * theme().px(_COPY)
        self.setColumnWidth(0, max(self.viewport().width() - fixed, theme().px(_NARROWEST)))
        for place, width in enumerate(_WIDTHS[1:], start=1):
            self.setColumnWidth(place, theme().px(width))
        for copy in range(copies):
            self.setColumnWidth(len(HEADS) + copy, theme().px(_COPY))

    def current(self) -> QModelIndex:
        """The current cell."""
        return self.currentIndex()

    def _scale(self) -> None:
        self.horizontalHeader().setMinimumSectionSize(theme().px(_COPY))
        self.verticalHeader().setMinimumSectionSize(theme().px(ROW_HEIGHT))
        self.verticalHeader().setDefaultSectionSize(theme().px(ROW_HEIGHT))
        self.share_width()
