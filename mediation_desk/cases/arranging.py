"""What a counter looks at before it arranges a session: the rooms of a day, and the next time everybody is free."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.cases.centre import read_centre
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.ports import CaseStorage
from mediation_desk.cases.service import found
from mediation_desk.cases.taking import room_key, takers, usual_minutes
from mediation_desk.experts.booking import Taking
from mediation_desk.experts.rules import pool_rules
from mediation_desk.hearings.arrangement import Room
from mediation_desk.hearings.model import Session
from mediation_desk.shared.clock import local_moment
from mediation_desk.shared.record import record
from mediation_desk.shared.workdays import is_working_day

_DAY = timedelta(days=1)


@record
class Use:
    """A span of a day in which a room is taken, local times, and by which case (its number, empty without one)."""

    starts: time
    ends: time
    number: str = ""
    own: bool = False


@record
class RoomDay:
    """One room on one day."""

    room: Room
    uses: tuple[Use, ...]


class ArrangingService:
    """Reads what is taken; sessions themselves are arranged by steps of their case."""

    def __init__(self, storage: CaseStorage) -> None:
        self._storage = storage

    def rooms(self, actor: Actor, key: str, day: date) -> tuple[RoomDay, ...]:
        """Every room of the centre with what takes it on this day."""
        actor.require(Permission.CASE_READ)
        rooms = read_centre().rooms
        with self._storage.read(actor) as work:
            taken = work.bookings.takings(
                local_moment(day), local_moment(day + _DAY), [room_key(room.code) for room in rooms]
            )
        return tuple(
            RoomDay(
                room=room,
                uses=tuple(_use(one, key) for one in taken if one.taken == room_key(room.code)),
            )
            for room in rooms
        )

    def next_free(
        self, actor: Actor, key: str, room: str, after: datetime, minutes: int = 0, no: int = 0
    ) -> datetime | None:
        """First moment from ``after`` on at which room and everybody who must come are free, in office hours.

        ``no`` is the planned session that would be moved: it is not in its own way. None within the days the
        pool looks ahead (``rules/pool.toml``).
        """
        actor.require(Permission.CASE_READ)
        office = pool_rules().office
        with self._storage.read(actor) as work:
            file = found(work, key)
            keys = _keys(file, room)
            until = after + timedelta(days=office.days + 1)
            taken = [
                one
                for one in work.bookings.takings(after, until, keys)
                if not (one.case_key == file.case_key and one.session_no == no)
            ]
        wanted = timedelta(minutes=minutes or usual_minutes())
        for starts in _starts(after, office.days, office.step, office.hours, wanted):
            if not any(one.starts < starts + wanted and starts < one.ends for one in taken):
                return starts.astimezone()
        return None


def people_expected(file: CaseFile, guests: int = 0) -> int:
    """How many sit at the table: mediators, recorder, parties (a group by its representatives), agents, guests."""
    people = len(file.mediators) + 1 + guests
    for party in file.parties:
        people += max(len(party.representatives), 1) + len(party.agents) + (party.guardian is not None)
    return people


def _keys(file: CaseFile, room: str) -> list[str]:
    presiding = file.presiding.pool_no if file.presiding else ""
    elsewhere = Session(no=0, date=date.min, start=time(), place="", presided_by=presiding)
    keys = [taker.key for taker in takers(file, elsewhere)]
    return [*keys, room_key(room)] if room else keys


def _starts(
    after: datetime, days: int, step: int, hours: Sequence[tuple[time, time]], wanted: timedelta
) -> Iterator[datetime]:
    """Moments offered, on working days, such that the session ends within office hours."""
    begun = after.astimezone()
    for ahead in range(days + 1):
        day = begun.date() + ahead * _DAY
        for first, last in hours if is_working_day(day) else ():
            starts = local_moment(day, first)
            while starts + wanted <= local_moment(day, last):
                if starts >= begun:
                    yield starts
                starts += timedelta(minutes=step)


def _use(one: Taking, key: str) -> Use:
    return Use(
        starts=one.starts.astimezone().time(),
        ends=one.ends.astimezone().time(),
        number=one.number or "",
        own=one.case_key == key,
    )
