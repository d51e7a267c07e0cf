"""``audit list``, ``audit close``, ``check --audit``: what they print and with which code they end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import text

from mediation_desk.access.actor import COUNTER
from mediation_desk.app import Desk, open_desk
from mediation_desk.audit.anchors import code_of, typed_anchor
from mediation_desk.cli.main import run
from mediation_desk.settings import resolve
from mediation_desk.shared.errors import InputError
from tests.persistence.chained import behind_its_back
from tests.persistence.test_case_steps import REGISTER


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    desk = open_desk(resolve(tmp_path, practice=True))
    file = desk.cases.register(COUNTER, REGISTER)
    desk.cases.view(COUNTER, file.case_key)
    desk.close()
    return tmp_path


def told(capsys: pytest.CaptureFixture[str], folder: Path, *words: str) -> tuple[int, str]:
    code = run(["--practice", "--data", str(folder), *words])
    return code, capsys.readouterr().out


def test_the_list_names_account_act_and_case(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = told(capsys, folder, "audit", "list", "--person", "甄有理", "--json")
    found = json.loads(out)

    assert code == 0
    assert [line["action"] for line in found] == ["case.view", "case.登记"]
    assert {line["account"] for line in found} == {"counter"}
    assert all(line["words"] == {} for line in found)


def test_a_sound_chain_says_so_and_on_what_it_rests(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = told(capsys, folder, "check", "--audit")

    assert code == 0
    assert "审计记录完好" in out
    assert "公开密钥" in out


def test_a_falsified_chain_ends_with_an_error(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk: Desk = open_desk(resolve(folder, practice=True))
    with behind_its_back(desk.storage) as connection:
        connection.execute(text("UPDATE audit SET action = 'case.list' WHERE seq = 2"))
    desk.close()
    code, out = told(capsys, folder, "check", "--audit", "--json")
    found = json.loads(out)

    assert code == 4
    assert [(one["kind"], one["first"]) for one in found["findings"]] == [("edit", 2)]


def test_a_code_from_paper_is_compared(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = told(capsys, folder, "audit", "close", "--out", str(folder / "out"))
    assert (code, Path(out.strip()).suffix) == (0, ".pdf")
    desk: Desk = open_desk(resolve(folder, practice=True))
    [kept] = desk.audit.anchors
    desk.close()

    assert told(capsys, folder, "check", "--audit", "--anchor", kept.text)[0] == 0
    assert told(capsys, folder, "check", "--audit", "--anchor", f"{kept.seq}-AAAA-AAAA")[0] == 4


@pytest.mark.parametrize("typed", ["审计 12-7kq3-m9px", "12-7KQ3-M9PX", "审计：12-7KQ3M9PX"])
def test_a_code_may_be_typed_in_any_usual_way(typed: str) -> None:
    assert (typed_anchor(typed).seq, typed_anchor(typed).code) == (12, "7KQ3-M9PX")


def test_what_is_no_code_is_refused() -> None:
    with pytest.raises(InputError, match="审计码应形如"):
        typed_anchor("12-7KQ3")


def test_another_link_has_another_code() -> None:
    assert code_of("0" * 64) != code_of("1" * 64)
