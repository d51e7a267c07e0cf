"""The rows of a sheet before they are taken in: every cell as read, edited in place, faults marked in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from mediation_desk.interchange.sheets.rows import SheetRow, State, Trouble
from mediation_desk.interchange.sheets.twins import Choice
from ui.icons import icon
from ui.screens.importing.kind import Staged
from ui.theme import theme
from ui.tokens import ROW_HEIGHT, Tone
from ui.widgets.plain import plain_tip

Index = QModelIndex | QPersistentModelIndex
_FIXED = ("行", "结果", "要留意的")
NUMBER, RESULT, REMARK = range(len(_FIXED))
_WIDTHS = {NUMBER: 64, RESULT: 116, REMARK: 300}
_PER_CHARACTER, _NARROWEST, _WIDEST = 8, 84, 240
_TONES = {State.READY: Tone.DONE, State.WRONG: Tone.SEAL, State.SKIPPED: Tone.QUIET}


class StagedModel(QAbstractTableModel):
    """Shows some rows of a staged import. ``edited(row number, column of the file, text)`` when one types."""

    edited = Signal(int, int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._staged: Staged | None = None
        self._rows: tuple[SheetRow, ...] = ()
        self._places: tuple[int, ...] = ()
        self._by_number: Mapping[int, SheetRow] = {}
        self._shown: tuple[int, ...] = ()

    def show_staged(self, staged: Staged, shown: tuple[int, ...]) -> None:
        """Other columns or other rows."""
        self.beginResetModel()
        self._take(staged)
        self._places = tuple(staged.plan.mapping)
        self._shown = shown
        self.endResetModel()

    def renew(self, staged: Staged) -> None:
        """The same rows and columns, read again."""
        self._take(staged)
        self.dataChanged.emit(
            self.index(0, 0), self.index(len(self._shown) - 1, self.columnCount() - 1)
        )  # a cell put right may settle other rows too

    def row_at(self, row: int) -> SheetRow | None:
        """What stands in a line of the table."""
        return self._by_number.get(self._shown[row]) if 0 <= row < len(self._shown) else None

    def line_of(self, number: int) -> int:
        """The line of a row number, or -1."""
        return self._shown.index(number) if number in self._shown else -1

    def place_of(self, column: int) -> int | None:
        """Column of the file behind a column of the table."""
        place = column - len(_FIXED)
        return self._places[place] if 0 <= place < len(self._places) else None

    def column_of(self, place: int | None) -> int:
        """Column of the table that shows a column of the file; the remark where there is none."""
        return self._places.index(place) + len(_FIXED) if place in self._places else REMARK

    def width(self, column: int) -> int:
        """Width of a column in desk pixels."""
        place = self.place_of(column)
        if place is None or self._staged is None:
            return _WIDTHS[column]
        wanted = self._staged.columns.by_field[self._staged.plan.mapping[place]].width * _PER_CHARACTER + 24
        return max(_NARROWEST, min(wanted, _WIDEST))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Rows shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Number, result, remark, and every column of the file that is read."""
        return 0 if parent.isValid() else len(_FIXED) + len(self._places)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Our names for the columns; the file's own are in the tool tip."""
        if orientation is not Qt.Orientation.Horizontal or self._staged is None:
            return None
        place = self.place_of(section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DisplayRole and place is None:
            return _FIXED[section] if section < len(_FIXED) else None
        if place is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._staged.columns.by_field[self._staged.plan.mapping[place]].name
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(f"表里的“{self._staged.plan.heading.titles[place]}”")
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cells of the file can be typed into."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags if self.place_of(index.column()) is None else flags | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows."""
        row = self.row_at(index.row())
        if row is None:
            return None
        place = self.place_of(index.column())
        if place is None:
            return _fixed_data(row, index.column(), role)
        trouble = trouble_at(row, place)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return " ".join(row.line.cell(place).split("\n"))
            case Qt.ItemDataRole.EditRole:
                return row.line.cell(place)
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(trouble.reason if trouble else row.line.cell(place))
            case Qt.ItemDataRole.AccessibleTextRole:
                said = f"，{trouble.reason}" if trouble else ""
                return f"{self.headerData(index.column(), Qt.Orientation.Horizontal)} {row.line.cell(place)}{said}"
            case Qt.ItemDataRole.DecorationRole if trouble:
                return icon("warn" if trouble.blocking else "info", theme().tokens.tone(_tone(trouble)))
            case Qt.ItemDataRole.ForegroundRole if row.state is State.SKIPPED:
                return QColor(theme().tokens.quiet)
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell what was typed; whoever listens stages it and renews."""
        place, row = self.place_of(index.column()), self.row_at(index.row())
        if role != Qt.ItemDataRole.EditRole or place is None or row is None:
            return False
        if str(value) != row.line.cell(place):
            self.edited.emit(row.number, place, str(value))
        return True

    def _take(self, staged: Staged) -> None:
        self._staged = staged
        self._by_number = {row.number: row for row in staged.rows}


def trouble_at(row: SheetRow, place: int) -> Trouble | None:
    """What is wrong with a cell; what blocks comes first. Rows that are skipped have nothing to be put right."""
    if row.state is State.SKIPPED:
        return None
    here = [trouble for trouble in row.troubles if trouble.place == place]
    return next((trouble for trouble in here if trouble.blocking), here[0] if here else None)


def remark(row: SheetRow) -> str:
    """The first thing to be said about a row, and how much more there is."""
    if row.state is State.SKIPPED:
        return row.twin_sentence or "不收入这一行。"
    said = sorted(row.troubles, key=lambda trouble: not trouble.blocking)
    if not said:
        return row.twin_sentence
    more = f"（共{len(said)}处）" if len(said) > 1 else ""
    return f"{said[0].reason.rstrip('。')}{more}"


def _fixed_data(row: SheetRow, column: int, role: int) -> Any:
    if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
        return (str(row.number), _result(row), remark(row))[column]
    if role == Qt.ItemDataRole.ForegroundRole:
        tone = Tone.QUIET if column == NUMBER else _TONES[row.state] if column == RESULT else Tone.INK
        return QColor(theme().tokens.tone(tone))
    if role == Qt.ItemDataRole.ToolTipRole and column == REMARK:
        return plain_tip("\n".join(trouble.sentence for trouble in row.troubles) or row.twin_sentence)
    return None


def _result(row: SheetRow) -> str:
    if row.state is State.READY:
        return "更新" if row.choice is Choice.UPDATE else "收入"
    return row.state.value


def _tone(trouble: Trouble) -> Tone:
    return Tone.SEAL if trouble.blocking else Tone.SOON


class StagedTable(QTableView):
    """Cells are typed into at once; Enter begins to type; Tab leaves the table."""

    def __init__(self, model: StagedModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._staged = model
        self.setModel(model)
        self.setAccessibleName(name)
        self.setObjectName("importing.table")
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        model.modelReset.connect(self.scale)
        self.scale()

    def go_to(self, trouble: Trouble, number: int) -> None:
        """Bring the cell of a trouble into sight and begin to type where that is possible."""
        line = self._staged.line_of(number)
        if line >= 0:
            index = self._staged.index(line, self._staged.column_of(trouble.place))
            self.setCurrentIndex(index)
            self.scrollTo(index)
            self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter begins to type; the Enter that ends it comes by here too."""
        typing = self.state() == QAbstractItemView.State.EditingState
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            index = self.currentIndex()
            if not typing and index.flags() & Qt.ItemFlag.ItemIsEditable:
                self.edit(index)
        else:
            super().keyPressEvent(event)

    def scale(self) -> None:
        """Rows and columns grow with the text."""
        height = theme().px(ROW_HEIGHT)
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        for column in range(self._staged.columnCount()):
            self.setColumnWidth(column, theme().px(self._staged.width(column)))
