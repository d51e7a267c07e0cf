"""Which backups are kept: many of the last days, fewer of the time before (grandfather, father, son)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import date, datetime, timedelta

from mediation_desk.backups.rules import Keep
from mediation_desk.shared.clock import local_day
from mediation_desk.shared.record import record


@record
class Dated:
    """A good backup; ``upgrade``: it was made before an upgrade."""

    name: str
    made_at: datetime
    upgrade: bool = False


def kept(backups: Sequence[Dated], now: datetime, keep: Keep, most_days: int) -> frozenset[str]:
    """Names of those that stay. Always the newest; nothing else older than ``most_days``: destroyed cases age out."""
    newest = sorted(backups, key=lambda one: (one.made_at, one.name), reverse=True)
    stay = {one.name for one in newest if now - one.made_at <= timedelta(hours=keep.hours)}
    stay |= {
        one.name for one in newest if one.upgrade and now - one.made_at <= timedelta(days=keep.upgrade_days)
    }
    periods: tuple[tuple[int, Callable[[date], Hashable]], ...] = (
        (keep.daily, lambda day: day),
        (keep.weekly, lambda day: day.isocalendar()[:2]),
        (keep.monthly, lambda day: (day.year, day.month)),
    )
    for count, period_of in periods:
        first: dict[Hashable, str] = {}
        for one in newest:
            first.setdefault(period_of(local_day(one.made_at)), one.name)
        stay.update(list(first.values())[:count])
    young = {one.name for one in newest if now - one.made_at <= timedelta(days=most_days)}
    return frozenset((stay & young) | {one.name for one in newest[:1]})
