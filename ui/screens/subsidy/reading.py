"""One reading of a month, on the worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mediation_desk.subsidy.listing import MonthList
from mediation_desk.subsidy.model import BatchSheet
from mediation_desk.subsidy.months import last_day, months_before
from ui.screens.subsidy.rows import (
    BACK,
    CHANGED,
    LATER,
    NEVER,
    READY,
    Line,
    ListRow,
    lines_of,
    list_name,
    of_claim,
    of_difference,
    of_worksheet,
)
from ui.services import Services

OFFERED = 18
"""Months one can choose from, the present one included."""


@dataclass(frozen=True, slots=True)
class Board:
    """What would stand on a list, and the lists there are, by the number of each."""

    month: MonthList
    sheets: Mapping[int, BatchSheet]

    def rows(self) -> tuple[ListRow, ...]:
        """The lists on the left."""
        refused = self.month.refused
        return (
            ListRow(READY, len(self.month.ready)),
            ListRow(LATER, sum(not sheet.never for sheet in refused)),
            ListRow(NEVER, sum(sheet.never for sheet in refused)),
            ListRow(BACK, len(self.month.to_take_back)),
            ListRow(CHANGED, len(self.month.differences)),
            *(
                ListRow(list_name(sheet.batch), len(sheet.claims), sheet.batch)
                for sheet in self.sheets.values()
            ),
        )

    def lines(self, which: str, no: int, refused: dict[str, str]) -> tuple[Line, ...]:
        """The cases of one of them."""
        if no in self.sheets:
            return lines_of(self.sheets[no], refused)
        month = self.month
        if which == READY:
            return tuple(map(of_worksheet, month.ready))
        if which in (LATER, NEVER):
            return tuple(of_worksheet(one) for one in month.refused if one.never is (which == NEVER))
        if which == BACK:
            return tuple(map(of_claim, month.to_take_back))
        return tuple(map(of_difference, month.differences))


def read_board(services: Services, month: date) -> Board:
    """Everything about a month."""
    found = services.subsidies.month_list(services.actor, month)
    numbers = sorted(batch.no for batch in found.batches)
    sheets = {no: services.subsidies.sheet(services.actor, month, no) for no in numbers}
    return Board(found, sheets)


def months_offered(today: date) -> tuple[date, ...]:
    """The newest first."""
    first = today.replace(day=1)
    return tuple(months_before(first, back) for back in range(OFFERED))


def month_to_do(today: date) -> date:
    """The newest month that is over."""
    this = today.replace(day=1)
    return this if last_day(this) == today else months_before(this, 1)
