"""工作记录: what official tables count that is no case; entered, listed, added up, struck, exported."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from mediation_desk.access.permissions import Permission
from mediation_desk.shared.changes import Topic
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.files import atomic_write
from mediation_desk.statistics.work.kinds import WorkKind
from mediation_desk.statistics.work.model import MOST_LISTED, WorkEntry, WorkQuery
from mediation_desk.statistics.work.words import sums_text
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField
from ui.fields.field import Field
from ui.screens.base import Context, Screen
from ui.screens.work.columns import work_columns
from ui.screens.work.form import WorkForm
from ui.screens.work.reading import Reading, read_register
from ui.screens.work.unit_or_body import UnitOrBodyField
from ui.screens.work.voiding import VoidForm
from ui.tables.record_table import RecordTable
from ui.theme import theme
from ui.widgets.buttons import button, primary
from ui.widgets.card import Card
from ui.widgets.folder_action import open_folder
from ui.widgets.message_bar import Kind
from ui.widgets.text import small
from ui.widgets.wrapping import WrappingRow

_WORKBOOK = "工作簿 (*.xlsx)"
_LOWEST = 280


class WorkScreen(Screen):
    """Filters above, lines below; the form opens between them."""

    code = "work"
    caption = "工作记录"
    topics = frozenset((Topic.STATISTICS, Topic.CENTRE))
    scrolled = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._reading: Reading | None = None
        self._wanted: int | None = None
        self.kind: ChoiceField[WorkKind] = ChoiceField((), word=lambda kind: kind.name, empty="全部种类")
        self.unit = UnitOrBodyField("全部单位")
        self.since, self.until = DateField(today=self._today), DateField(today=self._today)
        self.table: RecordTable[WorkEntry] = RecordTable(
            "工作记录", (), key=lambda one: one.id, empty="这些条件下还没有记录。"
        )
        self.add_button = primary("记一条", self.start, symbol="add")
        self.void_button = button("作废", self._on_void, symbol="remove")
        self.export_button = button("导出表格", self._on_export, symbol="export")
        self.form, self.voiding = WorkForm(context, self), VoidForm(context, self)
        self.sums = small("", wrap=True)
        self._name()
        self._lay_out()
        self._connect()
        year = self._today().year
        self.since.set_value(date(year, 1, 1))
        self.until.set_value(date(year, 12, 31))
        self.primary, self.first = self.add_button, self.table
        self._settle()

    def refresh(self) -> None:
        """Read the lines asked for."""
        problems = [one for one in (self.since, self.until) if one.problem()]
        if problems:
            problems[0].setFocus()
            return
        kind = self.kind.value()
        query = WorkQuery(kind=kind.code if kind else "", first=self.since.value(), last=self.until.value())
        services, unit = self.context.services, self.unit.value()
        self.context.desk.query(
            lambda: read_register(services, query, unit),
            self._show,
            self._on_refused,
            owner=self,
            slot="work",
        )

    def open(self, argument: str) -> None:
        """``new`` begins a line, ``#12`` marks the line 12; anything else is a unit to look at."""
        if argument == "new":
            self.start()
        elif argument.startswith("#") and argument[1:].isdigit():
            self._mark(int(argument[1:]))
        elif argument:
            self.unit.set_value(argument)
            self.refresh()

    def _mark(self, number: int) -> None:
        services = self.context.services

        def show(entry: WorkEntry) -> None:
            self.kind.set_value(None)
            self.unit.set_value("")
            self.since.set_value(entry.last.replace(month=1, day=1))
            self.until.set_value(entry.last.replace(month=12, day=31))
            self._wanted = number
            self.refresh()

        self.context.desk.query(
            lambda: services.work.find(services.actor, number), show, owner=self, slot="mark"
        )

    def where(self) -> str:
        """The form of a new line while it is open."""
        return "new" if self.form.isVisibleTo(self) else ""

    def start(self) -> None:
        """Open the form of a new line."""
        self.voiding.hide()
        self.form.show()
        self.add_button.hide()
        self.primary = self.form.submit
        self.form.begin()

    def export_to(self, path: Path) -> None:
        """Write all lines of the present filter."""
        services, reading = self.context.services, self._reading
        if reading is None:
            return
        query = reading.query

        def write() -> Path:
            atomic_write(path, services.work.sheet(services.actor, query))
            return path

        self.context.desk.command(write, self._on_exported, owner=self)

    # Showing

    def _show(self, reading: Reading) -> None:
        first = self._reading is None
        self._reading = reading
        for field in (self._unit_field, self._until_field):
            field.set_error("")
        self.kind.set_values(reading.rules.kinds)
        self.unit.set_tree(reading.tree)
        self.form.follow(reading)
        if first:
            self.table.set_columns(work_columns(reading.rules))
        self.table.show_records(reading.entries)
        if self._wanted is not None and self.table.choose_key(self._wanted):
            self.table.setFocus()
        self._wanted = None
        cut = f"；只列出最近的{MOST_LISTED}条" if len(reading.entries) == MOST_LISTED else ""
        self.sums.setText(f"合计：{sums_text(reading.sums)}{cut}。")
        self._settle()

    def _on_refused(self, error: BaseException) -> bool:
        if not isinstance(error, InputError):
            return False
        if error.field == "unit":
            self._unit_field.set_error(error.message)
        elif error.field == "last":
            self._until_field.set_error(error.message)
        else:
            return False
        return True

    def _settle(self) -> None:
        may = self.context.services.actor.can(Permission.WORK_KEEP)
        current = self.table.current()
        self.add_button.setEnabled(may)
        self.void_button.setEnabled(may and current is not None and current.counts)

    def _on_void(self) -> None:
        entry = self.table.current()
        if entry is None or self._reading is None:
            return
        self._put_away()
        self.voiding.show()
        self.primary = self.voiding.submit
        self.voiding.begin(entry, self._reading.rules)

    def _put_away(self) -> None:
        self.form.hide()
        self.voiding.hide()
        self.add_button.show()
        self.primary = self.add_button
        self.table.setFocus()

    def _on_export(self) -> None:
        usual = self.context.services.settings.papers / f"工作记录{self._today().isoformat()}.xlsx"
        name, _ = QFileDialog.getSaveFileName(self, "导出表格", str(usual), _WORKBOOK)
        if name:
            path = Path(name)
            self.export_to(path if path.suffix else path.with_suffix(".xlsx"))

    def _on_exported(self, path: Path) -> None:
        self.context.say(f"已导出到 {path}。", Kind.SUCCESS, open_folder(path.parent))

    def _today(self) -> date:
        return self.context.services.cases.local_today

    # Building

    def _name(self) -> None:
        for name, control in (
            ("filter.kind", self.kind),
            ("filter.unit", self.unit),
            ("filter.since", self.since),
            ("filter.until", self.until),
            ("lines", self.table),
            ("add", self.add_button),
            ("strike_one", self.void_button),
            ("export", self.export_button),
            ("sums", self.sums),
        ):
            control.setObjectName(f"work.{name}")

    def _lay_out(self) -> None:
        for one in (self.export_button, self.void_button, self.add_button):
            self.top.addWidget(one)
        self.kind.setMinimumContentsLength(12)
        self._unit_field = Field("单位和它下面的", self.unit, name="filter.unit")
        self._until_field = Field("至（按末日）", self.until, name="filter.until")
        tools = WrappingRow(gap=12)
        tools.add(Field("种类", self.kind, name="filter.kind"), 190)
        tools.add(self._unit_field, 230, 1)
        tools.add(Field("自", self.since, name="filter.since"), 176)
        tools.add(self._until_field, 176)
        self.body.addWidget(tools)
        self.body.addWidget(self.form)
        self.body.addWidget(self.voiding)
        self.body.addWidget(self.sums)
        self.form.hide()
        self.voiding.hide()
        self.table.setMinimumHeight(theme().px(_LOWEST))
        card = Card(flush=True)
        card.setAccessibleName("工作记录")
        card.add(self.table, 1)
        self.body.addWidget(card, 1)

    def _connect(self) -> None:
        self.kind.edited.connect(self.refresh)
        for one in (self.since, self.until, self.unit):
            one.editingFinished.connect(self.refresh)
        self.table.moved.connect(lambda _one: self._settle())
        self.form.left.connect(self._put_away)
        self.voiding.left.connect(self._put_away)
