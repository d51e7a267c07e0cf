"""The table of cases: a window on the list that moves with the scrolling and never grows beyond its size."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal

from mediation_desk.cases.summary import CaseSummary
from ui.screens.cases.columns import case_columns
from ui.tables.record_table import RecordTable

KEPT = 600
"""Lines kept while scrolling; what is further away is read again when it comes near."""

_AHEAD = 12


class CaseTable(RecordTable[CaseSummary]):
    """``below_wanted`` and ``above_wanted`` when fewer than a dozen lines are left in that direction."""

    below_wanted = Signal()
    above_wanted = Signal()

    def __init__(self, today: Callable[[], date], empty: str) -> None:
        super().__init__("案件", case_columns(today), key=lambda case: case.case_key, empty=empty)
        self._moving = False
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(self._on_scrolled)
        bar.rangeChanged.connect(lambda _low, _high: self._on_scrolled(bar.value()))

    def extend(self, page: tuple[CaseSummary, ...]) -> int:
        """Go on below; what the user looks at stays in its place. Returns how many lines fell off above."""
        return self._moved(lambda: self.records.extend(page, KEPT), lambda fell: -fell)

    def precede(self, page: tuple[CaseSummary, ...]) -> int:
        """Go back above; what the user looks at stays in its place. Returns how many lines fell off below."""
        return self._moved(lambda: self.records.precede(page, KEPT), lambda _fell: len(page))

    def set_sortable(self, sortable: bool) -> None:
        """Only a list that is here as a whole can be sorted; any other has the order it is read in."""
        if sortable != self.isSortingEnabled():
            self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            self.setSortingEnabled(sortable)

    def _moved(self, change: Callable[[], int], rows_down: Callable[[int], int]) -> int:
        bar, before = self.verticalScrollBar(), self.verticalScrollBar().value()
        self._moving = True
        fell = change()
        self.updateGeometries()  # the scroll bar must know its new range before it is set
        bar.setValue(before + rows_down(fell) * self.verticalHeader().defaultSectionSize())
        self._moving = False
        return fell

    def _on_scrolled(self, value: int) -> None:
        bar = self.verticalScrollBar()
        if self._moving or not bar.maximum():
            return
        near = self.verticalHeader().defaultSectionSize() * _AHEAD
        if bar.maximum() - value < near:
            self.below_wanted.emit()
        if value < near:
            self.above_wanted.emit()
