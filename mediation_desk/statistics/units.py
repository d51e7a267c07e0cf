"""A reporting unit is the bodies below it in the register of units (``rules/units.toml``); the root is everything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mediation_desk.cases.bodies import body_register
from mediation_desk.cases.routing.reading import unit_tree
from mediation_desk.cases.routing.units import Unit, UnitTree
from mediation_desk.shared.errors import InputError
from mediation_desk.statistics.lines import unit_line
from mediation_desk.statistics.model import Period
from mediation_desk.statistics.organisations.tree import lines_of
from mediation_desk.statistics.ports import EVERYTHING, Filter


def reporting_units() -> tuple[tuple[int, Unit], ...]:
    """Units that have bodies at or below them, with their depth, parents before children.

    Raises ``InputError`` for a faulty register.
    """
    tree = unit_tree()
    return tuple(
        (depth, unit) for depth, unit in tree.walk() if not unit.parent or bodies_of(tree, unit.code)
    )


def bodies_of(tree: UnitTree, code: str) -> tuple[str, ...]:
    """Names of the bodies at and below the unit, with the names they had before."""
    register, wanted = body_register(), [code]
    names: list[str] = []
    by_code = {unit.code: unit for unit in tree.units}
    while wanted:
        unit = by_code[wanted.pop(0)]
        wanted += [below.code for below in tree.below(unit.code)]
        if unit.mediates:
            for _track, body in unit.bodies:
                registered = register.called(body.name)
                names += registered.names if registered else (body.name,)
    return tuple(dict.fromkeys(names))


def unit_filter(code: str, among: Filter = EVERYTHING, period: Period | None = None) -> Filter:
    """``among``, of the bodies at and below the unit only.

    With ``period`` also what had merged into them before it, as the tables by unit count. No unit and the root let
    all through: whoever mediates without standing in the register counts there. Raises ``InputError`` for an unknown
    unit, and where ``among`` asks for bodies that are none of the unit's.
    """
    tree = unit_tree()
    unit = next((one for one in tree.units if one.code == code), None)
    if code and unit is None:
        raise InputError(f"单位名册里没有代码为“{code}”的单位。", field="unit")
    if unit is None or not unit.parent:
        return among
    # A unit without bodies is asked for by its own name: nobody mediated under it.
    own = (_in_period(code, period) if period else bodies_of(tree, code)) or (unit.name,)
    bodies = tuple(name for name in own if not among.bodies or name in among.bodies)
    if not bodies:
        raise InputError(
            f"{'、'.join(among.bodies)}不属于{unit.short}，请改选调解组织或者单位。", field="unit"
        )
    return replace(among, bodies=bodies)


def _in_period(code: str, period: Period) -> tuple[str, ...]:
    lines = lines_of(period)
    return lines.names_under(unit_line(lines, code).code)


def outside(names: Iterable[str]) -> tuple[str, ...]:
    """Those of the bodies that stand in no unit of the register, renamed or merged ones perhaps."""
    tree = unit_tree()
    known = {name for root in tree.roots for name in bodies_of(tree, root.code)}
    return tuple(sorted(name for name in dict.fromkeys(names) if name and name not in known))
