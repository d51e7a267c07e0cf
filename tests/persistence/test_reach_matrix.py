"""S5: act × role × relation: a foreign or a locked case ends every act as one that is not there."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.outcome import Outcomes
from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.access.roles import role_rules
from mediation_desk.app import Desk, open_desk
from mediation_desk.cases import service
from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.steps.locking import LockCase
from mediation_desk.cases.summary import CaseQuery, CaseSummary
from mediation_desk.settings import resolve
from tests.persistence.permission_matrix import EITHER, TABLE
from tests.persistence.reach_matrix import MISSING, Act, ended, keyed, told_apart, unnamed

NOT_TOLD = {
    "arranging.rooms": "what is taken is taken; whose, is told of cases in reach",
    "audit.note": "writes an entry for an act that was allowed",
    "boards.board": "nothing was written on the board of this case",
    "boards.shared": "as above",
    "cases.papers": "nothing was printed from this case",
    "counter.linked_from": "no case names this one",
    "destruction.prepare": "the case is not to be destroyed",
    "presence.elsewhere": "it stands open nowhere else",
    "scanning.take": "refuses the file before it looks at the case",
    "schedules.write_session": "no session is arranged",
    "submissions.book_correction": "refuses the submission before it looks at cases",
    "unmasking.show_number": "only puts on record, for whoever has the case before him",
}
"""Acts whose end is the same for one's own case as for none, each with the reason."""


@pytest.fixture
def desk(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    opened = open_desk(resolve(database=url, practice=True))
    opened.fill_sample()
    locked = _cases(opened)[1]
    opened.cases.perform(opened.actor, locked.case_key, LockCase(reason="涉及隐私"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Outcomes, "commit", lambda _self, connection, _act, **_said: connection.rollback())
    yield opened
    opened.close()


def _cases(desk: Desk) -> list[CaseSummary]:
    with desk.storage.read() as work:
        return [one for one in work.cases.summaries(CaseQuery()) if one.state is State.MEDIATING]


def _people(acts: list[tuple[str, Act]], *bodies: str) -> dict[str, dict[str, Actor]]:
    """Of each act, somebody of every role that may do it, of these bodies, who works on no case."""
    asks = {
        name.split(" ")[0]: asked for name, asked in tomllib.loads(TABLE.read_text("utf-8"))["asks"].items()
    }
    found: dict[str, dict[str, Actor]] = {}
    for name, _ in acts:
        asked = [Permission(one) for one in filter(None, asks[name].split(EITHER))]
        found[name] = {
            role: Actor(account="u", display_name="某人", roles=(role,), bodies=bodies)
            for role, rule in role_rules().items()
            if not asked or not rule.can.isdisjoint(asked)
        }
    return found


def leaks(desk: Desk, folder: Path, area: str = "") -> list[str]:
    """Every cell in which a hidden case shows."""
    acts = [(name, act) for name, act in keyed(desk, folder) if name.startswith(area)]
    mine, locked = _cases(desk)[:2]
    reading = {
        name: {
            role: actor
            for role, actor in people.items()
            if Permission.LOCKED_READ not in role_rules()[role].can
        }
        for name, people in _people(acts, locked.body_name).items()
    }
    return [
        *told_apart(
            acts, _people(acts, "别处的调解委员会"), {"foreign": mine.case_key, "locked": locked.case_key}
        ),
        *told_apart(acts, reading, {"locked": locked.case_key}),
    ]


def test_a_hidden_case_is_not_there_for_any_act(desk: Desk, tmp_path: Path) -> None:
    assert unnamed(desk) == set()
    assert leaks(desk, tmp_path) == []


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_every_act_on_a_case_looks_at_it(desk: Desk, tmp_path: Path) -> None:
    """That the table is not empty: for the same acts one's own case is there."""
    own = _cases(desk)[0]
    actor = Actor(account="o", display_name="某人", roles=tuple(role_rules()), bodies=(own.body_name,))
    acts = list(keyed(desk, tmp_path))

    blind = {name for name, act in acts if ended(act, actor, own.case_key) == ended(act, actor, MISSING)}

    assert blind == set(NOT_TOLD)
    assert len(acts) > 85


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_one_check_taken_away_is_found(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the diary is read with everything in sight."""
    monkeypatch.setattr(
        service.CaseService,
        "history",
        lambda self, actor, key: service.CaseService.looks(self, actor.over_all(), key),
    )
    found = leaks(desk, tmp_path, "cases.")

    assert found
    assert {cell.split(" × ")[0] for cell in found} == {"cases.history"}
