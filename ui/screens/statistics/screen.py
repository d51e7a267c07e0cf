"""统计: the three tracks side by side for any period, the official tables beneath, and each as a sheet."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QTabBar, QWidget

from mediation_desk.shared.changes import Topic
from mediation_desk.shared.errors import InputError, StorageError
from mediation_desk.shared.files import atomic_write
from mediation_desk.shared.track import Track
from mediation_desk.statistics.model import Period, StatTable
from mediation_desk.statistics.render import subtitle, to_xlsx
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField
from ui.fields.field import Field
from ui.screens.base import Context, Screen
from ui.screens.statistics.analysis_page import AnalysisPage
from ui.screens.statistics.dashboard_page import DashboardPage
from ui.screens.statistics.definition import Definition
from ui.screens.statistics.indicators import (
    GROUP_COLUMN,
    Indicator,
    indicator_columns,
    indicators,
    track_sums,
)
from ui.screens.statistics.periods import WORDS, period_of
from ui.screens.statistics.spot_pane import SpotPane
from ui.screens.statistics.track_card import TrackCard
from ui.tables.record_table import RecordTable
from ui.theme import theme
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.layout import boxed, column
from ui.widgets.message_bar import Action, Kind
from ui.widgets.plain import plain_caption
from ui.widgets.tabs import DeskTabs
from ui.widgets.text import small
from ui.widgets.wrapping import WrappingRow

_OWN = "自选"
_TABLE_HEIGHT = 260
_TABS = {"tracks": "三调汇总", "cases": "表二 人民调解案件情况"}
Tables = dict[str, StatTable]


class StatisticsScreen(Screen):
    """The answer comes as soon as a period is chosen; the pane says how the marked line is counted."""

    code = "statistics"
    caption = "统计"
    topics = frozenset((Topic.CASES, Topic.STATISTICS))
    scrolled = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._tables: Tables = {}
        self.period: ChoiceField[str] = ChoiceField((*WORDS, _OWN))
        self.since, self.until = DateField(today=self._today), DateField(today=self._today)
        self.as_of = DateField(today=self._today)
        self.sheet = button("导出表格", self.export, symbol="export")
        self.tabs = QTabBar()
        self.pages = DeskTabs("统计", self)
        self.pages.setObjectName("stats.pages")
        self.dashboard, self.analysis = DashboardPage(context, self), AnalysisPage(context, self)
        self._behind = SpotPane(context, self)
        self._behind.hide()
        self.cards = {track.value: TrackCard(track.value) for track in Track}
        self.table: RecordTable[Indicator] = RecordTable(
            "统计表", (), key=lambda one: one.code, empty="这段期间没有数字。", sortable=False
        )
        self._definition = Definition()
        self._remark = small()
        self._lay_out()
        self._connect()
        self.as_of.set_value(self._today())
        self.period.set_value(WORDS[0])
        self._set_period(WORDS[0])
        self.first = self.period

    def refresh(self) -> None:
        """Read both tables for the chosen period."""
        first, last, as_of = self.since.value(), self.until.value(), self.as_of.value()
        if first is None or last is None or as_of is None:
            self.context.say("请写好统计期间的起止日和截至日。", Kind.WARN)
            return
        try:
            period = Period(first=first, last=last)
        except InputError as error:
            self.until_field.set_error(error.message)
            return
        if self.pages.part() != "tables":
            page = self.dashboard if self.pages.part() == "dashboard" else self.analysis
            page.show_period(period, as_of)
            return
        services = self.context.services
        self.context.desk.query(
            lambda: {code: services.statistics.table(services.actor, code, period, as_of) for code in _TABS},
            self._show,
            owner=self,
        )

    def open(self, argument: str) -> None:
        """Bring a page to the front: tables, dashboard, analysis."""
        self.pages.open_part(argument)

    def pane(self) -> tuple[str, QWidget] | None:
        """How the marked line of a table is counted; the other pages need the width."""
        return ("口径", self._definition) if self.pages.part() == "tables" else None

    def show_table(self, code: str) -> None:
        """Bring a table to the front."""
        self.tabs.setCurrentIndex(list(_TABS).index(code))

    def export(self) -> None:
        """Write the table in front into the folder of the papers."""
        table = self._tables.get(self._code())
        if table is None:
            return
        first, last = table.period.first, table.period.last
        name = f"{_TABS[table.code].split()[0]}_{first:%Y%m%d}-{last:%Y%m%d}.xlsx"
        path = self.context.services.settings.papers / name

        def write() -> Path:
            try:
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            except OSError as error:
                raise StorageError(f"建不了文件夹“{path.parent}”。") from error
            atomic_write(path, to_xlsx(table))
            return path

        self.context.desk.render(write, self._on_exported, owner=self, slot="export")

    # Building

    def _lay_out(self) -> None:
        self.until_field = Field("至", self.until, name="to")
        choices = WrappingRow(gap=10)
        choices.add(Field("期间", self.period), 120)
        choices.add(Field("自", self.since), 176)
        choices.add(self.until_field, 176)
        choices.add(Field("履行和司法确认截至", self.as_of), 176)
        names = {
            "period": (self.period, "统计期间"),
            "from": (self.since, "起始日"),
            "to": (self.until, "截止日"),
            "as_of": (self.as_of, "履行和司法确认截至哪一天"),
            "export": (self.sheet, "导出表格"),
            "table": (self.table, "统计表"),
            "tabs": (self.tabs, "选择统计表"),
        }
        for code, (widget, words) in names.items():
            widget.setObjectName(f"stats.{code}")
            widget.setAccessibleName(words)
        self.top.addWidget(self.sheet)
        summary = WrappingRow(gap=12, line_gap=12)
        for number, card in enumerate(self.cards.values()):
            card.setObjectName(f"stats.track.{number}")
            summary.add(card, 232, 1)
        for words in _TABS.values():
            self.tabs.addTab(plain_caption(words))
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.table.setMinimumHeight(theme().px(_TABLE_HEIGHT))
        ground = Card(flush=True)
        ground.add(self.table, 1)
        stack = column(summary, self.tabs, gap=12)
        stack.addWidget(ground, 1)
        stack.addWidget(self._remark)
        self.pages.add("tables", "统计表", boxed(stack))
        self.pages.add("dashboard", "看板", self.dashboard)
        self.pages.add("analysis", "分析", self.analysis)
        self.body.addWidget(choices)
        self.body.addWidget(self.pages, 1)

    def _connect(self) -> None:
        self.period.edited.connect(self._on_period_chosen)
        for field in (self.since, self.until):
            field.edited.connect(lambda: self.period.set_value(_OWN))
        for field in (self.since, self.until, self.as_of):
            field.editingFinished.connect(self.refresh)
        self.pages.currentChanged.connect(self._on_page)
        self.dashboard.checked.connect(lambda: self.pages.open_part("tables"))
        for page in (self.dashboard, self.analysis):
            page.opened.connect(self._open_cases)
        self.analysis.saved.connect(self._on_exported)
        for track in self.dashboard.columns.values():
            track.chart.saved.connect(self._on_exported)
        self.tabs.currentChanged.connect(lambda _place: self._show_table())
        self.table.moved.connect(self._on_table_moved)

    # Showing

    def _show(self, tables: Tables) -> None:
        self._tables = tables
        for one in track_sums(tables["tracks"]):
            self.cards[one.label].show_sum(one)
        self._show_table()

    def _show_table(self) -> None:
        table = self._tables.get(self._code())
        if table is None:
            return
        marked = self.table.current()
        self.table.clearSpans()
        self.table.set_columns(indicator_columns(table))
        lines = indicators(table)
        self.table.show_records(lines)
        for row, one in enumerate(lines):
            if one.heads > 1:
                self.table.setSpan(row, GROUP_COLUMN, one.heads, 1)
        self.table.choose_key(marked.code if marked else lines[0].code)
        self._remark.setText(subtitle(table))

    def _on_table_moved(self, one: object) -> None:
        table = self._tables.get(self._code())
        if isinstance(one, Indicator) and table is not None and len(one.values) == len(table.rows):
            self._definition.show_indicator(one, tuple(row.label for row in table.rows))

    def _on_page(self) -> None:
        self.refresh()
        self.context.settle_pane()

    def _open_cases(self, target: object, words: str) -> None:
        self._behind.show_spot(target, words, self.as_of.value())
        self.context.show_pane(self._behind, "案件")

    def _on_period_chosen(self) -> None:
        word = self.period.value()
        if word is None or word == _OWN:
            self.since.setFocus()
            return
        self._set_period(word)
        self.refresh()

    def _set_period(self, word: str) -> None:
        first, last = period_of(word, self._today())
        self.since.set_value(first)
        self.until.set_value(last)

    def _on_exported(self, path: Path) -> None:
        folder = QUrl.fromLocalFile(str(path.parent))
        self.context.say(
            f"已导出“{path.name}”。",
            Kind.INFO,
            Action("打开文件夹", lambda: QDesktopServices.openUrl(folder)),
        )

    def _code(self) -> str:
        return list(_TABS)[max(self.tabs.currentIndex(), 0)]

    def _today(self) -> date:
        return self.context.services.cases.local_today
