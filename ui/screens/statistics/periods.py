"""Periods somebody asks for by a word."""

from __future__ import annotations

from datetime import date, timedelta

WORDS = ("本月", "上月", "本季度", "今年", "去年")


def period_of(word: str, today: date) -> tuple[date, date]:
    """First and last day of the period, both included. Raises KeyError for a word not in `WORDS`."""
    month = today.replace(day=1)
    quarter = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    before = month - timedelta(days=1)
    return {
        "本月": (month, _last_of(month, 1)),
        "上月": (before.replace(day=1), before),
        "本季度": (quarter, _last_of(quarter, 3)),
        "今年": (date(today.year, 1, 1), date(today.year, 12, 31)),
        "去年": (date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
    }[word]


def _last_of(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month + 1, 1) - timedelta(days=1)
