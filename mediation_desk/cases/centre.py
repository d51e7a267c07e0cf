"""The centre this desk stands in: its name, bodies, rooms and recorders, as data the centre can change."""

from __future__ import annotations

from typing import Any

from mediation_desk.cases.model import Body
from mediation_desk.cases.vocabulary import BodyType
from mediation_desk.experts.model import Recorder
from mediation_desk.shared.assets import built
from mediation_desk.shared.record import record
from mediation_desk.shared.track import Track


@record
class Centre:
    """``bodies`` pairs each mediating body with the track it works on.

    ``place`` and ``uses`` (platforms) choose among local rules; ``phone`` is where parties call.
    """

    name: str
    bodies: tuple[tuple[Track, Body], ...]
    rooms: tuple[str, ...]
    recorders: tuple[Recorder, ...]
    place: str = ""
    uses: tuple[str, ...] = ()
    phone: str = ""


def read_centre() -> Centre:
    """The centre as ``rules/centre.toml`` describes it. Raises ``InputError`` when an item is missing or unknown."""
    return built("centre", _centre)


def _centre(data: Any) -> Centre:
    return Centre(
        name=data["name"],
        place=data.get("place", ""),
        uses=tuple(data.get("uses", ())),
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
        rooms=tuple(entry["name"] for entry in data.get("room", ())),
        recorders=tuple(Recorder(**entry) for entry in data.get("recorder", ())),
    )
