"""分析: months, kinds and bodies, their way, deadlines, mediators, groups, satisfaction, each with its cases."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.access.permissions import Permission
from mediation_desk.charts.model import Chart
from mediation_desk.shared.record import record
from mediation_desk.statistics import charted
from mediation_desk.statistics.analysis import Dashboard
from mediation_desk.statistics.breakdown import Analysis, Part
from mediation_desk.statistics.model import Period
from mediation_desk.statistics.ports import EVERYTHING, Filter
from ui.charts.view import ChartView
from ui.fields.choice_field import ChoiceField
from ui.screens.base import Context
from ui.screens.statistics.chart_words import called_part
from ui.screens.statistics.mediator_columns import mediator_columns
from ui.tables.record_table import RecordTable
from ui.theme import theme
from ui.widgets.card import Card
from ui.widgets.wrapping import WrappingRow

_HALF = 460
_TABLE_HEIGHT = 300
_BY = {"按调解组织": "body", "按纠纷类型": "category", "按月": "month"}


@record
class Found:
    """Everything the page shows."""

    dashboard: Dashboard
    analysis: Analysis


class AnalysisPage(QWidget):
    """``show_period(period, as_of, among)`` as the dashboard; ``opened(target, words)`` of every chart.

    Repeat disputes and early warning have a page of their own.
    """

    opened = Signal(object, str)
    saved = Signal(object)
    shown = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._found: Found | None = None
        self.setAccessibleName("分析")
        self._names = {
            "trend": 0,
            "kinds": 0,
            "flow": 0,
            "deadlines": _HALF,
            "content": _HALF,
            "groups": _HALF,
            "work": _HALF,
        }
        self._cards: dict[str, Card] = {}
        self.charts: dict[str, ChartView] = {name: self._chart(name) for name in self._names}
        self.by: ChoiceField[str] = ChoiceField(tuple(_BY))
        self.by.setObjectName("analysis.by")
        self.by.setAccessibleName("超期率怎样分")
        with QSignalBlocker(self.by):
            self.by.set_value("按调解组织")
        self._cards["deadlines"].body.insertWidget(0, self.by)
        self.by.edited.connect(self._show_deadlines)
        self.mediators: RecordTable[Part] = RecordTable(
            "主持调解员的工作",
            (),
            key=lambda part: str(part.value),
            empty="没有主持办结的案件。",
            parent=self,
        )
        self.mediators.setObjectName("analysis.mediators")
        self.mediators.setMinimumHeight(theme().px(_TABLE_HEIGHT))
        self.mediators.set_columns(mediator_columns())
        self.mediators.chosen.connect(self._open_mediator)
        self._lay_out()

    def show_period(self, period: Period, as_of: date | None = None, among: Filter = EVERYTHING) -> None:
        """Read and show; the charts keep what they show until the answer is there."""
        services = self._context.services
        actor = services.actor

        def read() -> Found:
            may = actor.can(Permission.EXPERT_READ)
            names = {one.card.pool_no: one.card.name for one in services.experts.pool(actor)} if may else {}
            statistics = services.statistics
            return Found(
                dashboard=statistics.dashboard(actor, period, as_of, among=among),
                analysis=statistics.analysis(actor, period, as_of, among=among, names=names),
            )

        self._context.desk.query(read, self._show, owner=self, slot="analysis")

    def pane(self) -> tuple[str, QWidget] | None:
        """The charts need the width."""
        return None

    def _lay_out(self) -> None:
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(theme().px(12))
        self._row = WrappingRow(gap=12, line_gap=12)
        people = Card("主持调解员", remark="按回车打开调解员的页面")
        people.add(self.mediators)
        for name, width in self._names.items():
            if width:
                self._row.add(self._cards[name], width, 1)
            else:
                stack.addWidget(self._cards[name])
        self._row.add(people, _HALF, 1)
        stack.addWidget(self._row)
        stack.addStretch(1)

    def _chart(self, name: str) -> ChartView:
        card = Card(parent=self)
        view = ChartView(self._context.desk, self._context.services.settings.papers, card)
        view.setObjectName(f"analysis.{name}")
        view.opened.connect(lambda target: self.opened.emit(target, called_part(view, target)))
        view.saved.connect(self.saved)
        card.add(view)
        self._cards[name] = card
        return view

    def _show(self, found: Found) -> None:
        self._found = found
        board, analysis = found.dashboard, found.analysis
        made: dict[str, Chart] = {
            "trend": charted.by_month(board.trend),
            "kinds": charted.kinds_and_bodies(board),
            "flow": charted.way_of_cases(board),
            "content": charted.content(analysis),
            "groups": charted.groups(analysis),
            "work": charted.workload(analysis),
        }
        for name, chart in made.items():
            self.charts[name].show_chart(chart)
        self._show_deadlines()
        self.mediators.show_records(charted.presiding(analysis))
        self.shown.emit()

    def _show_deadlines(self) -> None:
        if self._found is not None:
            dimension = _BY[self.by.value() or "按调解组织"]
            self.charts["deadlines"].show_chart(charted.deadlines(self._found.analysis, dimension))

    def _open_mediator(self, part: object) -> None:
        if isinstance(part, Part):
            self._context.open_screen("experts", str(part.value))
