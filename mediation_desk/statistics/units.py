"""A reporting unit is the bodies on and below its line of the reporting tree; the root is everything.

There is one tree (`organisations.tree`) for the lines of tables, for 表一 and for what is asked for by unit, so that a
renamed or merged body is the same bodies in each.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mediation_desk.cases.bodies import body_register
from mediation_desk.cases.routing.reading import unit_tree
from mediation_desk.cases.routing.units import Unit
from mediation_desk.shared.errors import InputError
from mediation_desk.statistics.model import Period
from mediation_desk.statistics.organisations.tree import Line, ReportingTree, lines_of
from mediation_desk.statistics.periods import ALL
from mediation_desk.statistics.ports import EVERYTHING, Filter


def reporting_units() -> tuple[tuple[int, Unit], ...]:
    """Units that have or had bodies at or below them, with their depth, parents before children.

    Raises ``InputError`` for a faulty register.
    """
    tree, units = lines_of(ALL), {unit.code: unit for unit in unit_tree().units}
    return tuple(
        (line.depth, units[line.code])
        for line in tree.lines
        if line.code in units and (line is tree.root or tree.names_under(line.code))
    )


def unit_line(tree: ReportingTree, unit: str) -> Line:
    """The line of a unit given by code or name, the root for none.

    Raises ``InputError`` for no such unit, and for one that had merged before the period, naming its successor.
    """
    if not unit:
        return tree.root
    for one in tree.lines:
        if unit in (one.code, one.label):
            return one
    known = unit_tree().named(unit)
    line = tree.of_units.get(known.code if known else unit)
    if line is None:
        raise InputError(f"单位名册里没有“{unit}”。", field="unit")
    if known is None or line.code != known.code:
        heir = line.label
        raise InputError(f"“{unit}”在统计期间以前已经并入{heir}，请选{heir}。", field="unit")
    return line


def within(tree: ReportingTree, unit: str, among: Filter) -> Filter:
    """``among``, of the bodies on and below the line of ``unit`` only; a body asked for counts with all its names.

    No unit and the root let all through: whoever mediates without standing in the register counts there. Raises
    ``InputError`` as `unit_line`, and where ``among`` asks for bodies that are none of the unit's.
    """
    asked = _every_name(among.bodies)
    line = unit_line(tree, unit)
    if line is tree.root:
        return replace(among, bodies=asked)
    # A unit without bodies is asked for by its own name: nobody mediated under it.
    own = tree.names_under(line.code) or (line.label,)
    bodies = tuple(name for name in own if not asked or name in asked)
    if not bodies:
        raise InputError(
            f"{'、'.join(among.bodies)}不属于{line.label}，请改选调解组织或者单位。", field="unit"
        )
    return replace(among, bodies=bodies)


def unit_filter(unit: str, period: Period, among: Filter = EVERYTHING) -> Filter:
    """`within` for the lines of ``period``."""
    return within(lines_of(period), unit, among)


def outside(names: Iterable[str], period: Period) -> tuple[str, ...]:
    """Those of the bodies that stand in no unit of the register, closed ones perhaps."""
    tree = lines_of(period)
    told = dict.fromkeys(name for name in names if name)
    return tuple(sorted(name for name in told if name not in tree.of_names or not tree.of_names[name].units))


def _every_name(names: Iterable[str]) -> tuple[str, ...]:
    register, found = body_register(), list[str]()
    for name in names:
        body = register.called(name)
        found += body.names if body else (name,)
    return tuple(dict.fromkeys(found))
