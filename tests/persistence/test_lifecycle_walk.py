"""Random commands never lead a case into a state it must not be in, on both databases."""

from __future__ import annotations

import pytest

from db.unit_of_work import Storage
from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.hearing import PlanSession
from mediation_desk.cases.steps.intake import Accept
from mediation_desk.cases.steps.performing import Visit
from mediation_desk.cases.transitions import ANY, Transition
from tests.persistence.case_walk import LEADS, STAYS, Walk
from tests.persistence.test_case_steps import cases

__all__ = ["cases"]
COMMANDS = {"sqlite": 400, "postgresql": 120}
"""Ten thousand are walked by ``benchmarks/reliability/walk.py``."""


def test_random_commands_never_reach_an_illegal_state(
    storage: Storage, cases: CaseService, backend: str
) -> None:
    walk, commands = Walk(storage, cases, seed=4), COMMANDS[backend]
    walk.go(commands)

    assert sum(walk.done.values()) > commands / 5, "the walk gets somewhere"
    assert sum(walk.refused.values()) > commands / 10, "and is refused where it must be"
    assert walk.done["take_back"] > 0


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_the_walk_finds_a_transition_declared_wrongly(
    storage: Storage, cases: CaseService, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: with these declarations a case could be accepted twice, or visited while it is heard."""
    monkeypatch.setattr(Accept, "transition", Transition(no="T-5", title="受理", sources=ANY, targets=ANY))
    monkeypatch.setattr(
        PlanSession, "transition", Transition(no="T-8", title="安排", sources=ANY, targets=ANY)
    )
    monkeypatch.setattr(Visit, "transition", Transition(no="T-23", title="回访", sources=ANY, targets=ANY))
    with pytest.raises(AssertionError, match=r"was taken in|led from"):
        Walk(storage, cases, seed=6).go(COMMANDS["sqlite"])


def test_the_second_declaration_knows_the_states_and_all_steps() -> None:
    words = {word for sources, targets in LEADS.values() for word in f"{sources} {targets}".split()}
    assert words <= {state.value for state in State}
    assert not set(LEADS) & set(STAYS)
