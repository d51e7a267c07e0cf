"""The centre this desk stands in: its name, bodies, rooms and recorders, as data the centre can change."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from mediation_desk.cases.model import Body
from mediation_desk.cases.vocabulary import BodyType
from mediation_desk.experts.model import Recorder
from mediation_desk.shared.assets import built
from mediation_desk.shared.record import record
from mediation_desk.shared.track import Track


class GroupCopies(StrEnum):
    """How a group counts when copies of an agreement are counted (LR-13, a setting of the body)."""

    REPRESENTATIVES = "代表人"
    MEMBERS = "成员"


@record
class Centre:
    """``bodies`` pairs each mediating body with the track it works on.

    ``place`` and ``uses`` (platforms) choose among local rules; ``court`` is the basic court of the place.
    """

    name: str
    bodies: tuple[tuple[Track, Body], ...]
    rooms: tuple[str, ...]
    recorders: tuple[Recorder, ...]
    place: str = ""
    uses: tuple[str, ...] = ()
    court: str = ""


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
        rooms=tuple(entry["name"] for entry in data.get("room", ())),
        recorders=tuple(Recorder(**entry) for entry in data.get("recorder", ())),
    )
