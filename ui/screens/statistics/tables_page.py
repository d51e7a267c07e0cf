"""官方报表: one table at a time, as on the sheet or turned, checked, each cell a way to its cases."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from mediation_desk.documents.across import Printer
from mediation_desk.shared.clock import system_clock
from mediation_desk.shared.errors import StorageError
from mediation_desk.shared.files import atomic_write
from mediation_desk.shared.record import record
from mediation_desk.statistics.checks import Violation, violations
from mediation_desk.statistics.dimensions import DIMENSIONS
from mediation_desk.statistics.layout import Reported
from mediation_desk.statistics.model import StatTable
from mediation_desk.statistics.render import subtitle, to_xlsx
from mediation_desk.statistics.tables import tables
from mediation_desk.statistics.units import outside
from ui.fields.check_field import CheckField
from ui.fields.choice_field import ChoiceField
from ui.screens.base import Context
from ui.screens.statistics.asked import Asked
from ui.screens.statistics.checks_view import ChecksView, wrong_cells
from ui.screens.statistics.definition import Definition
from ui.screens.statistics.grid import StatGrid
from ui.screens.statistics.grid_model import GridCell, Place
from ui.screens.statistics.page import Behind, StatPage
from ui.services import Services
from ui.tokens import Tone
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.folder_action import open_folder
from ui.widgets.message_bar import Kind
from ui.widgets.segments import Segments
from ui.widgets.text import small
from ui.widgets.wrapping import WrappingRow

SHEET, DOWN = "sheet", "down"
_FIRST = "tracks"
_NOTHING = "这段期间没有案件：各栏为 0，率不能计算，写作“—”。"


@record
class Read:
    """A table, what is wrong in it, and for which question it was read."""

    table: StatTable
    asked: Asked
    found: tuple[Violation, ...]
    outside: tuple[str, ...]


class TablesPage(StatPage):
    """Table, lines and layout are chosen above the grid; the pane explains the current cell."""

    def __init__(
        self, context: Context, ask: Callable[[], Asked | None], parent: QWidget | None = None
    ) -> None:
        super().__init__(context, ask, parent)
        titles = context.services.statistics.titles()
        self.code: ChoiceField[str] = ChoiceField(titles, word=titles.__getitem__)
        self.code.set_value(_FIRST)
        self.lines: ChoiceField[str] = ChoiceField(
            DIMENSIONS, word=lambda code: f"按{DIMENSIONS[code]}", empty="按表的规定"
        )
        self.layout_choice = Segments("排法", ((SHEET, "按表式", ""), (DOWN, "指标竖排", "")), self)
        self.without_zeros = CheckField("不列全是零的")
        self.sheet = button("导出表格", self.export, symbol="export")
        self.checks = ChecksView(self)
        self.grid = StatGrid("统计表", self)
        self.first, self.tools = self.grid, (self.sheet,)
        self._definition = Definition(self)
        self._remark, self._subtitle = small(tone=Tone.SOON, wrap=True), small()
        self._read: Read | None = None
        self._layouts: dict[str, str] = {}
        self._lay_out()
        self._connect()
        self._on_table_chosen()

    def refresh(self) -> None:
        """Read the chosen table for what the head asks."""
        asked = self.ask()
        if asked is None:
            return
        services, code, lines = self.context.services, self.code.value() or "", self.lines.value() or ""
        self.context.desk.query(
            lambda: _read(services, code, lines, asked), self._show, owner=self, slot="table"
        )

    def open(self, argument: str) -> None:
        """Bring a table to the front by its code."""
        self.show_table(argument)

    def show_table(self, code: str) -> None:
        """Bring a table to the front."""
        self.code.set_value(code)
        self._on_table_chosen()
        self.refresh()

    def pane(self) -> tuple[str, QWidget] | None:
        """How the current cell is counted."""
        return "口径", self._definition

    def table(self) -> StatTable | None:
        """The table shown."""
        return self._read.table if self._read else None

    def told(self) -> str:
        """Period of the table, and what must be known of it."""
        return f"{self._subtitle.text()}\n{self._remark.text()}".strip()

    def export(self) -> None:
        """Write the table in front into the folder of the papers."""
        table = self.table()
        if table is None:
            return
        first, last = table.period.first, table.period.last
        name = f"{table.no}_{first:%Y%m%d}-{last:%Y%m%d}.xlsx"
        path = self.context.services.settings.papers / name

        across = Printer(actor=self.context.services.actor, at=system_clock()).across("统计表")

        def write() -> Path:
            try:
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            except OSError as error:
                raise StorageError(f"建不了文件夹“{path.parent}”。") from error
            atomic_write(path, to_xlsx(table, Reported(across=across)))
            return path

        self.context.desk.render(write, self._on_exported, owner=self, slot="export")

    # Building

    def _lay_out(self) -> None:
        choices = WrappingRow(gap=8, parent=self)
        choices.add(self.code, 250, 2)
        choices.add(self.lines, 150)
        choices.add(self.layout_choice)
        choices.add(self.without_zeros)
        ground = Card(flush=True)
        ground.add(self.grid, 1)
        for part in (choices, self.checks):
            self.stack.addWidget(part)
        self.stack.addWidget(ground, 1)
        self.stack.addWidget(self._remark)
        self.stack.addWidget(self._subtitle)
        self._remark.hide()
        for code, widget, words in (
            ("table", self.code, "选择统计表"),
            ("lines", self.lines, "按什么分行"),
            ("zeros", self.without_zeros, "不列全是零的栏"),
            ("export", self.sheet, "导出表格"),
            ("grid", self.grid, "统计表"),
        ):
            widget.setObjectName(f"stats.{code}")
            widget.setAccessibleName(words)
        for code, segment in self.layout_choice.buttons.items():
            segment.setObjectName(f"stats.layout.{code}")

    def _connect(self) -> None:
        self.code.edited.connect(lambda: self.show_table(self.code.value() or ""))
        self.lines.edited.connect(self.refresh)
        self.layout_choice.chosen.connect(self._on_layout_chosen)
        self.without_zeros.edited.connect(self._show_grid)
        self.grid.chosen.connect(self._on_chosen)
        self.grid.moved.connect(self._explain)
        self.grid.asked.connect(self._on_asked)
        self.checks.pointed.connect(self._on_pointed)
        self.checks.wanted.connect(self._on_causes_wanted)

    # Showing

    def _show(self, read: Read) -> None:
        self._read = read
        self._show_grid()
        self.checks.show_checks(read.found)
        self._subtitle.setText(subtitle(read.table))
        empty = not any(value for row in read.table.rows if not row.is_extra for value in row.values)
        words = [_NOTHING] if empty else []
        if read.outside and not read.asked.unit:
            words.append(f"不在单位名册里、只计入全部单位的：{'、'.join(read.outside)}。")
        self._remark.setText("".join(words))
        self._remark.setVisible(bool(words))
        if read.found:
            self._look_for_causes(read)
        self.reread.emit(read.table)

    def _show_grid(self) -> None:
        if self._read is None:
            return
        table = self._read.table
        self.grid.setAccessibleName(f"{table.no} {table.title}")
        self.grid.show_table(
            table,
            down=self._layout() == DOWN,
            without_zeros=self.without_zeros.value(),
            wrong=wrong_cells(self._read.found),
        )
        cell = self.grid.current()
        if cell is not None:
            self._explain(cell)

    def _look_for_causes(self, read: Read) -> None:
        services = self.context.services
        self.context.desk.render(
            lambda: {
                place: len(
                    services.statistics.causes(services.actor, read.table, one, among=read.asked.among)
                )
                for place, one in enumerate(read.found)
            },
            lambda counts: self.checks.show_checks(read.found, counts) if read is self._read else None,
            owner=self,
            slot="causes",
        )

    def _explain(self, cell: object) -> None:
        table = self.table()
        if isinstance(cell, GridCell) and table is not None and cell.row in table.rows:
            self._definition.show_cell(table, cell.row, cell.column)

    def _on_chosen(self, cell: object) -> None:
        if isinstance(cell, GridCell) and self._read is not None:
            self.drilled.emit(
                Behind(
                    table=self._read.table,
                    row=cell.row.label,
                    column=cell.column.code,
                    among=self._read.asked.among,
                    unit=self._read.asked.unit,
                )
            )

    def _on_asked(self, cell: object) -> None:
        self._explain(cell)
        self.context.show_pane(self._definition, "口径")

    def _on_pointed(self, place: Place) -> None:
        if not self.grid.go_to(place) and self.without_zeros.value():
            self.without_zeros.set_value(False)
            self._show_grid()
            self.grid.go_to(place)
        self.grid.setFocus()

    def _on_causes_wanted(self, one: Violation) -> None:
        if self._read is not None:
            self.drilled.emit(
                Behind(
                    table=self._read.table,
                    row=one.row,
                    column=one.cells[0],
                    among=self._read.asked.among,
                    unit=self._read.asked.unit,
                    violation=one,
                )
            )

    def _on_table_chosen(self) -> None:
        """Tables whose lines are their own offer no others."""
        rule = tables().listed.get(self.code.value() or "")
        fixed = rule is None or bool(rule.merge) or len(rule.rows) > 1
        if fixed:
            self.lines.set_value(None)
        self.lines.setEnabled(not fixed)
        self.layout_choice.choose(self._layout())

    def _layout(self) -> str:
        code = self.code.value() or ""
        rule = tables().listed.get(code)
        return self._layouts.get(code, DOWN if rule is not None and rule.turned else SHEET)

    def _on_layout_chosen(self, layout: str) -> None:
        self._layouts[self.code.value() or ""] = layout
        self._show_grid()

    def _on_exported(self, path: Path) -> None:
        self.context.say(f"已导出“{path.name}”。", Kind.INFO, open_folder(path.parent))


def _read(services: Services, code: str, lines: str, asked: Asked) -> Read:
    table = services.statistics.table(
        services.actor, code, asked.period, asked.as_of, among=asked.among, unit=asked.unit, lines=lines
    )
    bodies = (str(name) for row in table.rows for name in row.place.get("body", ()) if name)
    return Read(table=table, asked=asked, found=violations(table), outside=outside(bodies, asked.period))
