"""``expert shortlist|choose|result`` as a stranger uses them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mediation_desk.app import open_desk
from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.summary import CaseQuery
from mediation_desk.cli.main import run
from mediation_desk.settings import resolve

NOW = datetime(2026, 4, 29, 2, 40, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path) -> list[str]:
    """A sample centre in a folder of its own."""
    opened = open_desk(resolve(tmp_path / "desk", "", practice=True), clock=lambda: NOW)
    opened.fill_sample()
    opened.close()
    return ["--practice", "--data", str(tmp_path / "desk")]


@pytest.fixture
def waiting(desk: list[str], tmp_path: Path) -> tuple[str, tuple[str, ...]]:
    """Key and party refs of a case that waits for its mediator."""
    opened = open_desk(resolve(tmp_path / "desk", "", practice=True), create=False)
    (line,) = opened.cases.summaries(opened.actor, CaseQuery(states=(State.ACCEPTED,)))
    file = opened.cases.file(opened.actor, line.case_key)
    opened.close()
    return line.case_key, tuple(party.ref for party in file.parties)


def printed(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_shortlist_choose_result(
    desk: list[str], waiting: tuple[str, tuple[str, ...]], capsys: pytest.CaptureFixture[str]
) -> None:
    key, parties = waiting
    assert run([*desk, "expert", "shortlist", key, "--json"]) == 0
    listed = printed(capsys)
    shown = [one["pool_no"] for one in listed["candidates"]]
    assert len(shown) >= 3
    assert all(one["reasons"] for one in (*listed["candidates"], *listed["left_out"], *listed["other_field"]))
    assert not {"id_no", "phone", "address"} & set(listed["candidates"][0])
    only: dict[str, Any] = {}
    for place, party in enumerate(parties):
        ranked = [shown[1], shown[0]] if place else [shown[1]]
        options = [part for one in ranked for part in ("--rank", one)]
        assert run([*desk, "expert", "choose", key, "--party", party, *options]) == 0
        told = capsys.readouterr().out
        assert shown[1] not in told
        assert run([*desk, "expert", "result", key, "--json"]) == 0
        (only,) = printed(capsys)
        if place < len(parties) - 1:
            assert only["marks"][party] == {"sealed": True, "ranks": [], "strikes": []}
            assert only["result"] == []
    assert only["result"] == [shown[1]]
    assert only["step"] == "选定"
    assert only["marks"][parties[0]]["ranks"] == [shown[1]]
    assert all(party in only["why"] for party in parties)


def test_a_sealed_mark_a_stranger_and_a_round_that_never_was_are_refused(
    desk: list[str], waiting: tuple[str, tuple[str, ...]], capsys: pytest.CaptureFixture[str]
) -> None:
    key, (first, *_) = waiting
    assert run([*desk, "expert", "result", key]) == 2
    assert run([*desk, "expert", "choose", key, "--party", first, "--rank", "M99"]) == 2
    assert "M99" in capsys.readouterr().err
    assert run([*desk, "expert", "choose", key, "--party", "Z9"]) == 2
    assert run([*desk, "expert", "choose", key, "--party", first]) == 0
    assert run([*desk, "expert", "choose", key, "--party", first]) == 3
    assert "不能再改" in capsys.readouterr().err
