"""One reading of the register; runs on the worker."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mediation_desk.cases.routing.units import UnitTree
from mediation_desk.statistics.work.kinds import WorkRules
from mediation_desk.statistics.work.model import WorkEntry, WorkQuery, WorkSums
from ui.services import Services


@dataclass(frozen=True, slots=True)
class Reading:
    """The lines asked for, what they add up to, the kinds and the units."""

    entries: tuple[WorkEntry, ...]
    sums: WorkSums
    rules: WorkRules
    tree: UnitTree
    query: WorkQuery


def read_register(services: Services, query: WorkQuery, unit: str) -> Reading:
    """Lines of ``unit`` and what is below it (all when empty). Raises ``InputError`` for an unknown one."""
    whole = replace(query, units=services.work.units_under(unit))
    return Reading(
        entries=services.work.listed(services.actor, whole),
        sums=services.work.sums(services.actor, whole),
        rules=services.work.rules,
        tree=services.work.units,
        query=whole,
    )
