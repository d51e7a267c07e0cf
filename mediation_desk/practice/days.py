"""The office calendar of the invented centre, remembered: the same few hundred days are asked for all the time."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from mediation_desk.cases.deadlines import PeriodRule, period_rules
from mediation_desk.cases.model import Category, DayUnit, Track
from mediation_desk.shared.workdays import (
    add_days,
    add_working_days,
    confirmation_deadline,
    is_working_day,
    next_working_day,
)

_MANY = 100_000


@lru_cache(maxsize=_MANY)
def later(day: date, days: int) -> date:
    """``days`` calendar days after ``day``."""
    return day + timedelta(days=days)


@lru_cache(maxsize=_MANY)
def office_day(day: date) -> date:
    """``day``, or the first working day after it."""
    return next_working_day(day).on


@lru_cache(maxsize=_MANY)
def is_office_day(day: date) -> bool:
    """Whether the counter is open."""
    return is_working_day(day)


@lru_cache(maxsize=_MANY)
def end_of(start: date, length: int, unit: DayUnit) -> date:
    """Last day of a period beginning on ``start``."""
    counted = add_working_days if unit is DayUnit.WORKING_DAYS else add_days
    return counted(start, length).on


@lru_cache(maxsize=_MANY)
def last_day_to_confirm(effective_on: date) -> date:
    """Last day to apply for judicial confirmation."""
    return confirmation_deadline(effective_on).on


@lru_cache(maxsize=_MANY)
def rule_for(track: Track, category: Category) -> PeriodRule:
    """The mediation period of such a case."""
    fitting = (one for one in period_rules() if one.track is track)
    return next(one for one in fitting if not one.categories or category in one.categories)
