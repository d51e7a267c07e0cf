"""The table model of a group's members: typed in place, pasted as a whole, never longer than needed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from mediation_desk.shared.money import figures
from ui.screens.intake.roll import Line
from ui.theme import theme
from ui.widgets.plain import plain_tip

Index = QModelIndex | QPersistentModelIndex
TITLES = ("姓名", "性别", "身份证号", "电话", "金额（元）", "代表人")
NAME, GENDER, ID_NO, PHONE, AMOUNT, REPRESENTATIVE = range(6)
_KEYS = {NAME: "name", ID_NO: "id_no", PHONE: "phone", AMOUNT: "amount"}


class RollModel(QAbstractTableModel):
    """The lines and one blank line beneath them. ``edited`` tells that the user changed something."""

    edited = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()

    def lines(self) -> tuple[Line, ...]:
        """The lines without the blank one."""
        return self._lines

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Other lines."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def remove(self, row: int) -> None:
        """Take one line out."""
        if 0 <= row < len(self._lines):
            self.show_lines((*self._lines[:row], *self._lines[row + 1 :]))
            self.edited.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """All lines and the blank one."""
        return 0 if parent.isValid() else len(self._lines) + 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Six."""
        return 0 if parent.isValid() else len(TITLES)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Titles, and the number of the line."""
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation is Qt.Orientation.Horizontal:
            side = Qt.AlignmentFlag.AlignRight if section == AMOUNT else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return TITLES[section] if orientation is Qt.Orientation.Horizontal else str(section + 1)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Everything can be typed except what follows from the number; representatives are ticked."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == REPRESENTATIVE:
            return flags | Qt.ItemFlag.ItemIsUserCheckable if index.row() < len(self._lines) else flags
        return flags if index.column() == GENDER else flags | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows."""
        column = index.column()
        if index.row() >= len(self._lines):
            hint = role == Qt.ItemDataRole.AccessibleTextRole
            return f"空行 {TITLES[column]}" if hint else None
        line = self._lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return _shown(line, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"第{index.row() + 1}人 {TITLES[column]} {_shown(line, column)}"
            case Qt.ItemDataRole.CheckStateRole if column == REPRESENTATIVE:
                return Qt.CheckState.Checked if line.representative else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.TextAlignmentRole if column == AMOUNT:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.ForegroundRole if line.problem():
                return QColor(theme().tokens.seal)
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(line.problem())
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Type into a cell; typing into the blank line makes a new one."""
        row, column = index.row(), index.column()
        line = self._lines[row] if row < len(self._lines) else Line()
        if column == REPRESENTATIVE and role == Qt.ItemDataRole.CheckStateRole:
            line = replace(line, representative=Qt.CheckState(value) is Qt.CheckState.Checked)
        elif column in _KEYS and role == Qt.ItemDataRole.EditRole:
            line = _typed(line, column, str(value).strip())
        else:
            return False
        self._put(row, line)
        self.edited.emit()
        return True

    def _put(self, row: int, line: Line) -> None:
        if row < len(self._lines):
            self._lines = (*self._lines[:row], line, *self._lines[row + 1 :])
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(TITLES) - 1))
        elif not line.is_blank():
            self.beginInsertRows(QModelIndex(), row + 1, row + 1)
            self._lines = (*self._lines, line)
            self.endInsertRows()
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(TITLES) - 1))


def _typed(line: Line, column: int, value: str) -> Line:
    plain = "".join(value.split()).upper() if column in (ID_NO, PHONE) else value
    match column:
        case 0:
            return replace(line, name=plain)
        case 2:
            return replace(line, id_no=plain)
        case 3:
            return replace(line, phone=plain)
        case _:
            return replace(line, amount=plain)


def _shown(line: Line, column: int) -> str:
    if column == AMOUNT:
        return figures(line.yuan()) if line.amount and line.yuan() else line.amount
    texts = {NAME: line.name, GENDER: line.gender, ID_NO: line.id_no, PHONE: line.phone}
    return texts.get(column, "")
