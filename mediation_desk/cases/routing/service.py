"""``RoutingService``: the tree of units, each unit's list, and the lists of duty manager and leader."""

from __future__ import annotations

from datetime import date, timedelta

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.cases.deadlines.lights import light_rules
from mediation_desk.cases.feedback import Listener, waiting_sender, waiting_unit
from mediation_desk.cases.routing.ports import RoutingStorage
from mediation_desk.cases.routing.reading import unit_tree
from mediation_desk.cases.routing.units import UnitTree
from mediation_desk.cases.routing.worklist import (
    SHOWN,
    Load,
    OrderQuery,
    Span,
    Special,
    Unheard,
    UnheardCase,
    Worklist,
)
from mediation_desk.parties.covering import covered
from mediation_desk.shared.clock import Clock, local_day

_SPECIAL = 50


class RoutingService:
    """Reads lists; what changes a case is a step taken through the case service."""

    def __init__(self, storage: RoutingStorage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    def tree(self) -> UnitTree:
        """The units of the place. Raises ``InputError`` for a faulty file."""
        return unit_tree()

    def loads(self, actor: Actor) -> tuple[Load, ...]:
        """What every unit has open and overdue today."""
        actor.require(Permission.CASE_READ)
        with self._storage.read(actor) as work:
            return work.orders.loads(self._today)

    def worklist(
        self, actor: Actor, unit: str = "", span: Span = Span.TODAY, *, person: str = "", limit: int = SHOWN
    ) -> Worklist:
        """What ``unit`` (all when empty) has to do and has done in the period. ``InputError`` for a stranger."""
        actor.require(Permission.CASE_READ)
        name = unit_tree().demand(unit).name if unit else ""
        on = self._today
        first, last = span.days(on)
        query = OrderQuery(on=on, first=first, last=last, unit=name, person=person.strip(), limit=limit)
        with self._storage.read(actor) as work:
            lines, counts = covered(actor, work, work.orders.lines(query)), work.orders.counts(query)
        return Worklist(
            unit=name,
            person=query.person,
            span=span,
            first=first,
            last=last,
            on=on,
            lines=lines,
            counts=counts,
        )

    def special(self, actor: Actor) -> Special:
        """该上报, 值班长要定, 该督办, 领导要看, 未反馈: each cut to what a screen shows."""
        actor.require(Permission.CASE_READ)
        late_by = self._today - timedelta(days=light_rules().supervise)
        with self._storage.read(actor) as work:
            orders = work.orders
            return Special(
                unreported=covered(actor, work, orders.unreported(_SPECIAL)),
                undecided=covered(actor, work, orders.undecided(_SPECIAL)),
                late=covered(actor, work, orders.late(late_by, _SPECIAL)),
                escalated=covered(actor, work, orders.escalated(late_by, _SPECIAL)),
                sponsored=covered(actor, work, orders.sponsored(_SPECIAL)),
                unheard=tuple(
                    Unheard(case_key=case.case_key, number=case.number, title=case.title, listener=one)
                    for case in covered(actor, work, orders.unheard(_SPECIAL))
                    for one in _listeners(case)
                ),
            )

    @property
    def _today(self) -> date:
        return local_day(self._clock())


def _listeners(case: UnheardCase) -> tuple[Listener, ...]:
    sender = waiting_sender(case, case.unheard_since, case.told_on)
    helped = (waiting_unit(no, name, case.unheard_since) for no, name in case.helpers)
    return (*((sender,) if sender is not None else ()), *helped)
