"""Dates and times as Chinese papers write them (domain.md §6.9)."""

from __future__ import annotations

from datetime import date, time

_WEEKDAYS = "一二三四五六日"

BLANK_DATE = "　　年　　月　　日"
"""What stands on a paper where the day is filled in by hand."""


def cn_date(day: date) -> str:
    """``2026年3月5日``: full year, no leading zero (GB/T 9704)."""
    return f"{day.year}年{day.month}月{day.day}日"


def cn_month(month: str) -> str:
    """``2026年7月`` for ``2026-07``."""
    year, number = month.split("-")
    return f"{int(year)}年{int(number)}月"


def cn_date_or_blank(day: date | None) -> str:
    """``cn_date``, or an empty place for a handwritten date."""
    return BLANK_DATE if day is None else cn_date(day)


def weekday(day: date) -> str:
    """``星期四``."""
    return "星期" + _WEEKDAYS[day.weekday()]


def cn_time(moment: time) -> str:
    """``9时30分``, ``14时``: 24 hours, no leading zero before the hour."""
    return f"{moment.hour}时" + (f"{moment.minute:02d}分" if moment.minute else "")


def cn_span(day: date, start: time, end: time | None) -> str:
    """``2026年3月13日（星期五）14时至16时10分``; without ``end`` a place for it is left open."""
    until = cn_time(end) if end else "　　时　　分"
    return f"{cn_date(day)}（{weekday(day)}）{cn_time(start)}至{until}"


def cn_period(first: date, last: date) -> str:
    """``自2026年3月5日起至2026年4月4日止``; both days belong to it."""
    return f"自{cn_date(first)}起至{cn_date(last)}止"
