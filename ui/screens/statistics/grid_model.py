"""A statistical table for the screen: lines down and figures across as on the sheet, or the other way round."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from mediation_desk.shared.record import record
from mediation_desk.statistics.model import Column, StatRow, StatTable
from mediation_desk.statistics.render import told
from ui.icons import icon
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.plain import plain_tip

Index = QModelIndex | QPersistentModelIndex
Place = tuple[str, str]
"""Label of a line and code of a figure."""

_HEADING = "　"


@record
class GridCell:
    """One cell: which line, which figure."""

    row: StatRow
    column: Column


class GridModel(QAbstractTableModel):
    """Shows a table as it is; ``wrong`` says of cells which rules they break."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.table: StatTable | None = None
        self.down = False
        self.wrong: Mapping[Place, str] = {}
        self._lines: tuple[StatRow, ...] = ()
        self._figures: tuple[Column | str, ...] = ()

    def show_table(
        self, table: StatTable, *, down: bool, without_zeros: bool, wrong: Mapping[Place, str]
    ) -> None:
        """Show another table; with ``down`` its figures stand one below the other, under their groups."""
        self.beginResetModel()
        self.table, self.down, self.wrong = table, down, wrong
        self._lines = table.rows
        figures = [one for one in table.columns if one.on_sheet]
        if without_zeros:
            figures = [one for one in figures if any(table.value(row, one.code) for row in table.rows)]
        self._figures = tuple(_with_headings(figures) if down else figures)
        self.endResetModel()

    def cell(self, index: Index) -> GridCell | None:
        """What stands at ``index``; None for a heading."""
        if not index.isValid():
            return None
        line, figure = (index.column(), index.row()) if self.down else (index.row(), index.column())
        column = self._figures[figure]
        return None if isinstance(column, str) else GridCell(row=self._lines[line], column=column)

    def index_of(self, place: Place) -> QModelIndex:
        """Where a cell stands; an invalid index where it is not shown."""
        line = next((at for at, row in enumerate(self._lines) if row.label == place[0]), -1)
        figure = next(
            (at for at, one in enumerate(self._figures) if not isinstance(one, str) and one.code == place[1]),
            -1,
        )
        if line < 0 or figure < 0:
            return QModelIndex()
        return self.index(figure, line) if self.down else self.index(line, figure)

    def headings(self) -> tuple[int, ...]:
        """Rows that are headings of a group."""
        return tuple(at for at, one in enumerate(self._figures) if isinstance(one, str)) if self.down else ()

    def across(self) -> tuple[Column | StatRow, ...]:
        """What the columns stand for."""
        if self.down:
            return self._lines
        return tuple(one for one in self._figures if not isinstance(one, str))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Lines, or figures and their headings."""
        return 0 if parent.isValid() else len(self._figures if self.down else self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Figures, or lines."""
        return 0 if parent.isValid() else len(self._lines if self.down else self._figures)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings cannot be chosen."""
        return super().flags(index) if self.cell(index) is not None else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows in a role."""
        cell = self.cell(index)
        if cell is None or self.table is None:
            return self._heading(index, role)
        rule = self.wrong.get((cell.row.label, cell.column.code), "")
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return told(self.table, cell.row, cell.column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(cell, rule)
            case Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.ForegroundRole:
                return QColor(theme().tokens.tone(self._tone(cell, rule)))
            case Qt.ItemDataRole.DecorationRole:
                return icon("warn", theme().tokens.seal) if rule else None
            case Qt.ItemDataRole.FontRole:
                return _bold() if cell.row.is_total else None
            case Qt.ItemDataRole.ToolTipRole:
                words = f"{cell.column.name}：{cell.column.definition}。"
                return plain_tip(f"{words}\n不符：{rule}" if rule else words)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Figures with number, group and unit; labels of lines."""
        of_figures = (orientation is Qt.Orientation.Horizontal) != self.down
        listed: tuple[Column | StatRow | str, ...] = self._figures if of_figures else self._lines
        if not 0 <= section < len(listed):
            return None
        one = listed[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return one if isinstance(one, str) else named(one, of_figures and not self.down)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(one if isinstance(one, str) else _explained(one))
        if role == Qt.ItemDataRole.FontRole:
            return _bold() if isinstance(one, str) or (isinstance(one, StatRow) and one.is_total) else None
        return None

    def _heading(self, index: Index, role: int) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) and index.isValid():
            return self._figures[index.row()] if role == Qt.ItemDataRole.AccessibleTextRole else ""
        return None

    def _spoken(self, cell: GridCell, rule: str) -> str:
        """Everything about a cell for those who do not see its headings."""
        text = told(self.table, cell.row, cell.column) if self.table else ""
        group = f"{cell.column.group} " if cell.column.group else ""
        unit = "" if cell.column.unit == "%" else cell.column.unit
        wrong = f"，不符：{rule}" if rule else ""
        return f"{cell.row.label}，{group}{cell.column.name} {text}{unit}{wrong}"

    def _tone(self, cell: GridCell, rule: str) -> Tone:
        if rule:
            return Tone.SEAL
        value = self.table.value(cell.row, cell.column.code) if self.table else None
        return Tone.ACCENT if value else Tone.QUIET


def named(one: Column | StatRow, with_group: bool) -> str:
    """What a line or figure is called where it stands."""
    if isinstance(one, StatRow):
        return one.label
    name = one.name if one.unit == "%" or one.unit in one.name else f"{one.name}（{one.unit}）"
    group = f"{one.group}：" if with_group and one.group else ""
    return f"{one.number} {group}{name}".strip()


def _explained(one: Column | StatRow) -> str:
    return one.label if isinstance(one, StatRow) else f"{named(one, True)}\n{one.definition}。"


def _with_headings(figures: list[Column]) -> list[Column | str]:
    found: list[Column | str] = []
    group = ""
    for one in figures:
        if one.group != group and (one.group or group):
            found.append(one.group or _HEADING)
        group = one.group
        found.append(one)
    return found


def _bold() -> QFont:
    font = QFont()
    font.setBold(True)
    return font
