"""Promises from the command line: paid, forgiven, urged, called in, and what is still owed everywhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mediation_desk.cli.main import run
from tests.shared_cases import FILES, needs_cases

pytestmark = needs_cases


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """A desk with the loan of C08, in default."""
    path = next(path for path in FILES if path.name.startswith("C08"))
    words = ["--practice", "--data", str(tmp_path / "desk")]
    assert run([*words, "case", "import", str(path)]) == 0
    capsys.readouterr()
    return words


def key_of(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert run([*words, "obligations", "--json"]) == 0
    return str(json.loads(capsys.readouterr().out)[0]["case"])


def test_what_is_owed_is_listed_with_names_and_days(
    desk: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*desk, "obligations", "--due-by", "2026-09-30", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [(one["instalment"], one["remaining"], one["due"]) for one in found] == [
        (3, "17500.00", "2026-08-15"),
        (4, "37500.00", "2026-09-15"),
    ]
    assert (found[0]["payer"], found[0]["payee"]) == ("熊春生", "聂海波")
    assert found[0]["late_days"] > 0
    assert run([*desk, "obligations"]) == 0
    first = capsys.readouterr().out.splitlines()[0].split("\t")
    assert first[1:5] == ["第2条第3期", "熊春生 → 聂海波", "17,500.00元", "2026-08-15"]


def test_a_promise_is_called_in_paid_and_forgiven(
    desk: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    key = key_of(desk, capsys)
    assert run([*desk, "case", "accelerate", key, "--on", "2026-09-10"]) == 0
    assert "自2026年8月26日起剩余款项全部到期，合计92,500.00元" in capsys.readouterr().out
    assert run([*desk, "case", "urge", key, "--of", "熊春生", "--on", "2026-09-11", "--how", "邮寄"]) == 0
    assert "第1次督促履行通知，到期未付92,500.00元" in capsys.readouterr().out
    paid = ["--clause", "2", "--instalment", "3", "--on", "2026-09-20", "--proof", "转账回单"]
    assert run([*desk, "case", "perform", key, *paid, "--amount", "17500.01"]) == 2
    assert "17,500.00" in capsys.readouterr().err
    assert run([*desk, "case", "perform", key, *paid]) == 0
    left = ["--clause", "2", "--instalment", "4", "--amount", "500", "--reason", "困难", "--on", "2026-09-21"]
    assert run([*desk, "case", "waive", key, *left, "--by", "熊春生"]) == 3
    assert run([*desk, "case", "waive", key, *left, "--by", "聂海波"]) == 0
    capsys.readouterr()
    assert run([*desk, "obligations", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [(one["remaining"], one["due"]) for one in found] == [
        ("37000.00", "2026-08-26"),
        ("37500.00", "2026-08-26"),
    ]


def test_the_notice_the_account_and_the_visit_are_printed(
    desk: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = key_of(desk, capsys)
    assert run([*desk, "case", "print", key, "--form", "urging", "--out", str(tmp_path)]) == 3
    assert "还没有督促过履行" in capsys.readouterr().err
    assert run([*desk, "case", "urge", key, "--of", "B1", "--on", "2026-09-11"]) == 0
    for form in ("urging", "account", "visit"):
        assert run([*desk, "case", "print", key, "--form", form, "--out", str(tmp_path)]) == 0
    assert len(list(tmp_path.glob("*.docx"))) == 3
