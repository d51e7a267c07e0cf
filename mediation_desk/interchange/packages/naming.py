"""Places of a state and what stands there, in words a person can compare."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mediation_desk.cases.beside import Change
from mediation_desk.interchange.packages.merging import NOTHING
from mediation_desk.shared.assets import rules
from mediation_desk.shared.text import LONGEST


def place_name(place: str) -> str:
    """``/parties/A1/phone`` as 当事人 A1 电话; what has no name goes by what it is part of."""
    names = rules("packages")["names"] | rules("names")
    told = (names.get(step, "" if step.islower() else step) for step in place.split("/"))
    return " ".join(map(str, filter(None, told)))


def words(value: Any) -> str:
    """What stands at a place: nothing of it is left out."""
    if value is NOTHING or value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict):
        return "，".join(filter(None, map(words, value.values())))
    if isinstance(value, list):
        return "；".join(filter(None, map(words, value)))
    return str(value)


def on_record(place: str, name: str, left: str, stands: str) -> Iterator[Change]:
    """The words that were ``left`` beside those that stand, in as many parts as they need."""
    parts = range(0, max(len(left), len(stands), 1), LONGEST)
    for number, at in enumerate(parts, 1):
        told = f"{name}（{number}/{len(parts)}）" if len(parts) > 1 else name
        yield Change(place=place, name=told, before=left[at : at + LONGEST], after=stands[at : at + LONGEST])
