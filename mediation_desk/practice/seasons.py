"""When cases come in: more in some months than in others, a little more every year, and now and then a rise.

Everything here is a constant, so that a sudden rise stands where the early warning is expected to see it: ``RISES``
say how many days before the day of the invented centre each begins, of what kind it is and where.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator
from datetime import date
from itertools import accumulate
from random import Random

from mediation_desk.cases.vocabulary import Category
from mediation_desk.practice import days
from mediation_desk.shared.record import record

REST_DAY = 0.04
"""The counter is closed, but the grid reports and the website is open."""

GROWTH = 0.03
"""Every year brings so much more than the first."""

_MONTHS = (1.25, 0.7, 1.05, 1.0, 0.95, 1.0, 1.1, 1.05, 1.0, 0.8, 0.95, 1.15)
"""Before the Spring Festival wages are asked for, in it nobody comes; summer brings neighbours together."""

_WEEKDAYS = (1.3, 1.05, 1.0, 0.95, 0.8, 1.0, 1.0)
_LEAP_YEAR = 365.25


@record
class Rise:
    """A sudden rise: for ``length`` days from ``ago`` days before the day, ``more`` times as many cases come in.

    All of the additional ones are of ``category``, happen in ``place`` and go to ``host``.
    """

    ago: int
    length: int
    more: float
    category: Category
    host: str
    place: str


RISES = (
    Rise(
        ago=34,
        length=28,
        more=0.3,
        category=Category.PROPERTY,
        host="榆社人调",
        place="清平区长安街道锦园社区锦绣小区",
    ),
    Rise(
        ago=320,
        length=24,
        more=0.25,
        category=Category.WAGES,
        host="清平人调",
        place="清平区柳湾镇安置房工地",
    ),
    Rise(
        ago=505,
        length=40,
        more=0.2,
        category=Category.DEMOLITION,
        host="柳湾人调",
        place="清平区柳湾镇双龙村",
    ),
    Rise(
        ago=1_500,
        length=30,
        more=0.35,
        category=Category.POLLUTION,
        host="柳湾人调",
        place="清平区柳湾镇石桥村",
    ),
    Rise(
        ago=2_620,
        length=45,
        more=0.2,
        category=Category.LAND,
        host="石桥人调",
        place="清平区柳湾镇石桥村",
    ),
)


def receipts(
    cases: int, first: date, last: date, until: date, seed: int
) -> Iterator[tuple[date, Rise | None]]:
    """``cases`` days of receipt in order, each with the rise that case belongs to, if it belongs to one."""
    dice = Random(seed)  # noqa: S311  # nothing here is secret
    every = [days.later(first, step) for step in range((last - first).days + 1)]
    rising = [_rising((until - day).days) for day in every]
    weights = (
        _weight(day, first) * (1 + sum(rise.more for rise in up))
        for day, up in zip(every, rising, strict=True)
    )
    bounds = list(accumulate(weights))
    for place in range(cases):
        at = bisect(bounds, (place + 0.5) / cases * bounds[-1], hi=len(every) - 1)
        yield every[at], _drawn(rising[at], dice) if rising[at] else None


def _rising(ago: int) -> tuple[Rise, ...]:
    return tuple(rise for rise in RISES if 0 <= rise.ago - ago < rise.length)


def _drawn(up: tuple[Rise, ...], dice: Random) -> Rise | None:
    left = dice.random() * (1 + sum(rise.more for rise in up))
    for rise in up:
        if left < rise.more:
            return rise
        left -= rise.more
    return None


def _weight(day: date, first: date) -> float:
    open_ = _WEEKDAYS[day.weekday()] if days.is_office_day(day) else REST_DAY
    return open_ * _MONTHS[day.month - 1] * (1 + GROWTH * (day - first).days / _LEAP_YEAR)
