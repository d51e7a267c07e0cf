"""Months as they are typed and shown, and days reckoned by months."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from mediation_desk.shared.errors import InputError

_MONTH = re.compile(r"(\d{4})-(\d{1,2})")


def parse_month(text: str, *, field: str = "month") -> date:
    """The first day of ``2026-10``. Raises ``InputError``."""
    found = _MONTH.fullmatch(text.strip())
    if found is None or not 1 <= int(found[2]) <= 12 or int(found[1]) < 1:
        raise InputError(f"“{text}”不是月份，应为 2026-10 这样。", field=field)
    return date(int(found[1]), int(found[2]), 1)


def last_day(month: date) -> date:
    """The last day of the month of ``month``."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def month_word(month: date) -> str:
    """``2026年10月``."""
    return f"{month.year}年{month.month}月"


def months_before(day: date, months: int) -> date:
    """The same day of the month ``months`` earlier; the last one where that month is shorter."""
    place = day.year * 12 + day.month - 1 - months
    if place < 12:
        return date.min
    first = date(place // 12, place % 12 + 1, 1)
    return first.replace(day=min(day.day, last_day(first).day))
