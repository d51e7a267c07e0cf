"""``deadlines`` and ``case suspend|resume|extend`` as a stranger uses them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from mediation_desk.agreements.model import Confirmation
from mediation_desk.cli.main import run
from mediation_desk.interchange.reader import read_case
from mediation_desk.interchange.writer import dump_case
from tests.shared_cases import FILES, needs_cases

pytestmark = needs_cases


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    desk = ["--practice", "--data", str(tmp_path / "desk")]
    open_one = tmp_path / "open.json"
    [medical] = [path for path in FILES if path.name.startswith("C14")]
    whole = read_case(medical.read_bytes())
    running = replace(
        whole,
        suspensions=(),
        extensions=(),
        sessions=(),
        outcome=None,
        ending=None,
        undisputed_facts=(),
        undisputed_facts_consent=None,
        feedback_to_source=None,
        followups=(),
        archive=None,
        closed_loop=(),
        arithmetic=(),
        judicial_confirmation=Confirmation(),
    )
    open_one.write_text(dump_case(running), "utf-8")
    promised = next(path for path in FILES if path.name.startswith("C03"))
    assert run([*desk, "case", "import", str(open_one), str(promised)]) == 0, capsys.readouterr().err
    capsys.readouterr()
    return desk


KEY = "C14_medical_terminated"


def told(desk: list[str], capsys: pytest.CaptureFixture[str], *more: str) -> list[dict[str, object]]:
    assert run([*desk, "deadlines", "--json", *more]) == 0
    found: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return found


def test_each_line_says_case_what_due_light_why_and_source(
    desk: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*desk, "deadlines", "--on", "2026-07-03"]) == 0
    [line] = capsys.readouterr().out.splitlines()
    assert line.split("\t") == [
        "（2026）安和医调字第11号",
        "调解期限",
        "2026-07-06",
        "将到期，还有 3 天",
        "自2026年5月22日受理次日起30个工作日，末日7月6日（医疗纠纷预防和处理条例第三十八条）",
        "rules/deadlines.toml#medical.people",
    ]
    [one] = told(desk, capsys, "--on", "2026-07-06")
    assert (one["case"], one["light"], one["days"], one["provisional"]) == (KEY, "到期", 0, False)
    assert one["source"] == "rules/deadlines.toml#medical.people"


def test_the_clock_is_stopped_started_and_given_more(
    desk: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    stop = ["case", "suspend", KEY, "--on", "2026-06-11", "--reason", "委托医学会鉴定"]
    assert run([*desk, *stop]) == 0
    assert "因鉴定中止，自2026年6月11日起不计期限" in capsys.readouterr().out
    assert told(desk, capsys, "--on", "2026-07-03") == []
    assert run([*desk, *stop]) == 3
    assert "案件现为“中止”" in capsys.readouterr().err
    assert run([*desk, "case", "resume", KEY, "--on", "2026-08-07", "--reason", "收到鉴定意见"]) == 0
    assert "中止41个工作日不计，期限顺延至2026年9月1日" in capsys.readouterr().out
    more = ["case", "extend", KEY, "--on", "2026-08-31", "--days", "15", "--reason", "报理事会审议"]
    assert run([*desk, *more, "--consent", "A1"]) == 3
    assert "还没有同意" in capsys.readouterr().err
    assert run([*desk, *more, "--all-consent"]) == 0
    assert "期限延至2026年9月21日" in capsys.readouterr().out
    [one] = told(desk, capsys, "--on", "2026-09-20")
    assert (one["due"], one["light"]) == ("2026-09-21", "将到期")


def test_days_are_written_as_a_slip_and_as_a_calendar(
    desk: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    span = ["--on", "2026-07-03", "--to", "2026-12-31"]
    assert run([*desk, "deadlines", *span, "--ics", str(tmp_path / "due.ics")]) == 0
    assert (tmp_path / "due.ics").read_bytes().count(b"BEGIN:VEVENT") >= 2
    assert run([*desk, "deadlines", *span, "--slip", str(tmp_path / "slips")]) == 0
    written = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert sorted(path.suffix for path in written) == [".docx", ".ics", ".pdf"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["deadlines", "--on", "soon"], 2),
        (["case", "suspend", KEY, "--on", "2026-06-11"], 2),
        (["case", "extend", KEY, "--days", "0", "--reason", "等"], 2),
        (["case", "suspend", "nothing", "--reason", "等"], 2),
        (["case", "suspend", KEY, "--on", "2026-06-11", "--cause", "其他", "--reason", "等"], 3),
        (["case", "resume", KEY, "--on", "2026-06-11"], 3),
        (["case", "extend", KEY, "--on", "2026-07-07", "--days", "3", "--reason", "等", "--all-consent"], 3),
    ],
)
def test_exit_codes(
    desk: list[str], capsys: pytest.CaptureFixture[str], arguments: list[str], code: int
) -> None:
    assert run([*desk, *arguments]) == code
    assert len(capsys.readouterr().err.splitlines()) == 1
