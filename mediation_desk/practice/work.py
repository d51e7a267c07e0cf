"""The invented centre's work that is no case: patrols, prevention, training, money paid; always the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

from mediation_desk.access.actor import Actor
from mediation_desk.access.roles import Role
from mediation_desk.cases.routing.reading import unit_tree
from mediation_desk.cases.routing.units import Unit, UnitKind
from mediation_desk.shared.clock import local_day
from mediation_desk.statistics.work.checking import entry_of
from mediation_desk.statistics.work.model import NewWork, WorkEntry

MONTHS = 24
_CLASSES = ("02", "", "04", "09", "", "01", "06")
_SOMETIMES, _QUARTER, _LAST_MONTH = 4, 3, 12
_PATROL = timedelta(days=4)
_ACTOR = Actor(account="practice", display_name="示范数据", roles=(Role.STATISTICIAN,))


def sample_work(now: datetime) -> tuple[WorkEntry, ...]:
    """Two years of entries up to ``now``, in the order of their days."""
    today = local_day(now)
    entries = (
        entry_of(new, actor=_ACTOR, now=now)
        for month in _months(today)
        for new in _of_month(month)
        if (new.last or new.first) <= today
    )
    return tuple(sorted(entries, key=lambda one: (one.last, one.unit, one.kind)))


def _months(today: date) -> Iterator[date]:
    whole = today.year * 12 + today.month - 1
    for number in range(whole - MONTHS + 1, whole + 1):
        yield date(number // 12, number % 12 + 1, 1)


def _of_month(month: date) -> Iterator[NewWork]:
    tree = unit_tree()
    local = [one for one in tree.units if one.kind in (UnitKind.TOWNSHIP, UnitKind.VILLAGE)]
    for place, unit in enumerate(local):
        if unit.life.exists_on(month):
            yield from _on_the_ground(unit, month, place)
    if month.month % _QUARTER == 0:
        bodies = [one for one in tree.units if one.kind is UnitKind.COMMITTEE and one.life.exists_on(month)]
        for place, unit in enumerate(bodies[:2]):
            first = month.replace(day=10 + place)
            yield NewWork(
                kind="training",
                unit=unit.code,
                first=first,
                last=first + timedelta(days=1),
                times=1,
                people=38 + 7 * place + month.month,
            )
        yield from _money(tree.roots[0], local, month)


def _on_the_ground(unit: Unit, month: date, place: int) -> Iterator[NewWork]:
    first = month.replace(day=5 + place % 9)
    turn = month.year * _LAST_MONTH + month.month + 3 * place
    found = turn % 6
    yield NewWork(
        kind="patrol",
        unit=unit.code,
        first=first,
        last=first + _PATROL,
        times=1 + turn % 3,
        disputes=found,
        handed=found // 3,
        category=_CLASSES[turn % len(_CLASSES)] if found else "",
    )
    if turn % _SOMETIMES == 0:
        yield NewWork(kind="prevention", unit=unit.code, first=first + _PATROL, disputes=1 + turn % 2)


def _money(root: Unit, local: list[Unit], month: date) -> Iterator[NewWork]:
    day = month.replace(day=20)
    yield NewWork(
        kind="guidance", unit=root.code, first=day, yuan=Decimal("12500.00") + month.month * Decimal("210.50")
    )
    for place, unit in enumerate(local):
        if unit.bodies and unit.life.exists_on(day):
            yield NewWork(kind="committee", unit=unit.code, first=day, yuan=Decimal(3000 + 500 * place))
            yield NewWork(
                kind="allowance",
                unit=unit.code,
                first=day,
                yuan=Decimal("640.00") * (place + 1),
                people=place + 1,
            )
