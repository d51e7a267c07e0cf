"""In which room of the centre a session is held."""

from __future__ import annotations

from collections.abc import Iterable

from mediation_desk.cases.calendar.model import SessionLine
from mediation_desk.cases.centre import Centre
from mediation_desk.hearings.arrangement import RoomKind
from mediation_desk.shared.record import record

ELSEWHERE = ""
"""The code of every place that is no room of the centre, and of the network."""


@record
class CalendarRoom:
    """A column of the calendar."""

    code: str
    name: str


def rooms_of(centre: Centre) -> tuple[CalendarRoom, ...]:
    """The centre's rooms in its own order."""
    return tuple(CalendarRoom(code=room.code, name=room.name) for room in centre.rooms)


def room_of(line: SessionLine, rooms: Iterable[CalendarRoom]) -> str:
    """The code of the room: as arranged, else by the name of the place; ``ELSEWHERE`` for any other place."""
    for room in rooms:
        if line.room == room.code or (not line.room and line.place == room.name):
            return room.code
    return ELSEWHERE


def room_kinds() -> tuple[str, ...]:
    """Kinds of room a waiting case may ask for."""
    return tuple(kind.value for kind in RoomKind if kind is not RoomKind.OTHER)
