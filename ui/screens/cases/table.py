"""The table of cases: it asks for more lines when the end comes into sight, and keeps its place when they come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal

from mediation_desk.cases.summary import CaseSummary
from ui.screens.cases.columns import case_columns
from ui.tables.record_table import RecordTable
from ui.theme import theme
from ui.tokens import ROW_HEIGHT

_AHEAD = 12


class CaseTable(RecordTable[CaseSummary]):
    """``more_wanted`` when fewer than a dozen lines are left below."""

    more_wanted = Signal()

    def __init__(self, today: Callable[[], date], empty: str) -> None:
        super().__init__("案件", case_columns(today), key=lambda case: case.case_key, empty=empty)
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(self._on_scrolled)
        bar.rangeChanged.connect(lambda _low, _high: self._on_scrolled(bar.value()))

    def add_cases(self, cases: tuple[CaseSummary, ...]) -> None:
        """Show these after a page has come; place and current line stay."""
        offset = self.verticalScrollBar().value()
        self.show_records(cases)
        self.verticalScrollBar().setValue(offset)

    def _on_scrolled(self, value: int) -> None:
        bar = self.verticalScrollBar()
        if bar.maximum() and bar.maximum() - value < theme().px(ROW_HEIGHT) * _AHEAD:
            self.more_wanted.emit()
