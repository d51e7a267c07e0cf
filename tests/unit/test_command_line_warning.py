"""``stats warning`` and ``stats repeats`` as a stranger uses them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mediation_desk.cli.main import run
from mediation_desk.interchange.reader import read_case
from mediation_desk.interchange.writer import dump_case
from tests.shared_cases import FILES, needs_cases

pytestmark = needs_cases


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Two acceptance cases, and one of them once more on the same day."""
    desk = ["--practice", "--data", str(tmp_path / "desk")]
    wages, first = (next(path for path in FILES if path.name.startswith(one)) for one in ("C02", "C03"))
    whole = read_case(first.read_bytes())
    number = whole.intake.number or ""
    text = dump_case(whole).replace(number, number.replace("第", "第9")).replace(whole.case_key, "C03_again")
    again = tmp_path / "again.json"
    again.write_text(text, "utf-8")
    assert run([*desk, "case", "import", str(wages), str(first), str(again)]) == 0, capsys.readouterr().err
    capsys.readouterr()
    return desk


def test_warning_tells_levels_signals_and_what_was_tested(
    desk: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*desk, "stats", "warning", "--level", "blue", "--month", "2026-03"]) == 0
    told = capsys.readouterr().out
    for word in ("红色　重大风险", "橙色　较大风险", "黄色　一般风险", "蓝色　低风险"):
        assert word in told

    assert run([*desk, "stats", "warning", "--month", "2026-03", "--json"]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert len(plain["risks"]["cells"]) == 16
    assert sum(cell["cases"] for cell in plain["risks"]["cells"]) == len(plain["risks"]["cases"])
    assert all(case["now"] and case["to"] for case in plain["risks"]["cases"])
    assert plain["rises"]["from"] == "2026-03-01"
    assert plain["rises"]["note"], "a few months of history are no ground for a test, and that is said"


@pytest.mark.parametrize("words", ["2026", "2026Q1", "2999-01", "3月"])
def test_a_period_that_is_no_month_gone_by_is_refused(
    desk: list[str], capsys: pytest.CaptureFixture[str], words: str
) -> None:
    assert run([*desk, "stats", "warning", "--month", words]) != 0
    said = capsys.readouterr().err
    assert words in said or "2999年1月还没有到" in said


def test_repeats_name_the_case_and_those_before(desk: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*desk, "stats", "repeats", "--period", "all"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("C03_again\t")
    assert "以前：C03" in line

    assert run([*desk, "stats", "repeats", "--period", "all", "--json"]) == 0
    plain = json.loads(capsys.readouterr().out)
    (one,) = plain["cases"]
    assert one["case_key"] == "C03_again"
    assert set(one) == {"case_key", "received_on", "category", "before"}, "no names"

    assert run([*desk, "stats", "repeats", "--period", "2020", "--days", "3"]) == 0
    assert capsys.readouterr().out == "没有在 3 天以内再次发生的同样两方的纠纷。\n"
