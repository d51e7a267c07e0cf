"""Days that count: rest days, make-up working days, periods and where they end (domain.md §1.5)."""

from __future__ import annotations

import re
from datetime import date, timedelta

from mediation_desk.shared import holidays
from mediation_desk.shared.assets import remembered
from mediation_desk.shared.holidays import SATURDAY
from mediation_desk.shared.record import record

CONFIRMATION_DAYS = 30
"""Days within which all parties may jointly ask the court to confirm (LR-15, 人民调解法 art. 33)."""

_DAY = timedelta(days=1)
_PERIOD = re.compile(r"([0-9]{1,4})(个工作日|日)")


@record
class DueDay:
    """A day a period ends on. ``provisional``: it rests on a year whose holidays are not published yet."""

    on: date
    provisional: bool = False


@record
class Period:
    """A length of time: ``30日`` or ``30个工作日``."""

    days: int
    working: bool = False


@remembered
def is_working_day(day: date) -> bool:
    """Whether offices work on ``day``: make-up weekends yes, public holidays no.

    In a year whose table is not known (``is_known``) every Monday to Friday counts.
    """
    table = holidays.own_table(day.year)
    if table is not None:
        return table.works(day)
    import chinese_calendar  # loaded late: a start that shows no deadline does not need it

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < SATURDAY


@remembered
def is_public_holiday(day: date) -> bool:
    """Whether ``day`` belongs to a published public holiday; an ordinary weekend does not."""
    table = holidays.own_table(day.year)
    if table is not None:
        return day in table.holidays
    import chinese_calendar

    try:
        return bool(chinese_calendar.get_holiday_detail(day)[1]) and not is_working_day(day)
    except NotImplementedError:
        return False


@remembered
def is_known(day: date) -> bool:
    """Whether the holidays of this day's year are published."""
    if holidays.own_table(day.year) is not None:
        return True
    import chinese_calendar

    try:
        chinese_calendar.is_workday(day)
    except NotImplementedError:
        return False
    return True


def next_working_day(day: date) -> DueDay:
    """``day`` itself if offices work, otherwise the first working day after it (民法典 art. 203)."""
    due = day
    while not is_working_day(due):
        due += _DAY
    return DueDay(on=due, provisional=not (is_known(day) and is_known(due)))


def add_days(start: date, days: int) -> DueDay:
    """End of a calendar period: the first day does not count, a rest day at the end rolls on."""
    return next_working_day(start + timedelta(days=days))


def add_working_days(start: date, days: int) -> DueDay:
    """End of a period in working days; ``start`` does not count."""
    day, left, provisional = start, days, False
    while left:
        day += _DAY
        provisional = provisional or not is_known(day)
        left -= is_working_day(day)
    return DueDay(on=day, provisional=provisional)


def add_period(start: date, period: Period) -> DueDay:
    """End of ``period`` beginning on ``start``."""
    return add_working_days(start, period.days) if period.working else add_days(start, period.days)


def count_working_days(first: date, last: date) -> int:
    """Working days from ``first`` to ``last``, both included; a suspension stands still on both."""
    return sum(is_working_day(first + _DAY * step) for step in range(count_days(first, last)))


def count_days(first: date, last: date) -> int:
    """Calendar days from ``first`` to ``last``, both included."""
    return max((last - first).days + 1, 0)


def parse_period(rule: str) -> Period | None:
    """The length a rule text begins with (``30个工作日（…第三十八条）``); None if it begins with none."""
    found = _PERIOD.match(rule)
    return Period(days=int(found[1]), working=found[2] != "日") if found else None


def confirmation_deadline(effective_on: date) -> DueDay:
    """Last day to apply for judicial confirmation (LR-15): 30 days, the day of effect not counted, rolled."""
    return add_days(effective_on, CONFIRMATION_DAYS)
