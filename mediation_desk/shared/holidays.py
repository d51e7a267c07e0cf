"""Years whose holidays the centre has entered itself (``rules/holidays.toml``), before any library knows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from mediation_desk.shared.assets import built, remembered
from mediation_desk.shared.record import record

SATURDAY = 5
"""``date.weekday()`` of the first day of a weekend."""


@record
class YearTable:
    """Public holidays and make-up working days of one year, as the State Council announces them each autumn."""

    year: int
    holidays: frozenset[date]
    working: frozenset[date]
    source: str = ""

    def works(self, day: date) -> bool:
        """Whether offices work on ``day``."""
        return day in self.working or (day.weekday() < SATURDAY and day not in self.holidays)


@remembered
def own_table(year: int) -> YearTable | None:
    """The table entered for ``year``; None leaves the year to the library. Raises ``InputError`` for a faulty file."""
    return next((table for table in built("holidays", _tables) if table.year == year), None)


def _tables(data: Mapping[str, Any]) -> tuple[YearTable, ...]:
    return tuple(
        YearTable(
            year=entry["year"],
            holidays=frozenset(_days(entry["holidays"])),
            working=frozenset(_day(day) for day in entry.get("working", ())),
            source=entry.get("source", ""),
        )
        for entry in data.get("year", ())
    )


def _days(spans: Sequence[Any]) -> Iterator[date]:
    """Single days, and spans written as ``[first, last]``, both included."""
    for span in spans:
        first, last = span if isinstance(span, list) else (span, span)
        for step in range((_day(last) - _day(first)).days + 1):
            yield first + timedelta(days=step)


def _day(value: object) -> date:
    if type(value) is not date:
        raise ValueError(f"{value!r} is no day")
    return value
