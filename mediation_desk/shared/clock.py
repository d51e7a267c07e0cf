"""What day and moment it is; passed in, so that tests and worked dates can choose."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


def local_day(moment: datetime) -> date:
    """The calendar day at the counter; deadlines are judged on local days."""
    return moment.astimezone().date()


def local_moment(day: date, at: time = time.min) -> datetime:
    """The moment, in UTC, at which the clock at the counter shows ``at`` on ``day``."""
    return datetime.combine(day, at).astimezone(UTC)
