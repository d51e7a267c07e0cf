"""A period as it is typed: a year, a quarter, a month, two days, or everything."""

from __future__ import annotations

import re
from datetime import date, timedelta

from mediation_desk.shared.errors import InputError
from mediation_desk.statistics.model import Period

ALL = Period(first=date.min, last=date.max)
"""Every day there is."""

_YEAR, _QUARTER, _MONTH = (
    re.compile(r"(\d{4})"),
    re.compile(r"(\d{4})[Qq]([1-4])"),
    re.compile(r"(\d{4})-(\d\d?)"),
)
_WRONG = "“{text}”不是统计期间，应为 2026、2026Q1、2026-03、2026-01-01..2026-03-31 或 all。"


def parse_period(text: str) -> Period:
    """``2026``, ``2026Q1``, ``2026-03``, ``2026-01-01..2026-03-31``, ``all``. Raises ``InputError``."""
    words = text.strip()
    try:
        return _period(words)
    except ValueError as error:
        raise InputError(_WRONG.format(text=words), field="--period") from error


def year_of(day: date) -> Period:
    """The calendar year ``day`` lies in."""
    return _months(day.year, 1, 12)


def _period(words: str) -> Period:
    if words == "all":
        return ALL
    if found := _YEAR.fullmatch(words):
        return _months(int(found[1]), 1, 12)
    if found := _QUARTER.fullmatch(words):
        return _months(int(found[1]), int(found[2]) * 3 - 2, 3)
    if found := _MONTH.fullmatch(words):
        return _months(int(found[1]), int(found[2]), 1)
    first, _, last = words.partition("..")
    return Period(first=date.fromisoformat(first), last=date.fromisoformat(last))


def _months(year: int, month: int, number: int) -> Period:
    first = date(year, month, 1)
    after = year * 12 + month - 1 + number
    return Period(first=first, last=date(after // 12, after % 12 + 1, 1) - timedelta(1))
