"""Whom and what a session takes, and for how long: its room, mediators, recorder, the people who must come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any

from mediation_desk.cases.centre import Centre, read_centre
from mediation_desk.cases.model import CaseFile
from mediation_desk.hearings.arrangement import Arrangement
from mediation_desk.hearings.model import Session
from mediation_desk.parties.model import Party
from mediation_desk.shared.assets import built, remembered
from mediation_desk.shared.clock import local_moment
from mediation_desk.shared.record import record

USUAL_MINUTES = 120  # where the centre's own file has no session_minutes


class Kind(StrEnum):
    """What can be taken; first part of a key."""

    ROOM = "room"
    STAFF = "staff"
    PARTY = "party"
    AGENT = "agent"


@record
class Taker:
    """One thing or person whose time is taken. ``key`` is the same in every case, ``label`` names it on screen."""

    key: str
    label: str


def key_of(kind: Kind, code: str) -> str:
    """``staff:M01``: what two bookings must share to be in each other's way."""
    return f"{kind}:{code}"


def staff_key(pool_no: str) -> str:
    """Mediators and recorders are known by their number in the pool."""
    return key_of(Kind.STAFF, pool_no)


def room_key(code: str) -> str:
    """Rooms are known by their code."""
    return key_of(Kind.ROOM, code)


def takers(file: CaseFile, session: Session, centre: Centre | None = None) -> tuple[Taker, ...]:
    """Everything this session takes, each once.

    Natural persons are known by their identity number, agents by their phone; companies are never in two places
    at a time, they send somebody. A party known by no number is not watched.
    """
    found: dict[str, Taker] = {}
    for taker in _takers(file, session, centre or read_centre()):
        found.setdefault(taker.key, taker)
    return tuple(found.values())


def room_of(file: CaseFile, session: Session, centre: Centre) -> str:
    """Code of the room; files from elsewhere name it in the place only. Empty where it is no room of the centre."""
    arranged = file.beside.arrangement(session.no).room
    if arranged:
        return arranged
    named = centre.room_called(session.place)
    return named.code if named else ""


def span_of(session: Session, arrangement: Arrangement | None = None) -> tuple[datetime, datetime]:
    """From the start to the end: the moment it was adjourned, the planned end, the recorded one.

    The centre's usual length where none of them is known, or not after the start.
    """
    starts = local_moment(session.date, session.start)
    for end in _ends(session, arrangement):
        if end is not None and end > session.start:
            return starts, local_moment(session.date, end)
    return starts, starts + timedelta(minutes=usual_minutes())


@remembered
def usual_minutes() -> int:
    """How long a session takes where nobody said until when."""
    return built("centre", _minutes)


def _ends(session: Session, arrangement: Arrangement | None) -> Iterator[time | None]:
    if arrangement is not None:
        yield arrangement.adjourned_at
        yield arrangement.until
    yield session.end


def _takers(file: CaseFile, session: Session, centre: Centre) -> Iterator[Taker]:
    for mediator in file.mediators:
        yield Taker(key=staff_key(mediator.pool_no), label=f"调解员{mediator.name}")
    if file.recorder is not None:
        yield Taker(key=staff_key(file.recorder.pool_no), label=f"记录员{file.recorder.name}")
    if code := room_of(file, session, centre):
        room = centre.room(code)
        yield Taker(key=room_key(code), label=room.name if room else session.place)
    for party in file.parties:
        yield from _people(file, party)


def _people(file: CaseFile, party: Party) -> Iterator[Taker]:
    persons = [(party.id_no if party.is_person else None, f"当事人{party.name}")]
    if party.operator is not None:
        persons.append((party.operator.id_no, f"经营者{party.operator.name}"))
    if party.guardian is not None:
        persons.append((party.guardian.id_no, f"监护人{party.guardian.name}"))
    if party.is_group:
        coming = set(party.representatives)
        members = (one for one in file.members_of(party.ref) if one.ref in coming)
        persons += [(one.id_no, f"代表人{one.name}") for one in members]
    for id_no, label in persons:
        if id_no:
            yield Taker(key=key_of(Kind.PARTY, id_no.strip().upper()), label=label)
    for agent in party.agents:
        phone = "".join(char for char in agent.phone if char.isdigit())
        if phone:
            yield Taker(key=key_of(Kind.AGENT, phone), label=f"代理人{agent.name}")


def _minutes(centre: Mapping[str, Any]) -> int:
    return int(centre.get("session_minutes", USUAL_MINUTES))
