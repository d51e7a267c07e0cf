"""A sheet looked at before it is taken in: its columns, its rows, what is wrong, and the one button."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.interchange.sheets.rows import SheetRow, State, Trouble
from mediation_desk.interchange.sheets.twins import Choice
from ui.fields.choice_field import ChoiceField
from ui.screens.importing.columns import ColumnsPanel
from ui.screens.importing.kind import ImportKind, Staged
from ui.screens.importing.row import RowPanel
from ui.screens.importing.table import StagedModel, StagedTable
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import button, primary
from ui.widgets.card import Card
from ui.widgets.layout import boxed, column, row, scrolling
from ui.widgets.segments import Segments
from ui.widgets.text import line, small
from ui.widgets.wrapping import WrappingRow

_FILTERS = (
    ("all", "全部", "choice"),
    ("wrong", "有问题", "warn"),
    ("twins", "重复", "copy"),
    ("ready", "可以收入", "success"),
)
_HEAD_ROWS = 20
_TITLES_TOLD = 4
_LOWEST = 190


class Preview(QWidget):
    """Signals say what the user wants; the page stages it and shows the answer through `show_staged`.

    ``sheet_wanted(str)``, ``heading_wanted(int)``, ``mapped(int, str)``, ``filled(str, str)``,
    ``typed(int, int, str)``, ``chosen(dict)``, ``take_wanted``, ``dropped``.
    """

    sheet_wanted = Signal(str)
    heading_wanted = Signal(int)
    mapped = Signal(int, str)
    filled = Signal(str, str)
    typed = Signal(int, int, str)
    chosen = Signal(object)
    take_wanted = Signal()
    dropped = Signal()

    def __init__(self, kind: ImportKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._staged: Staged | None = None
        self._filter = "all"
        self.model = StagedModel(self)
        self.table = StagedTable(self.model, kind.rows_name)
        self.columns = ColumnsPanel()
        self.row_panel = RowPanel(kind.offers)
        self._file = line()
        self._file.setMinimumHeight(theme().px(36))
        self.sheet: ChoiceField[str] = ChoiceField(())
        self.heading: ChoiceField[int] = ChoiceField((), word=self._heading_word)
        self.filters = Segments("看哪些行", _FILTERS)
        self.twins: ChoiceField[Choice] = ChoiceField(
            tuple(kind.all_offers), word=lambda choice: kind.all_offers[choice], empty="重复的逐个定"
        )
        self._notes = small(tone=Tone.SOON, wrap=True)
        self._counts = line()
        self.take = primary("收入", self.take_wanted.emit)
        self._drop = button("放弃", self.dropped.emit)
        self._lay_out()
        self._name()
        self._connect()

    def show_staged(self, staged: Staged, *, fresh: bool) -> None:
        """Another reading; ``fresh`` when rows or columns may be others than before."""
        self._staged = staged
        if fresh:
            self._show_head(staged)
            self.columns.show_staged(staged)
            self._filter = "wrong" if staged.count(State.WRONG) else "all"
            self.filters.choose(self._filter)
            self._show_rows()
        else:
            self.model.renew(staged)
            self._on_current()
        self._show_counts(staged)

    def clear(self) -> None:
        """Nothing is looked at any more."""
        self._staged = None

    def staged(self) -> Staged | None:
        """What is shown."""
        return self._staged

    def _show_head(self, staged: Staged) -> None:
        table = staged.plan.table
        self._file.setText(table.file)
        self.sheet.set_values(table.sheets)
        self.sheet.set_value(table.sheet)
        self.sheet.setVisible(len(table.sheets) > 1)
        self.heading.set_values([one.number for one in table.lines[:_HEAD_ROWS]])
        self.heading.set_value(staged.plan.heading.row)
        self.heading.setVisible(not table.titles)
        self._notes.setText("".join(staged.notes))
        self._notes.setVisible(bool(staged.notes))

    def _heading_word(self, number: int) -> str:
        lines = self._staged.plan.table.lines if self._staged else ()
        found = next((one for one in lines[:_HEAD_ROWS] if one.number == number), None)
        cells = [cell.strip() for cell in found.cells if cell.strip()] if found else []
        return f"表头在第{number}行：{'、'.join(cells[:_TITLES_TOLD])}"

    def _show_rows(self) -> None:
        if self._staged is None:
            return
        wanted = tuple(row.number for row in self._staged.rows if _fits(row, self._filter))
        self.model.show_staged(self._staged, wanted)
        self.table.scale()
        if wanted:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._on_current()

    def _show_counts(self, staged: Staged) -> None:
        ready, wrong, skipped = (staged.count(state) for state in (State.READY, State.WRONG, State.SKIPPED))
        twins = sum(1 for one in staged.rows if one.twin)
        unit = staged.plan.table.unit
        numbers = {"all": len(staged.rows), "wrong": wrong, "twins": twins, "ready": ready}
        for code, word, _symbol in _FILTERS:
            self.filters.buttons[code].setText(f"{word} {numbers[code]}")
            self.filters.buttons[code].updateGeometry()
        self.twins.setVisible(twins > 0)
        parts = [f"可以收入 {ready} {unit}"]
        parts += [f"有问题 {wrong} {unit}，改好之前不收"] if wrong else []
        parts += [f"跳过 {skipped} {unit}"] if skipped else []
        self._counts.setText("；".join(parts))
        self.take.set_caption(f"收入 {ready} {unit}" if not wrong else f"只收好的 {ready} {unit}")
        self.take.setEnabled(ready > 0)

    def _on_filter(self, code: str) -> None:
        self._filter = code
        self._show_rows()
        self.table.setFocus()

    def _on_current(self) -> None:
        self.row_panel.show_row(self.model.row_at(self.table.currentIndex().row()))

    def _on_trouble_wanted(self, trouble: object) -> None:
        shown = self.model.row_at(self.table.currentIndex().row())
        if isinstance(trouble, Trouble) and shown is not None:
            self.table.go_to(trouble, shown.number)

    def _on_twins_edited(self) -> None:
        choice = self.twins.value()
        if choice is not None and self._staged is not None:
            rows = (one for one in self._staged.rows if one.twin and choice in one.choices)
            self.chosen.emit({one.number: choice for one in rows})

    def _connect(self) -> None:
        self.sheet.edited.connect(lambda: self.sheet_wanted.emit(self.sheet.value() or ""))
        self.heading.edited.connect(lambda: self.heading_wanted.emit(self.heading.value() or 1))
        self.columns.mapped.connect(self.mapped)
        self.columns.filled.connect(self.filled)
        self.filters.chosen.connect(self._on_filter)
        self.twins.edited.connect(self._on_twins_edited)
        self.model.edited.connect(self.typed)
        self.table.selectionModel().currentChanged.connect(self._on_current_changed)
        self.row_panel.wanted.connect(self._on_trouble_wanted)
        self.row_panel.chosen.connect(lambda number, choice: self.chosen.emit({number: choice}))

    def _on_current_changed(self, current: QModelIndex, before: QModelIndex) -> None:
        if current.row() != before.row():
            self._on_current()

    def _name(self) -> None:
        names: dict[QWidget, tuple[str, str]] = {
            self.sheet: ("importing.sheet", "工作表"),
            self.heading: ("importing.heading", "表头在哪一行"),
            self.twins: ("importing.twins", self._kind.twins_name),
            self.take: ("importing.take", ""),
            self._drop: ("importing.drop", ""),
        }
        for widget, (name, word) in names.items():
            widget.setObjectName(name)
            if word:
                widget.setAccessibleName(word)
        self.table.setMinimumHeight(theme().px(_LOWEST))

    def _lay_out(self) -> None:
        head = Card()
        names = WrappingRow(gap=12)
        for widget, width in ((self._file, 0), (self.sheet, 150), (self.heading, 330)):
            names.add(widget, width)
        narrowing = WrappingRow(gap=8)
        narrowing.add(self.filters)
        narrowing.add(self.twins, 170)
        head.add(names)
        head.add(self.columns)
        head.add(self._notes)
        rows = Card(flush=True)
        rows.add(self.table, 1)
        above = column(head, narrowing, gap=8)
        above.addWidget(rows, 1)
        above.addWidget(self.row_panel)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(theme().px(8))
        stack.addWidget(scrolling(boxed(above), name="导入预览"), 1)
        stack.addLayout(row(self._counts, None, self._drop, self.take))


def _fits(row: SheetRow, code: str) -> bool:
    match code:
        case "wrong":
            return row.state is State.WRONG
        case "twins":
            return row.twin is not None
        case "ready":
            return row.state is State.READY
    return True
