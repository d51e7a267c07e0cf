"""One reading of everything the screen shows; runs on the worker."""

from __future__ import annotations

from dataclasses import dataclass

from mediation_desk.cases.routing.units import UnitTree
from mediation_desk.cases.routing.worklist import Load, Span, Special, Worklist
from ui.services import Services


@dataclass(frozen=True, slots=True)
class Board:
    """The tree with what is open, the lists nobody's unit covers, and the list asked for."""

    tree: UnitTree
    loads: tuple[Load, ...]
    special: Special
    worklist: Worklist


def read_board(services: Services, unit: str, span: Span, person: str) -> Board:
    """Read it. A unit that left the register shows everything instead."""
    actor, routing = services.actor, services.routing
    tree = routing.tree()
    known = unit if tree.named(unit) is not None else ""
    return Board(
        tree=tree,
        loads=routing.loads(actor),
        special=routing.special(actor),
        worklist=routing.worklist(actor, known, span, person=person),
    )
