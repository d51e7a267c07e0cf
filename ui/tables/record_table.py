"""The view for record tables: whole rows, Enter opens, Tab leaves, an empty table says why it is empty."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QHelpEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ui.tables.record_model import Column, RecordTableModel
from ui.theme import theme
from ui.tokens import ROW_HEIGHT
from ui.widgets.empty_state import EmptyState
from ui.widgets.plain import show_hint

R = TypeVar("R")
_NARROWEST = 96


class RecordTable(QTableView, Generic[R]):
    """``chosen(record)`` on Enter or double click, ``moved(record or None)`` with the current row."""

    chosen = Signal(object)
    moved = Signal(object)

    def __init__(
        self,
        name: str,
        columns: tuple[Column[R], ...],
        *,
        key: Callable[[R], object] = lambda record: record,
        empty: str = "",
        step: tuple[str, Callable[[], object]] | None = None,
        sortable: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.records: RecordTableModel[R] = RecordTableModel(columns, key=key, parent=self)
        self.setModel(self.records)
        self._empty = EmptyState(empty, step, parent=self.viewport()) if empty else None
        self._set_manners(sortable)
        self._scale()
        self.doubleClicked.connect(lambda index: self._choose(index.row()))
        self.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self.records.modelReset.connect(self._show_emptiness)
        self._show_emptiness()

    def show_records(self, records: tuple[R, ...]) -> None:
        """Show other records; the current row stays on the record it was on."""
        current = self.current()
        offset = self.verticalScrollBar().value()
        self.records.show_records(records)
        row = self.records.row_of(self.records.key(current)) if current is not None else -1
        if row >= 0:
            self.selectRow(row)
            self.verticalScrollBar().setValue(offset)

    def set_columns(self, columns: tuple[Column[R], ...]) -> None:
        """Declare other columns; show records afterwards."""
        self.records.set_columns(columns)
        self._share_width()

    def current(self) -> R | None:
        """The record of the current row."""
        return self.records.record(self.currentIndex().row())

    def choose_key(self, key: object) -> bool:
        """Make the record with ``key`` current; False when it is not here."""
        row = self.records.row_of(key)
        if row >= 0:
            self.selectRow(row)
        return row >= 0

    def set_empty(self, sentence: str) -> None:
        """What an empty table says from now on."""
        if self._empty is not None:
            self._empty.set_sentence(sentence)

    def content_height(self, rows: int) -> int:
        """Height that shows the header and ``rows`` rows without scrolling."""
        return (
            self.horizontalHeader().sizeHint().height()
            + theme().px(ROW_HEIGHT) * rows
            + 2 * self.frameWidth()
            + 2
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the current row; copying leaves private columns out."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._choose(self.currentIndex().row())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        else:
            super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Cut cells tell their whole text, literally."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            show_hint(event.globalPos(), self.records.explanation(index) or self._cut_text(index), self)
            return True
        return bool(super().viewportEvent(event))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns without a width share what is left."""
        super().resizeEvent(event)
        self._share_width()
        if self._empty is not None:
            self._empty.setGeometry(self.viewport().rect())

    def changeEvent(self, event: QEvent) -> None:
        """Rows grow with the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "records"):
            self._scale()

    def focusInEvent(self, event: QEvent) -> None:
        """Coming by keyboard, a row is current at once."""
        super().focusInEvent(event)  # type: ignore[arg-type]  # Qt passes a QFocusEvent
        if not self.currentIndex().isValid() and self.records.rowCount():
            self.selectRow(0)

    def _set_manners(self, sortable: bool) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        if sortable:
            header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            header.setSortIndicatorClearable(True)
            self.setSortingEnabled(True)

    def _scale(self) -> None:
        height = theme().px(ROW_HEIGHT)
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        self.setIconSize(QSize(theme().px(18), theme().px(18)))
        self._share_width()

    def _share_width(self) -> None:
        room = self.viewport().width()
        shown = self._columns_in(room)
        fixed = sum(theme().px(column.width) for _place, column in shown if column.width)
        open_places = [place for place, column in shown if not column.width]
        left = max(room - fixed, theme().px(_NARROWEST) * len(open_places))
        for place in range(len(self.records.columns)):
            self.setColumnHidden(place, place not in dict(shown))
        for place, column in shown:
            self.setColumnWidth(place, theme().px(column.width) if column.width else left // len(open_places))

    def _columns_in(self, room: int) -> list[tuple[int, Column[R]]]:
        """The columns that fit into ``room``: optional ones give way, the last first."""
        shown = list(enumerate(self.records.columns))
        for place, column in reversed(shown.copy()):
            needed = sum(theme().px(one.width or _NARROWEST) for _place, one in shown)
            if needed <= room:
                break
            if column.optional:
                shown.remove((place, column))
        return shown

    def _show_emptiness(self) -> None:
        if self._empty is not None:
            self._empty.setVisible(not self.records.rowCount())
            self._empty.setGeometry(self.viewport().rect())

    def _choose(self, row: int) -> None:
        record = self.records.record(row)
        if record is not None:
            self.chosen.emit(record)

    def _on_current_changed(self, index: QModelIndex) -> None:
        self.moved.emit(self.records.record(index.row()))

    def _copy(self) -> None:
        record = self.current()
        if record is not None:
            open_columns = (column for column in self.records.columns if not column.private)
            QGuiApplication.clipboard().setText("\t".join(column.text(record) for column in open_columns))

    def _cut_text(self, index: QModelIndex) -> str:
        text = str(self.records.data(index, Qt.ItemDataRole.DisplayRole) or "")
        room = self.columnWidth(index.column()) - theme().px(20) if index.isValid() else 0
        return text if self.fontMetrics().horizontalAdvance(text) > room else ""
