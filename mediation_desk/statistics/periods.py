"""A period as it is typed: a year, half a year, a quarter, a month, a week, two days, or everything (LR-20)."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from mediation_desk.shared.assets import built, remembered
from mediation_desk.shared.errors import InputError
from mediation_desk.statistics.model import Period, first_of_month, month_number

ALL = Period(first=date.min, last=date.max)
"""Every day there is."""

_YEAR, _PART, _WEEK, _MONTH = (
    re.compile(r"(\d{4})"),
    re.compile(r"(\d{4})([QqHh])([1-4])"),
    re.compile(r"(\d{4})[Ww](\d\d?)"),
    re.compile(r"(\d{4})-(\d\d?)"),
)
_MONTHS = {"Q": 3, "H": 6}
_WRONG = "“{text}”不是统计期间，应为 2026、2026H1、2026Q1、2026-03、2026W14、2026-01-01..2026-03-31 或 all。"
_DECEMBER, _SUNDAY = 12, 7


def parse_period(text: str) -> Period:
    """``2026``, ``2026H1``, ``2026Q1``, ``2026-03``, ``2026W14``, ``2026-01-01..2026-03-31``, ``all``.

    Year, half and quarter are those of the statistical year, which ends where ``fiscal_year_end`` says; 2026 is the
    one that ends in 2026. Weeks run from Monday to Sunday (GB/T 7408). Raises ``InputError``.
    """
    words = text.strip()
    try:
        return _period(words)
    except ValueError as error:
        raise InputError(_WRONG.format(text=words), field="--period") from error


def fiscal_year(year: int) -> Period:
    """The statistical year that ends in ``year``."""
    return Period(first=_end(year - 1) + timedelta(1), last=_end(year))


def fiscal_year_of(day: date) -> Period:
    """The statistical year ``day`` lies in."""
    return fiscal_year(day.year if day <= _end(day.year) else day.year + 1)


def part_of_year(year: int, months: int, number: int) -> Period:
    """The ``number``-th stretch of ``months`` months of a statistical year. Raises ``ValueError`` beyond its end."""
    if not 1 <= number <= _DECEMBER // months:
        raise ValueError(number)
    first = fiscal_year(year).first
    return Period(
        first=_later(first, months * (number - 1)), last=_later(first, months * number) - timedelta(1)
    )


def part_holding(day: date, months: int) -> Period:
    """The stretch of ``months`` months of its statistical year that ``day`` lies in."""
    year = fiscal_year_of(day).last.year
    every = (part_of_year(year, months, number) for number in range(1, _DECEMBER // months + 1))
    return next(one for one in every if one.first <= day <= one.last)


def crosses_years(period: Period) -> bool:
    """Whether it begins in one statistical year and ends in another."""
    return period != ALL and fiscal_year_of(period.first) != fiscal_year_of(period.last)


def month_of(day: date) -> Period:
    """The calendar month of ``day``."""
    first = first_of_month(month_number(day))
    return Period(first=first, last=_later(first, 1) - timedelta(1))


def week_of(day: date) -> Period:
    """The week of ``day``, Monday to Sunday."""
    first = day - timedelta(day.weekday())
    return Period(first=first, last=first + timedelta(_SUNDAY - 1))


def before(period: Period) -> Period:
    """The period of the same kind just before: the month before a month, the year before a year."""
    first, whole = period.first, period.last + timedelta(1)
    if months := _whole_months(period):
        return Period(first=_later(first, -months), last=first - timedelta(1))
    return Period(first=first - (whole - first), last=first - timedelta(1))


def following(period: Period) -> Period:
    """The period of the same kind just after. Raises ``ValueError`` or ``OverflowError`` past the year 9999."""
    first, whole = period.first, period.last + timedelta(1)
    if months := _whole_months(period):
        return Period(first=whole, last=_later(whole, months) - timedelta(1))
    return Period(first=whole, last=period.last + (whole - first))


def elapsed_before(period: Period, as_of: date) -> Period:
    """The period before, of a running one only as many days as have gone by: a year in November is not over."""
    whole = before(period)
    if not period.first <= as_of < period.last:
        return whole
    return Period(first=whole.first, last=min(whole.last, whole.first + (as_of - period.first)))


def year_before(period: Period) -> Period:
    """The same days a year earlier; what ends with a month ends with it then, too."""
    after = period.last + timedelta(1)
    return Period(first=_later(period.first, -_DECEMBER), last=_later(after, -_DECEMBER) - timedelta(1))


def _period(words: str) -> Period:
    if words == "all":
        return ALL
    if found := _YEAR.fullmatch(words):
        return fiscal_year(int(found[1]))
    if found := _PART.fullmatch(words):
        return part_of_year(int(found[1]), _MONTHS[found[2].upper()], int(found[3]))
    if found := _WEEK.fullmatch(words):
        return week_of(date.fromisocalendar(int(found[1]), int(found[2]), 1))
    if found := _MONTH.fullmatch(words):
        return month_of(date(int(found[1]), int(found[2]), 1))
    first, _, last = words.partition("..")
    return Period(first=date.fromisoformat(first), last=date.fromisoformat(last))


def _end(year: int) -> date:
    """The last day of the statistical year; the last day of February where that year has no 29th."""
    month, day = _fiscal_year_end()
    return date(year, month, min(day, monthrange(year, month)[1]))


@remembered
def _fiscal_year_end() -> tuple[int, int]:
    """Month and day. Raises ``InputError`` for a setting that is no day of the year."""
    return built("statistics", lambda data: _month_and_day(data.get("fiscal_year_end", "12-31")))


def _month_and_day(words: str) -> tuple[int, int]:
    found = date.fromisoformat(f"2024-{words}")
    return found.month, found.day


def _whole_months(period: Period) -> int:
    """How many months it has, 0 where it does not begin and end at the same day of a month."""
    first, last = period.first, period.last
    whole = last + timedelta(1)
    months = (last.year - first.year) * _DECEMBER + last.month - first.month
    return months + (whole.month != last.month) if first.day == whole.day else 0


def _later(day: date, months: int) -> date:
    """The same day of another month, its last day where that month is shorter. Raises ``ValueError`` past 9999."""
    year, month = divmod(day.year * _DECEMBER + day.month - 1 + months, _DECEMBER)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
