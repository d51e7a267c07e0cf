"""Every name under which a body and all beneath it stand in case files: present, former, and of bodies taken in."""

from __future__ import annotations

from collections.abc import Iterator

from mediation_desk.cases.bodies import RegisteredBody, body_register
from mediation_desk.cases.routing.reading import unit_tree
from mediation_desk.cases.routing.units import Unit


def body_names(name: str) -> tuple[str, ...]:
    """The names, each once; ``name`` alone where neither the units nor the bodies of the centre know it.

    Never empty: no names at all would mean the whole centre to whoever asks.
    """
    found = dict.fromkeys((name,))
    for unit in _beneath(name):
        found |= dict.fromkeys((unit.name, *(one.name for one in unit.life.formers)))
        found |= dict.fromkeys(body.name for _, body in unit.bodies)
    for body in _taken_in(tuple(found)):
        found |= dict.fromkeys(body.names)
    return tuple(found)


def _beneath(name: str) -> Iterator[Unit]:
    """The unit that bears or bore this name, all under it, and all that merged into one of these."""
    units = unit_tree().units
    waiting = [
        unit for unit in units if name in (unit.name, unit.code, *(one.name for one in unit.life.formers))
    ]
    seen = set[str]()
    while waiting:
        unit = waiting.pop()
        if unit.code not in seen:
            seen.add(unit.code)
            yield unit
            waiting += [one for one in units if unit.code in (one.parent, one.life.merged_into)]


def _taken_in(names: tuple[str, ...]) -> Iterator[RegisteredBody]:
    """The registered bodies of these names and, before them, all that merged into one of these."""
    bodies = body_register().bodies
    waiting = [body for body in bodies if not set(names).isdisjoint(body.names)]
    seen = set[str]()
    while waiting:
        body = waiting.pop()
        if body.short not in seen:
            seen.add(body.short)
            yield body
            waiting += [one for one in bodies if one.life.merged_into == body.short]
