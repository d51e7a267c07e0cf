"""The lines of a table by reporting unit or by body, as both stand in the period: renamed ones are one line."""

from __future__ import annotations

from collections.abc import Iterable

from mediation_desk.cases.bodies import body_register
from mediation_desk.statistics.filling import Line
from mediation_desk.statistics.organisations.tree import ReportingTree
from mediation_desk.statistics.units import unit_line

OWN = "（本级）"


def body_lines(tree: ReportingTree, names: Iterable[str]) -> tuple[Line, ...]:
    """A line for each body, with every name its cases carry; a remark tells former names and mergers.

    What merged before the period stands in the line of its successor, as it does by unit.
    """
    register, period = body_register(), tree.period
    found: dict[str, list[str]] = {}
    for name in names:
        body = register.called(name)
        label: str = name
        every: tuple[str, ...] = (name,)
        if body is not None:
            heir = register.heir(body, period.first)
            label, every = heir.life.name_on(period.last, heir.name), (*heir.names, *body.names)
        called = found.setdefault(label, [])
        called += [one for one in dict.fromkeys(every) if one not in called]
    return tuple(
        Line(label=label, place={"body": tuple(called)}, remark=_remark(tree, called))
        for label, called in found.items()
    )


def unit_lines(tree: ReportingTree, unit: str) -> tuple[Line, ...]:
    """The unit itself and each unit right below it with everything it holds; the root for no unit."""
    top = unit_line(tree, unit)
    below = tree.children(top.code)
    own = Line(
        label=f"{top.label}{OWN}" if below else top.label, place={"body": top.names}, remark=top.remark
    )
    return (
        own,
        *(
            Line(label=one.label, place={"body": tree.names_under(one.code)}, remark=one.remark)
            for one in below
        ),
    )


def _remark(tree: ReportingTree, names: Iterable[str]) -> str:
    told = (tree.of_names[name].remark for name in names if name in tree.of_names)
    return "；".join(dict.fromkeys(one for one in told if one))
