"""The centre this desk stands in: its name, bodies, rooms and recorders, as data the centre can change."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from mediation_desk.cases.model import Body, BodyType, Track
from mediation_desk.experts.model import Recorder
from mediation_desk.shared.assets import rules
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record


@record
class Centre:
    """``bodies`` pairs each mediating body with the track it works on."""

    name: str
    bodies: tuple[tuple[Track, Body], ...]
    rooms: tuple[str, ...]
    recorders: tuple[Recorder, ...]


def read_centre(folder: Path) -> Centre:
    """The centre's own ``rules/centre.toml`` in the data folder, or the shipped sample.

    Raises ``InputError`` naming the file when the centre's own cannot be read.
    """
    own = folder / "rules" / "centre.toml"
    if not own.exists():
        return _centre(rules("centre"))
    try:
        return _centre(tomllib.loads(own.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError) as error:
        raise InputError(f"中心设置文件“{own}”读不出来或缺少项目。") from error


def _centre(data: Any) -> Centre:
    return Centre(
        name=data["name"],
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
