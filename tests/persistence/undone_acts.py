"""Acts to be made to fail: one dispute from the counter to the archive, every step, every kind of entry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

from mediation_desk.access.actor import COUNTER
from mediation_desk.app import Desk
from mediation_desk.cases.steps.binning import PutInBin
from mediation_desk.documents.printing import Batch
from mediation_desk.shared.errors import RuleError
from tests.persistence import test_audit_cover as cover
from tests.persistence.lifecycle_stories import WAYS, brought
from tests.persistence.marked_acts import acts as marked_acts
from tests.persistence.pool_material import mediator
from tests.persistence.test_case_steps import REGISTER
from tests.persistence.undone import Act, Make


def one_dispute(desk: Desk, papers: Path) -> Iterator[tuple[str, Make]]:
    """From the counter to the archive and around it."""
    _hire(desk)
    for name, act in marked_acts(papers):
        yield name, lambda act=act: lambda: act(desk)  # type: ignore[misc]  # bound at once


def _hire(desk: Desk) -> None:
    for number in ("M01", "M02", "M03"):
        desk.experts.engage(COUNTER, mediator(number, f"调解员{number}"))
    desk.deadlines.upcoming(COUNTER)  # the first look keeps for which rules it was


def every_step(desk: Desk) -> Iterator[tuple[str, Make]]:
    """The last step on the way to every state a case can be in."""
    _hire(desk)
    for number, (state, way) in enumerate(WAYS.items()):
        command = replace(REGISTER, title=f"第{number}件")
        file = brought(desk.cases, way[:-1], command)
        for step in way[-1:]:
            yield (
                f"{state}: {type(step).__name__}",
                lambda key=file.case_key, step=step: (  # type: ignore[misc]
                    lambda: desk.cases.perform(COUNTER, key, step)
                ),
            )
        desk.cases.perform(COUNTER, file.case_key, PutInBin(reason="下一件也要用这间调解室"))


def every_kind(desk: Desk, out: Path) -> Iterator[tuple[str, Make]]:
    """What leaves its own entry in the trail, each with something of its own to act on."""
    _hire(desk)
    world = cover.World(desk, out, count(10))
    for name, make in (*cover.ACTS.items(), ("two files", _two_files)):
        yield name, lambda make=make: _telling(make(world))  # type: ignore[misc]


def _two_files(world: cover.World) -> Act:
    key = world.accepted().case_key
    return lambda: world.desk.printing.write_all(COUNTER, key, ("pdf", "docx"), world.out, ("acceptance",))


def _telling(act: Act) -> Act:
    def told() -> None:
        found = act()
        if isinstance(found, Batch) and found.left_out:
            raise RuleError(found.left_out[0][1])  # told with the others at the end of the job

    return told
