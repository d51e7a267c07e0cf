"""Dashboard, analysis, early warning and reporting as pages beneath the one head."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from ui.screens.base import Context
from ui.screens.statistics.analysis_page import AnalysisPage
from ui.screens.statistics.asked import Asked
from ui.screens.statistics.dashboard_page import DashboardPage
from ui.screens.statistics.page import StatPage
from ui.screens.statistics.submissions import SubmissionsPage
from ui.screens.statistics.warning_page import WarningPage
from ui.widgets.message_bar import Kind
from ui.widgets.text import small

Ask = Callable[[], Asked | None]
_NOT_NARROWED = "四级风险和突增看的是今天，其余按上面的期间；单位和筛选条件在这里不起作用。"


class DashboardTab(StatPage):
    """看板."""

    def __init__(self, context: Context, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(context, ask, parent)
        self.board = DashboardPage(context, self)
        self.first = next(iter(next(iter(self.board.columns.values())).lines.values()))
        self.stack.addWidget(self.board, 1)
        self.board.opened.connect(self.open_target)
        self.board.checked.connect(lambda: context.open_screen("statistics", "tables#tracks"))
        self.board.unreported.connect(lambda: context.open_screen("statistics", "submissions"))

    def refresh(self) -> None:
        """What the head asks."""
        asked = self.ask()
        if asked is not None:
            self.board.show_period(asked.period, asked.as_of, asked.among)


class AnalysisTab(StatPage):
    """分析."""

    def __init__(self, context: Context, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(context, ask, parent)
        self.analysis = AnalysisPage(context, self)
        self.first = self.analysis.charts["trend"].canvas
        self.stack.addWidget(self.analysis, 1)
        self.analysis.opened.connect(self.open_target)
        self.analysis.saved.connect(lambda path: context.say(f"已存为“{path.name}”。", Kind.INFO))

    def refresh(self) -> None:
        """What the head asks."""
        asked = self.ask()
        if asked is not None:
            self.analysis.show_period(asked.period, asked.as_of, asked.among)


class WarningTab(StatPage):
    """预警: of the whole centre."""

    filtered: ClassVar[bool] = False

    def __init__(self, context: Context, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(context, ask, parent)
        self.warnings = WarningPage(context, self)
        self.first = self.warnings.tabs.tabBar()
        self.stack.addWidget(small(_NOT_NARROWED, wrap=True))
        self.stack.addWidget(self.warnings, 1)
        self.warnings.opened.connect(self.open_target)

    def refresh(self) -> None:
        """The part in front, for the period of the head."""
        asked = self.ask()
        if asked is not None:
            self.warnings.show_period(asked.period)

    def open(self, argument: str) -> None:
        """One of its parts."""
        self.warnings.tabs.open_part(argument)

    def counted_as(self, head: Asked) -> Asked:
        """Of the whole centre and as of today, whatever the head says besides its period."""
        return Asked(period=head.period, as_of=self.context.services.cases.local_today)


class SubmissionsTab(StatPage):
    """报送: periods of its own, always of the whole centre."""

    periodic: ClassVar[bool] = False
    filtered: ClassVar[bool] = False

    def __init__(self, context: Context, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(context, ask, parent)
        self.submissions = SubmissionsPage(context, self)
        self.first = self.submissions.table
        self.stack.addWidget(self.submissions)
        self.stack.addStretch(1)
        self.submissions.opened.connect(self.drilled)

    def refresh(self) -> None:
        """The list, and what is marked in it."""
        self.submissions.refresh()
