"""Periods somebody asks for by a word."""

from __future__ import annotations

from datetime import date, timedelta

WORDS = ("今年", "去年", "本季度", "上季度", "本月", "上月")
_QUARTER = 3


def period_of(word: str, today: date) -> tuple[date, date]:
    """First and last day of the period, both included. Raises KeyError for a word not in `WORDS`."""
    month = today.replace(day=1)
    quarter = date(today.year, (today.month - 1) // _QUARTER * _QUARTER + 1, 1)
    before_month, before_quarter = month - timedelta(days=1), quarter - timedelta(days=1)
    last_quarter = _first_of(before_quarter, -(_QUARTER - 1))
    return {
        "今年": (date(today.year, 1, 1), date(today.year, 12, 31)),
        "去年": (date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
        "本季度": (quarter, _last_of(quarter, _QUARTER)),
        "上季度": (last_quarter, before_quarter),
        "本月": (month, _last_of(month, 1)),
        "上月": (before_month.replace(day=1), before_month),
    }[word]


def _first_of(day: date, months: int) -> date:
    """First day of the month ``months`` after that of ``day``."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)


def _last_of(first: date, months: int) -> date:
    return _first_of(first, months) - timedelta(days=1)
