"""The pages of the statistics screen in the order of their tabs; whoever adds one lists it here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ui.screens.base import Context
from ui.screens.statistics.asked import Asked
from ui.screens.statistics.page import PageSpec, StatPage

Ask = Callable[[], Asked | None]


def _tables(context: Context, ask: Ask, parent: QWidget) -> StatPage:
    from ui.screens.statistics.tables_page import TablesPage

    return TablesPage(context, ask, parent)


PAGES: tuple[PageSpec, ...] = (PageSpec("tables", "官方报表", _tables),)
