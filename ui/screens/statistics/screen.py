"""统计: any table for any period, its sums as figures, and the same table as a file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from mediation_desk.shared.changes import Topic
from mediation_desk.shared.errors import InputError, StorageError
from mediation_desk.shared.files import atomic_write
from mediation_desk.statistics.model import Period, StatTable
from mediation_desk.statistics.render import subtitle, to_json, to_xlsx
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField
from ui.screens.base import Context, Screen
from ui.screens.statistics.indicators import Indicator, indicator_columns, indicators, total_of
from ui.screens.statistics.periods import WORDS, period_of
from ui.tables.record_table import RecordTable
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.figure import Figure
from ui.widgets.layout import row
from ui.widgets.message_bar import Kind
from ui.widgets.plain import PlainLabel
from ui.widgets.text import small

_FIGURES = (
    ("concluded", "办结", "件"),
    ("success", "调解成功", "件"),
    ("success_rate", "成功率", "%"),
    ("persons", "涉及人数", "人"),
    ("agreed_wan", "协议金额", "万元"),
)
_OWN = "自选"


class StatisticsScreen(Screen):
    """Choose a table and a period; the answer comes at once. F1 and the tool tips tell the definitions."""

    code = "statistics"
    caption = "统计"
    topics = frozenset((Topic.CASES, Topic.STATISTICS))

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._today = context.services.cases.local_today
        titles = context.services.statistics.titles()
        self.tables: ChoiceField[str] = ChoiceField(titles, word=lambda code: titles[code])
        self.tables.setAccessibleName("统计表")
        self.periods: ChoiceField[str] = ChoiceField((*WORDS, _OWN))
        self.periods.setAccessibleName("期间")
        self.since, self.until = DateField(today=self._day), DateField(today=self._day)
        self.since.setAccessibleName("起始日")
        self.until.setAccessibleName("截止日")
        self.sheet = button("存为表格", lambda: self._save("xlsx"), symbol="export")
        self.data = button("存为数据", lambda: self._save("json"), symbol="export")
        self._shown: StatTable | None = None
        self._remark = small()
        self._figures = {code: Figure(word, unit=unit) for code, word, unit in _FIGURES}
        self.table: RecordTable[Indicator] = RecordTable(
            "统计表", (), key=lambda one: one.code, empty="这段期间没有数字。", sortable=False
        )
        self._lay_out()
        self._connect()
        self.periods.set_value("今年")
        self._on_period_chosen()
        self.first = self.tables

    def refresh(self) -> None:
        """Read the chosen table for the chosen period."""
        first, last, code = self.since.value(), self.until.value(), self.tables.value()
        if first is None or last is None or code is None:
            self.context.say("请写好统计期间的起止日。", Kind.WARN)
            return
        try:
            period = Period(first=first, last=last)
        except InputError as error:
            self.context.say(error.message, Kind.WARN)
            return
        services = self.context.services
        self.context.desk.query(
            lambda: services.statistics.table(services.actor, code, period), self._show, owner=self
        )

    def _show(self, table: StatTable) -> None:
        self._shown = table
        self.table.set_columns(indicator_columns(table))
        self.table.show_records(indicators(table))
        self._remark.setText(subtitle(table))
        definitions = {column.code: column.definition for column in table.columns}
        for code, figure in self._figures.items():
            figure.setVisible(code in definitions)
            figure.show_number(total_of(table, code), note="各类合计")
            figure.define(definitions.get(code, ""))

    def _lay_out(self) -> None:
        self.top.addWidget(self.sheet)
        self.top.addWidget(self.data)
        choices = row(self.tables, self.periods, self.since, PlainLabel("至"), self.until, None)
        choices.setStretch(0, 3)
        self.body.addLayout(choices)
        self.body.addLayout(row(*self._figures.values(), gap=12))
        card = Card(flush=True)
        card.add(self.table, 1)
        self.body.addWidget(card, 1)
        self.body.addWidget(self._remark)

    def _connect(self) -> None:
        self.tables.edited.connect(self.refresh)
        self.periods.edited.connect(self._on_period_chosen)
        self.periods.edited.connect(self.refresh)
        for field in (self.since, self.until):
            field.edited.connect(lambda: self.periods.set_value(_OWN))
            field.editingFinished.connect(self.refresh)
        for code, figure in self._figures.items():
            figure.clicked.connect(lambda _checked=False, code=code: self._on_figure_clicked(code))

    def _on_period_chosen(self) -> None:
        word = self.periods.value()
        if word is None or word == _OWN:
            self.since.setFocus()
            return
        first, last = period_of(word, self._today)
        self.since.set_value(first)
        self.until.set_value(last)

    def _on_figure_clicked(self, code: str) -> None:
        self.table.choose_key(code)
        self.table.setFocus()

    def _save(self, kind: str) -> None:
        table = self._shown
        if table is None:
            return
        name = f"{table.title}-{table.period.first:%Y%m%d}-{table.period.last:%Y%m%d}.{kind}"
        chosen, _filter = QFileDialog.getSaveFileName(self, "存为", name, f"*.{kind}")
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Write the table shown into ``path``: a sheet for ``.xlsx``, otherwise exchange data."""
        table = self._shown
        if table is None:
            return

        def write() -> Path:
            content = to_xlsx(table) if path.suffix == ".xlsx" else to_json(table).encode()
            try:
                atomic_write(path, content)
            except OSError as error:
                raise StorageError(f"写不进“{path}”：{error.strerror}。") from error
            return path

        self.context.desk.render(write, self._on_saved, owner=self, slot="export")

    def _on_saved(self, path: Path) -> None:
        self.context.say(f"已存为“{path.name}”。", Kind.SUCCESS)

    def _day(self) -> date:
        return self._today
