"""The pages of the statistics screen in the order of their tabs; whoever adds one lists it here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ui.screens.base import Context
from ui.screens.statistics.asked import Asked
from ui.screens.statistics.page import PageSpec, StatPage

Ask = Callable[[], Asked | None]


def _dashboard(context: Context, ask: Ask, parent: QWidget | None) -> StatPage:
    from ui.screens.statistics.mounted import DashboardTab

    return DashboardTab(context, ask, parent)


def _analysis(context: Context, ask: Ask, parent: QWidget | None) -> StatPage:
    from ui.screens.statistics.mounted import AnalysisTab

    return AnalysisTab(context, ask, parent)


def _tables(context: Context, ask: Ask, parent: QWidget) -> StatPage:
    from ui.screens.statistics.tables_page import TablesPage

    return TablesPage(context, ask, parent)


def _warning(context: Context, ask: Ask, parent: QWidget | None) -> StatPage:
    from ui.screens.statistics.mounted import WarningTab

    return WarningTab(context, ask, parent)


def _submissions(context: Context, ask: Ask, parent: QWidget | None) -> StatPage:
    from ui.screens.statistics.mounted import SubmissionsTab

    return SubmissionsTab(context, ask, parent)


PAGES: tuple[PageSpec, ...] = (
    PageSpec("dashboard", "看板", _dashboard),
    PageSpec("analysis", "分析", _analysis),
    PageSpec("tables", "官方报表", _tables),
    PageSpec("warning", "预警", _warning),
    PageSpec("submissions", "报送", _submissions),
)
