"""``CalendarService``: the sessions of a span of days with the people on them, and the waiting list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.cases.calendar.clashes import notes_of
from mediation_desk.cases.calendar.model import Calendar, OnDuty, OnLeave, Staff, WaitingLine
from mediation_desk.cases.calendar.ports import CalendarStorage
from mediation_desk.cases.calendar.rooms import rooms_of
from mediation_desk.cases.centre import read_centre
from mediation_desk.cases.taking import usual_minutes
from mediation_desk.experts.availability import free_on
from mediation_desk.experts.booking import Booking, Purpose
from mediation_desk.experts.mediator import Mediator
from mediation_desk.experts.roster import Roster
from mediation_desk.parties.covering import covered
from mediation_desk.shared.clock import Clock, local_day, local_moment
from mediation_desk.shared.errors import InputError

MOST_DAYS, MOST_WAITING = 42, 200
_DAY = timedelta(days=1)


class CalendarService:
    """Reads only; a session is arranged, moved and called off by steps of its case."""

    def __init__(self, storage: CalendarStorage, clock: Clock, roster: Roster | None = None) -> None:
        self._storage = storage
        self._clock = clock
        self._roster = roster or Roster()

    @property
    def local_today(self) -> date:
        """The day at the counter."""
        return local_day(self._clock())

    def days(self, actor: Actor, first: date, last: date) -> Calendar:
        """Everything from ``first`` to ``last``. What it costs follows from these days, not from the archive.

        Raises ``InputError`` for more than ``MOST_DAYS``.
        """
        actor.require(Permission.CASE_READ)
        if not first <= last < first + MOST_DAYS * _DAY:
            raise InputError(f"日程一次最多看{MOST_DAYS}天。", field="last")
        with self._storage.read(actor) as work:
            sessions = covered(actor, work, work.sessions.between(first, last, usual_minutes()))
            taken = work.bookings.between(local_moment(first), local_moment(last + _DAY))
            mediators = self._roster.mediators(work)
        staff = tuple(_staff(first, last, mediators, taken))
        return Calendar(
            first=first,
            last=last,
            sessions=sessions,
            staff=staff,
            notes=notes_of(sessions, staff, rooms_of(read_centre())),
        )

    def waiting(self, actor: Actor) -> tuple[WaitingLine, ...]:
        """Cases that wait for a session, the most pressing first."""
        actor.require(Permission.CASE_READ)
        with self._storage.read(actor) as work:
            return covered(actor, work, work.sessions.waiting(MOST_WAITING))


def _staff(
    first: date, last: date, mediators: Iterable[Mediator], taken: Iterable[Booking]
) -> Iterator[Staff]:
    """The roster's people for each day: who keeps office hours only is not on the roster."""
    by_number: dict[str, list[Booking]] = defaultdict(list)
    for booking in taken:
        by_number[booking.pool_no].append(booking)
    known = [one for one in mediators if one.duties or one.slots or one.pool_no in by_number]
    day = first
    while day <= last:
        yield Staff(
            date=day,
            on_duty=tuple(
                OnDuty(pool_no=one.pool_no, name=one.name, free=free_on(one, by_number[one.pool_no], day))
                for one in known
                if _on_roster(one, day) and not one.on_leave(day)
            ),
            on_leave=tuple(_leaves(known, by_number, day)),
        )
        day += _DAY


def _on_roster(mediator: Mediator, day: date) -> bool:
    """Whether the roster names this day; a duty that rests on a holiday leaves nothing to be free."""
    slot = any(slot.on == day for slot in mediator.slots)
    return slot or bool(free_on(mediator, (), day) and mediator.duties)


def _leaves(known: list[Mediator], taken: Mapping[str, list[Booking]], day: date) -> Iterator[OnLeave]:
    starts, ends = local_moment(day), local_moment(day + _DAY)
    for one in known:
        for booking in taken.get(one.pool_no, ()):
            if booking.purpose is Purpose.LEAVE and booking.starts < ends and starts < booking.ends:
                yield OnLeave(pool_no=one.pool_no, name=one.name, to=local_day(booking.ends) - _DAY)
                break
