"""Grade schemes (等级评定办法): which levels there are, in which order, and what a paper calls them (§5.2)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from mediation_desk.experts.mediator import Grade
from mediation_desk.shared.assets import built
from mediation_desk.shared.record import record

_CALLING = "人民调解员"


@record
class Scheme:
    """One scheme. ``levels`` are titles as printed, highest first; ``years`` is None where none is laid down."""

    code: str
    name: str
    levels: tuple[str, ...]
    decided_by: str = ""
    years: int | None = None
    ungraded: tuple[str, ...] = ()
    source: str = ""

    def place(self, level: str) -> int | None:
        """1 for the highest level; takes ``一级`` and ``一级人民调解员`` alike; None for a level of no such name."""
        wanted = level.strip().removesuffix(_CALLING)
        short = [title.removesuffix(_CALLING) for title in self.levels]
        return short.index(wanted) + 1 if wanted in short else None

    def title(self, level: str) -> str:
        """The title as printed; what was typed if the scheme does not have it."""
        place = self.place(level)
        return self.levels[place - 1] if place else level

    def expires_on(self, given: date) -> date | None:
        """Last day of a grade given on this day; None where the scheme sets no term."""
        if self.years is None:
            return None
        year = given.year + self.years
        leap_day = (given.month, given.day) == (2, 29)
        again = date(year, 3, 1) if leap_day else given.replace(year=year)
        return again - timedelta(days=1)


def schemes() -> tuple[Scheme, ...]:
    """All schemes in the order of the rule file. Raises ``InputError`` for a faulty one."""
    return built("grades", _schemes)


def scheme_of(grade: Grade) -> Scheme | None:
    """The scheme a grade belongs to, found by code or name; None for one the centre does not keep."""
    return next((one for one in schemes() if grade.scheme in (one.code, one.name)), None)


def _schemes(data: Mapping[str, Any]) -> tuple[Scheme, ...]:
    found = tuple(_scheme(entry) for entry in data["scheme"])
    if len({one.code for one in found}) != len(found):
        raise ValueError("code given twice")
    return found


def _scheme(entry: Mapping[str, Any]) -> Scheme:
    levels = tuple(entry["levels"])
    if not levels or len(set(levels)) != len(levels):
        raise ValueError("levels missing or given twice")
    return Scheme(
        code=entry["code"],
        name=entry["name"],
        levels=levels,
        decided_by=entry.get("decided_by", ""),
        years=entry.get("years"),
        ungraded=tuple(entry.get("ungraded", ())),
        source=entry.get("source", ""),
    )
