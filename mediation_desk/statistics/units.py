"""A unit of the reporting tree as a filter: the bodies at and below it."""

from __future__ import annotations

from mediation_desk.cases.routing.units import UnitTree
from mediation_desk.shared.errors import InputError
from mediation_desk.statistics.ports import EVERYTHING, Filter


def unit_filter(tree: UnitTree, code: str) -> Filter:
    """Cases of all bodies at and below the unit ``code``; a unit under nobody has them all.

    Raises ``InputError`` where no body mediates there.
    """
    if any(unit.code == code for unit in tree.roots):
        return EVERYTHING
    names = {
        body.name: None
        for _, unit in tree.walk()
        if any(above.code == code for above in tree.path(unit.code))
        for _, body in unit.bodies
    }
    if not names:
        words = next((unit.short for unit in tree.units if unit.code == code), code)
        raise InputError(f"{words}和它下面没有在本中心主持调解的单位，没有可以统计的。", field="--unit")
    return Filter(bodies=tuple(names))
