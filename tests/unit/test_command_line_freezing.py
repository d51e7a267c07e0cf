"""``stats freeze``, ``diff``, ``book`` and ``corrections`` from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mediation_desk.app import fill_demo, open_desk
from mediation_desk.cases.steps.binning import PutInBin
from mediation_desk.cli.main import run
from mediation_desk.settings import resolve
from mediation_desk.statistics.periods import parse_period

PERIOD = "2026-01"


def test_a_month_is_reported_compared_and_corrected(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--practice", "--data", str(tmp_path), "stats"]
    fill_demo(resolve(tmp_path, practice=True), 60, 1, lambda _count: None)

    assert run([*where, "diff", "--period", PERIOD]) == 2
    assert "还没有报送" in capsys.readouterr().err
    assert run([*where, "freeze", "--period", PERIOD, "--note", "一月"]) == 0
    assert run([*where, "freeze", "--period", PERIOD]) == 3
    told = capsys.readouterr()
    assert "第1次报送" in told.out
    assert "已由窗口" in told.err

    desk = open_desk(resolve(tmp_path, practice=True))
    made = desk.submissions.latest(desk.actor, parse_period(PERIOD))
    [first, *_] = desk.submissions.cell(desk.actor, made, "tracks", "合计", "registered").shares
    desk.cases.perform(desk.actor, first.case_key, PutInBin(reason="甄有理重复登记"))
    desk.close()

    assert run([*where, "diff", "--period", PERIOD]) == 0
    text = capsys.readouterr()
    assert f"案件 {first.case_key}" in text.out
    assert "V-11" in text.err
    assert run([*where, "diff", "--period", PERIOD, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert [one["case_key"] for one in data["cases"]] == [first.case_key]
    assert "甄有理" not in text.out + json.dumps(data, ensure_ascii=False), "no words of the case (LR-21)"

    assert run([*where, "book", "--period", PERIOD, "--reason", "重复登记"]) == 0
    assert run([*where, "book", "--period", PERIOD, "--reason", "再来"]) == 3
    assert run([*where, "corrections"]) == 0
    assert "更正1" in capsys.readouterr().out
    assert run([*where, "freeze", "--period", PERIOD, "--supersedes", "1", "--reason", "补报"]) == 0
    assert "第2次报送" in capsys.readouterr().out
