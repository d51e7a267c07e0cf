"""``work`` on the command line: entered, listed, struck, written out."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from mediation_desk.cli.main import run

PATROL = ["--kind", "排查纠纷", "--unit", "长安街道", "--from", "2026-03-02", "--to", "2026-03-06"]
NUMBERS = ["--times", "2", "--disputes", "5", "--handed", "1", "--category", "邻里纠纷"]


@pytest.fixture
def desk(tmp_path: Path) -> list[str]:
    return ["--practice", "--data", str(tmp_path / "data")]


def test_a_line_is_entered_listed_struck_and_written_out(
    tmp_path: Path, desk: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*desk, "work", "add", *PATROL, *NUMBERS]) == 0
    assert run([*desk, "work", "add", "--kind", "committee", "--unit", "LW", "--from", "2026-03-20",
                "--yuan", "30,000", "--operation", "a1"]) == 0  # fmt: skip
    assert run([*desk, "work", "add", "--kind", "committee", "--unit", "LW", "--from", "2026-03-20",
                "--yuan", "30,000", "--operation", "a1"]) == 0  # fmt: skip
    capsys.readouterr()

    assert run([*desk, "work", "list", "--period", "2026Q1"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines == [
        "2\t调委会补助经费\t柳湾镇人民政府\t2026-03-20\t金额 30,000.00元",
        (
            "1\t排查纠纷\t长安街道办事处\t2026-03-02 至 2026-03-06"
            "\t排查 2次，发现纠纷 5件，转为案件 1件\t邻里纠纷"
        ),
        "计数的 2条，次（期）数 2，纠纷 5件，转为案件 1件，经费 30,000.00元",
    ]
    assert run([*desk, "work", "void", "2", "--reason", "记错了单位"]) == 0
    capsys.readouterr()
    assert run([*desk, "work", "list", "--unit", "柳湾镇", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(one["id"], one["yuan"], one["void_reason"]) for one in told] == [(2, "30000.00", "记错了单位")]
    assert run([*desk, "work", "list", "--counting", "--kind", "committee", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []

    target = tmp_path / "work.xlsx"
    assert run([*desk, "work", "list", "--out", str(target)]) == 0
    rows = list(load_workbook(io.BytesIO(target.read_bytes())).worksheets[0].iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["序号", 2, 1, "合计"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["add", *PATROL, "--times", "2"], "请填写发现纠纷（件）"),
        (["add", *PATROL, *NUMBERS, "--yuan", "3"], "不记金额"),
        (["add", "--kind", "巡逻", "--unit", "CA", "--from", "2026-03-02"], "没有“巡逻”"),
        (["list", "--unit", "火星"], "单位名册里没有“火星”"),
        (["list", "--period", "2026Q5"], "不是统计期间"),
        (["list", "--out", "work.csv"], "应写成 .xlsx"),
        (["void", "7", "--reason", "没有"], "没有第7条"),
    ],
)
def test_what_cannot_be_is_one_sentence_and_ends_with_2(
    words: list[str], sentence: str, desk: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*desk, "work", "add", *PATROL, *NUMBERS, "--note", "已有的一条"]) == 0
    capsys.readouterr()
    assert run([*desk, "work", *words]) == 2
    assert sentence in capsys.readouterr().err
