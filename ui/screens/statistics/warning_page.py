"""预警: the four levels of risk, sudden rises, repeats, groups and prevention, workload; part of the statistics."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.access.permissions import Permission
from mediation_desk.statistics.model import Period
from ui.screens.base import Context
from ui.screens.statistics.periods import WORDS, period_of
from ui.screens.statistics.prevented_view import PreventedView
from ui.screens.statistics.repeats_view import RepeatsView
from ui.screens.statistics.rises_view import RisesView
from ui.screens.statistics.risk_view import RiskView
from ui.screens.statistics.workload_view import WorkloadView
from ui.widgets.layout import scrolling
from ui.widgets.tabs import DeskTabs
from ui.widgets.text import paragraph

_NEEDED = (Permission.STATISTICS_READ, Permission.CASE_READ)
_FORBIDDEN = "您的账号没有查看统计和案件的权限，看不到预警。"


class WarningPage(QWidget):
    """A widget to be put under the statistics. Call `refresh` when it comes to the front or cases have changed.

    Risks and rises are those of today; `show_period` says for which period repeats, groups, prevention and workload
    are counted. Only the part in front is read. ``opened(spot, words)``: somebody wants the cases of a number.
    """

    opened = Signal(object, str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._period: Period | None = None
        self.risks, self.rises = RiskView(context), RisesView(context)
        self.repeats, self.prevented = RepeatsView(context), PreventedView(context)
        self.workload = WorkloadView()
        self.tabs = DeskTabs("预警")
        self.tabs.setObjectName("warning.tabs")
        self.setAccessibleName("预警")
        parts = {
            "risks": ("四级风险", self.risks),
            "rises": ("突增", self.rises),
            "repeats": ("反复纠纷", self.repeats),
            "prevented": ("群体和防止激化", self.prevented),
            "workload": ("工作量", self.workload),
        }
        for code, (word, view) in parts.items():
            self.tabs.add(code, word, scrolling(view, name=word))
        self._refused = paragraph(_FORBIDDEN)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.addWidget(self._refused)
        stack.addWidget(self.tabs, 1)
        allowed = all(context.services.actor.can(one) for one in _NEEDED)
        self._refused.setVisible(not allowed)
        self.tabs.setVisible(allowed)
        self._allowed = allowed
        self.rises.opened.connect(self.opened)
        self.workload.opened.connect(self.opened)
        self.tabs.currentChanged.connect(lambda _place: self.refresh())

    def show_period(self, period: Period) -> None:
        """Count for another period."""
        self._period = period
        self.refresh()

    def refresh(self) -> None:
        """Read the part in front."""
        if not self._allowed:
            return
        services, query = self._context.services, self._context.desk.query
        actor, warning = services.actor, services.warning
        period = self._period or _this_year(services.cases.local_today)
        match self.tabs.part():
            case "risks":
                query(lambda: warning.matrix(actor), self.risks.show_matrix, owner=self)
            case "rises":
                query(lambda: warning.rises(actor), self.rises.show_rises, owner=self)
            case "repeats":
                query(lambda: warning.repeats(actor, period), self.repeats.show_repeats, owner=self)
            case "prevented":
                query(
                    lambda: (warning.groups(actor, period), warning.prevented(actor, period)),
                    self.prevented.show_answer,
                    owner=self,
                )
            case _:
                query(lambda: warning.workload(actor, period), self.workload.show_workload, owner=self)


def _this_year(today: date) -> Period:
    first, last = period_of(WORDS[0], today)
    return Period(first=first, last=last)
