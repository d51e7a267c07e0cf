"""Periods somebody asks for: by a word, as a kind with arrows back and forward, and what they are called."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from mediation_desk.shared.dates import cn_period
from mediation_desk.statistics.model import Period
from mediation_desk.statistics.periods import before, fiscal_year_of, month_of, part_holding, week_of

_QUARTER, _HALF = 3, 6
_HALVES, _QUARTERS = ("上半年", "下半年"), ("第一季度", "第二季度", "第三季度", "第四季度")

WORDS = ("今年", "去年", "本季度", "上季度", "本月", "上月")
KINDS: dict[str, Callable[[date], Period]] = {
    "按周": week_of,
    "按月": month_of,
    "按季度": lambda day: part_holding(day, _QUARTER),
    "按半年": lambda day: part_holding(day, _HALF),
    "按年": fiscal_year_of,
}
"""The period of a kind that holds a day; quarter, half and year are those of the statistical year (LR-20)."""
_OF_WORD = {
    "今年": ("按年", False),
    "去年": ("按年", True),
    "本季度": ("按季度", False),
    "上季度": ("按季度", True),
    "本月": ("按月", False),
    "上月": ("按月", True),
}


def period_of(word: str, today: date) -> tuple[date, date]:
    """First and last day of the period, both included. Raises KeyError for a word not in `WORDS`."""
    kind, is_last = _OF_WORD[word]
    period = KINDS[kind](today)
    found = before(period) if is_last else period
    return found.first, found.last


def kind_of(word: str) -> str:
    """The kind behind a word or a kind, "" for none."""
    return _OF_WORD[word][0] if word in _OF_WORD else word if word in KINDS else ""


def called(period: Period) -> str:
    """``2026年``, ``2026年上半年``, ``2026年第一季度``, ``2026年3月``, ``2026年第14周``, else its two days."""
    year = fiscal_year_of(period.last)
    if period == year:
        return f"{year.last.year}年"
    for months, names in ((_HALF, _HALVES), (_QUARTER, _QUARTERS)):
        if period == part_holding(period.last, months):
            passed = (period.first.year - year.first.year) * 12 + period.first.month - year.first.month
            return f"{year.last.year}年{names[passed // months]}"
    if period == month_of(period.last):
        return f"{period.first.year}年{period.first.month}月"
    if period == week_of(period.last):
        week = period.first.isocalendar()
        return f"{week.year}年第{week.week}周"
    return cn_period(period.first, period.last)
