"""One table model for every list: a tuple of records and a tuple of declared columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QIcon

from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.plain import plain_tip

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column: its title, what it shows of a record, and how.

    ``width`` in desk pixels, 0 shares what is left. ``number`` aligns right. ``sort`` is the key to sort by
    when the shown text is not it. ``private`` columns (identity numbers, telephones) are never copied;
    ``optional`` ones give way, last first, when the window is narrow or the text large.
    """

    title: str
    text: Callable[[R], str]
    width: int = 0
    number: bool = False
    tone: Callable[[R], Tone] | None = None
    icon: Callable[[R], QIcon] | None = None
    sort: Callable[[R], Any] | None = None
    private: bool = False
    optional: bool = False
    explain: Callable[[R], str] | None = None


class RecordTableModel(QAbstractTableModel, Generic[R]):
    """Shows records, never reads them itself. ``key`` tells which record is which across two readings."""

    def __init__(
        self,
        columns: tuple[Column[R], ...],
        *,
        key: Callable[[R], object] = lambda record: record,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = columns
        self.key = key
        self._records: tuple[R, ...] = ()
        self._order: tuple[int, Qt.SortOrder] | None = None

    def show_records(self, records: tuple[R, ...]) -> None:
        """Replace all records; a chosen order is kept."""
        self.beginResetModel()
        self._records = self._sorted(tuple(records))
        self.endResetModel()

    def extend(self, page: tuple[R, ...], keep: int) -> int:
        """Add ``page`` below; more than ``keep`` records fall off at the top. Returns how many fell."""
        if page:
            count = len(self._records)
            self.beginInsertRows(QModelIndex(), count, count + len(page) - 1)
            self._records = (*self._records, *page)
            self.endInsertRows()
        return self._cut(0, len(self._records) - keep)

    def precede(self, page: tuple[R, ...], keep: int) -> int:
        """Add ``page`` above; more than ``keep`` records fall off at the bottom. Returns how many fell."""
        if page:
            self.beginInsertRows(QModelIndex(), 0, len(page) - 1)
            self._records = (*page, *self._records)
            self.endInsertRows()
        return self._cut(keep, len(self._records) - keep)

    def set_columns(self, columns: tuple[Column[R], ...]) -> None:
        """Declare other columns; the records go until they are shown again."""
        self.beginResetModel()
        self.columns, self._records, self._order = columns, (), None
        self.endResetModel()

    def records(self) -> tuple[R, ...]:
        """The records in the order shown."""
        return self._records

    def record(self, row: int) -> R | None:
        """The record in ``row``."""
        return self._records[row] if 0 <= row < len(self._records) else None

    def row_of(self, key: object) -> int:
        """The row whose record has ``key``, or -1."""
        return next((row for row, record in enumerate(self._records) if self.key(record) == key), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Records; a table has no children."""
        return 0 if parent.isValid() else len(self._records)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Declared columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows in a role."""
        if not index.isValid() or not 0 <= index.row() < len(self._records):
            return None
        column, record = self.columns[index.column()], self._records[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return " ".join(column.text(record).split("\n"))
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{column.title} {column.text(record)}"
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column)
            case Qt.ItemDataRole.ForegroundRole:
                return QColor(theme().tokens.tone(column.tone(record))) if column.tone else None
            case Qt.ItemDataRole.DecorationRole:
                return column.icon(record) if column.icon else None
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(self.explanation(index)) or None
        return None

    def explanation(self, index: Index) -> str:
        """What a column says about a record beyond its text, or ""."""
        record = self.record(index.row()) if index.isValid() else None
        explain = self.columns[index.column()].explain if record is not None else None
        return explain(record) if explain is not None and record is not None else ""

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Column titles, aligned as their cells."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(self.columns[section])
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 keeps the order in which the records came."""
        self._order = (column, order) if column >= 0 else None
        if self._order is None:
            return
        self.layoutAboutToBeChanged.emit()
        before = [self.key(record) for record in self._records]
        kept = self.persistentIndexList()
        self._records = self._sorted(self._records)
        rows = {self.key(record): row for row, record in enumerate(self._records)}
        moved = [self.index(rows[before[one.row()]], one.column()) for one in kept]
        self.changePersistentIndexList(kept, moved)
        self.layoutChanged.emit()

    def _cut(self, first: int, count: int) -> int:
        if count <= 0:
            return 0
        self.beginRemoveRows(QModelIndex(), first, first + count - 1)
        self._records = (*self._records[:first], *self._records[first + count :])
        self.endRemoveRows()
        return count

    def _sorted(self, records: tuple[R, ...]) -> tuple[R, ...]:
        if self._order is None:
            return records
        column = self.columns[self._order[0]]
        by = column.sort or column.text
        return tuple(sorted(records, key=by, reverse=self._order[1] == Qt.SortOrder.DescendingOrder))


def _alignment(column: Column[R]) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.number else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
