"""The centre this desk stands in: its name, bodies, rooms and recorders, as data the centre can change."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from mediation_desk.cases.model import Body
from mediation_desk.cases.vocabulary import BodyType
from mediation_desk.experts.model import Recorder
from mediation_desk.hearings.arrangement import Room, RoomKind
from mediation_desk.shared.assets import built, remembered
from mediation_desk.shared.record import record
from mediation_desk.shared.track import Track


class GroupCopies(StrEnum):
    """How a group counts when copies of an agreement are counted (LR-13, a setting of the body)."""

    REPRESENTATIVES = "代表人"
    MEMBERS = "成员"


@record
class Centre:
    """``bodies`` pairs each mediating body with the track it works on.

    ``place`` and ``uses`` (platforms) choose among local rules; ``court`` is the basic court of the place, ``phone``
    where parties call.
    """

    name: str
    bodies: tuple[tuple[Track, Body], ...]
    rooms: tuple[Room, ...]
    recorders: tuple[Recorder, ...]
    place: str = ""
    uses: tuple[str, ...] = ()
    court: str = ""
    phone: str = ""

    def room(self, code: str) -> Room | None:
        """The room with this code."""
        return next((room for room in self.rooms if room.code == code), None) if code else None

    def room_called(self, place: str) -> Room | None:
        """The room a place means: files from elsewhere, and old ones, name rooms and give no codes."""
        return next((room for room in self.rooms if room.name == place), None)


@remembered
def read_centre() -> Centre:
    """The centre as ``rules/centre.toml`` describes it. Raises ``InputError`` when an item is missing or unknown."""
    return built("centre", _centre)


def group_copies(body: str) -> GroupCopies:
    """How the body called ``body`` counts a group; the centre's default for one that says nothing."""
    return built("centre", lambda data: _group_copies(data, body))


def _group_copies(data: Any, body: str) -> GroupCopies:
    default = data.get("group_copies", GroupCopies.REPRESENTATIVES.value)
    said = (
        entry["group_copies"] for entry in data["body"] if entry["name"] == body and "group_copies" in entry
    )
    return GroupCopies(next(said, default))


def _centre(data: Any) -> Centre:
    return Centre(
        name=data["name"],
        place=data.get("place", ""),
        uses=tuple(data.get("uses", ())),
        court=data.get("court", ""),
        phone=str(data.get("phone", "")),
        bodies=tuple(
            (
                Track(entry["track"]),
                Body(
                    name=entry["name"],
                    short=entry["short"],
                    type=BodyType(entry["type"]),
                    address=entry["address"],
                ),
            )
            for entry in data["body"]
        ),
        rooms=_rooms(data.get("room", ())),
        recorders=tuple(Recorder(**entry) for entry in data.get("recorder", ())),
    )


def _rooms(entries: Any) -> tuple[Room, ...]:
    """A plain entry with only a name is a room as well; its name is its code."""
    rooms = tuple(
        Room(
            code=entry.get("code", entry["name"]),
            name=entry["name"],
            kind=RoomKind(entry.get("kind", RoomKind.OTHER)),
            capacity=int(entry.get("capacity", 0)),
            equipment=tuple(entry.get("equipment", ())),
        )
        for entry in entries
    )
    if len({room.code for room in rooms}) < len(rooms) or len({room.name for room in rooms}) < len(rooms):
        raise ValueError("two rooms share a code or a name")
    return rooms
