"""How a day is counted, and the words for each step of the count (domain.md §1.5, 民法典 art. 201, 203)."""

from __future__ import annotations

from datetime import date, timedelta

from mediation_desk.cases.deadlines.rules import length_text
from mediation_desk.cases.vocabulary import DayUnit
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.record import record
from mediation_desk.shared.workdays import (
    DueDay,
    Period,
    add_period,
    is_known,
    is_public_holiday,
)


@record
class Counted:
    """Where a count ended, in words too; ``unknown_year`` 0 when all holidays it touched are published."""

    on: date
    words: str
    unknown_year: int = 0


def counted(start: date, event: str, days: int, unit: DayUnit) -> Counted:
    """``自2026年3月10日受理次日起30日，末日4月9日``."""
    due = _end(start, days, unit)
    words = (
        f"自{cn_date(start)}{event}次日起{length_text(days, unit)}，末日{_ending(start, days, unit, due.on)}"
    )
    return Counted(on=due.on, words=words, unknown_year=_unknown(start, due))


def put_off(before: date, days: int, unit: DayUnit, cause: str, verb: str) -> Counted:
    """``鉴定中止41个工作日，顺延至9月1日``; ``verb`` is 顺延 or 延长."""
    due = _end(before, days, unit)
    words = f"{cause}{length_text(days, unit)}，{verb}至{near(due.on, before)}"
    rolled = before + timedelta(days=days)
    if unit is DayUnit.DAYS and rolled != due.on:
        words += f"（{near(rolled, before)}{rest_word(rolled)}）"
    return Counted(on=due.on, words=words, unknown_year=_unknown(before, due))


def near(day: date, seen_from: date) -> str:
    """``4月9日``, with the year where it is another one."""
    return cn_date(day) if day.year != seen_from.year else f"{day.month}月{day.day}日"


def rest_word(day: date) -> str:
    """``逢节假日`` or ``逢休息日``."""
    return "逢节假日" if is_public_holiday(day) else "逢休息日"


def _end(start: date, days: int, unit: DayUnit) -> DueDay:
    return add_period(start, Period(days=days, working=unit is DayUnit.WORKING_DAYS))


def _ending(start: date, days: int, unit: DayUnit, due: date) -> str:
    last = start + timedelta(days=days)
    if unit is DayUnit.WORKING_DAYS or last == due:
        return near(due, start)
    return f"{near(last, start)}{rest_word(last)}，顺延至{near(due, last)}"


def _unknown(start: date, due: DueDay) -> int:
    """The first year of the count whose holidays are not published."""
    if not due.provisional:
        return 0
    years = range(start.year, due.on.year + 1)
    return next((year for year in years if not is_known(date(year, 12, 31))), due.on.year)
