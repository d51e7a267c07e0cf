"""``stats`` as it is typed: every table, period and filter, the cases behind a figure, and what is told when wrong."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pypdfium2
import pytest

from mediation_desk.cases.vocabulary import Category
from mediation_desk.cli.main import run
from mediation_desk.shared.assets import read_text
from mediation_desk.statistics.dimensions import DIMENSIONS
from mediation_desk.statistics.tables import tables
from tests.documents.reading import docx_text

KEY = "E01_roof_leak"
CASE = json.loads(read_text("examples/leak.json"))
SECRETS = tuple(
    party[key] for party in CASE["parties"] for key in ("name", "id_no", "phone", "address") if party.get(key)
)
"""Name, number, phone and address of the parties; nothing the statistics give out may hold them."""


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    path = tmp_path / "case.json"
    path.write_text(read_text("examples/leak.json"), encoding="utf-8")
    found = ["--practice", "--data", str(tmp_path / "desk")]
    assert run([*found, "case", "import", str(path)]) == 0, capsys.readouterr().err
    capsys.readouterr()
    return found


@pytest.mark.parametrize("code", list(tables().listed))
@pytest.mark.parametrize("public", [[], ["--public"]])
def test_no_file_holds_who_it_was_about(
    desk: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], code: str, public: list[str]
) -> None:
    for kind in ("text", "json", "xlsx", "pdf", "docx"):
        out = tmp_path / f"t.{kind}"
        arguments = [
            "stats",
            "--table",
            code,
            "--period",
            "2026",
            "--format",
            kind,
            "--out",
            str(out),
            *public,
        ]
        assert run([*desk, *arguments]) == 0, capsys.readouterr().err
        words = _words(out, kind)
        assert words
        assert not [secret for secret in SECRETS if secret in words]
    shown = tmp_path / "shown.json"
    assert run([*desk, "case", "export", KEY, "--out", str(shown)]) == 0
    assert SECRETS[0] in shown.read_text("utf-8"), "the control"


def _words(path: Path, kind: str) -> str:
    if kind == "xlsx":
        book = openpyxl.load_workbook(path)
        return "".join(str(cell.value) for sheet in book for line in sheet.iter_rows() for cell in line)
    if kind == "pdf":
        return "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(path))
    if kind == "docx":
        return f"{docx_text(path.read_bytes())}{docx.Document(str(path)).core_properties.author}"
    return path.read_text("utf-8")


def test_the_cases_behind_a_figure(desk: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    for column in ("1", "concluded", "调解案件总数"):
        assert run([*desk, "stats", "cell", "cases", "合计", column, "--period", "2026"]) == 0
        out = capsys.readouterr().out.splitlines()
        assert out[-2:] == [f"{KEY}\t1", "合计1件\t1"]
    assert (
        run(
            [
                *desk,
                "stats",
                "cell",
                "tracks",
                "合计",
                "success_rate",
                "--period",
                "2026",
                "--json",
                "--of-whole",
            ]
        )
        == 0
    )
    told = json.loads(capsys.readouterr().out)
    assert (told["value"], told["counted"], told["sum"]) == ("100.00", "concluded", 1)
    assert told["cases"] == [{"case_key": KEY, "adds": 1}]
    assert run([*desk, "stats", "cell", "screening", "合计", "registered", "--period", "2026"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "合计1件\t1"


def test_filters_and_other_lines(desk: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    def concluded(*more: str) -> int:
        assert run([*desk, "stats", "--table", "tracks", "--period", "all", "--format", "json", *more]) == 0
        found: int = json.loads(capsys.readouterr().out)["rows"][-1]["concluded"]
        return found

    assert concluded() == concluded("--unit", "QP") == concluded("--kind", "邻里") == 1
    assert (
        concluded("--kind", "医疗纠纷")
        == concluded("--track", "行政调解")
        == concluded("--people-from", "99")
        == 0
    )
    assert concluded("--unit", "区医调委") == concluded("--yuan-from", "99999999") == 0
    assert run([*desk, "stats", "--table", "cases", "--by", "category", "--period", "2026"]) == 0
    assert "邻里纠纷" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--table", "cases"], "请写明统计期间"),
        (["--table", "cases", "--period", "2026", "--from", "2026-01-01"], "不要都写"),
        (["--table", "cases", "--period", "2026-05-01..2026-03-01"], "早于"),
        (["--table", "cases", "--period", "2099"], "还没有到"),
        (["--table", "cases", "--period", "2026Q9"], "不是统计期间"),
        (["--table", "nothing", "--period", "2026"], "没有统计表"),
        (["--table", "cases", "--period", "2026", "--unit", "哪里"], "单位名册里没有"),
        (["--table", "cases", "--period", "2026", "--by", "weather"], "不能按"),
        (["--table", "cases", "--period", "2026", "--kind", "天气"], "不认识“天气”"),
        (["--table", "cases", "--period", "2026", "--people-from", "9", "--people-to", "3"], "少于"),
        (["--table", "cases", "--period", "2026", "--yuan-from", "很多"], "应为元数"),
        (["--table", "cases", "--period", "2026", "--format", "pdf"], "--out"),
        (["--table", "cases", "--period", "2026", "--public", "--mediator", "M01"], "不能公开"),
        (["--table", "tracks", "--period", "2026", "--public", "--by", "presiding"], "不能公开"),
        (["--table", "cases", "--period", "2026", "--mediator", "Z99"], "没有编号为“Z99”的调解员"),
        (["--table", "nothing", "--period", "2026"], "organisations"),
        (["--table", "organisations", "--period", "2026", "--by", "category"], "表一按填报单位分行"),
        (["--table", "organisations", "--period", "2026", "--kind", "邻里"], "不能用 --kind"),
        (["--table", "subsidy", "--period", "2026-01", "--unit", "QP"], "不能用 --unit"),
        (["mediator", "M01", "--period", "2099"], "还没有到"),
        (["cell", "cases", "没有的行", "1", "--period", "2026"], "这一行"),
        (["cell", "cases", "合计", "999", "--period", "2026"], "这一栏"),
        (["cell", "screening", "合计", "邻里纠纷", "--period", "2026"], "2栏叫"),
    ],
)
def test_what_is_wrong_is_told_in_one_sentence(
    desk: list[str], capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert run([*desk, "stats", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert words in err
    assert len(err.strip().splitlines()) == 1


def test_what_a_figure_of_table_one_was_counted_from(
    desk: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    asked = [*desk, "stats", "cell", "organisations", "合计", "1", "--period", "2026"]
    assert run(asked) == 0
    head, definition, *members = capsys.readouterr().out.splitlines()
    assert head.endswith(f"\t{len(members)}")
    assert definition.startswith("口径：")
    assert run([*asked, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["value"], told["members"]) == (len(members), members)
    assert told["column"] != "1"


def test_every_table_that_may_have_other_lines_has_them(
    desk: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    for code in ("tracks", "cases", "court", "reliability"):
        for lines in DIMENSIONS:
            assert run([*desk, "stats", "--table", code, "--by", lines, "--period", "2026"]) == 0, (
                capsys.readouterr().err
            )
    capsys.readouterr()


def test_months_stand_in_the_order_of_the_calendar_and_what_is_open_in_the_month_it_came(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = ["--practice", "--data", str(tmp_path / "years")]
    assert run([*desk, "demo", "--cases", "60", "--years", "2"]) == 0
    capsys.readouterr()
    assert (
        run([*desk, "stats", "--table", "tracks", "--by", "month", "--period", "all", "--format", "json"])
        == 0
    )
    *months, total = json.loads(capsys.readouterr().out)["rows"]
    numbers = [[int(one) for one in re.findall(r"\d+", row["month"])] for row in months]
    assert numbers == sorted(numbers)
    assert sum(row["open"] for row in months) == total["open"] > 0
    month = next(row for row in months if row["open"])
    assert (
        run([*desk, "stats", "cell", "tracks", month["month"], "open", "--by", "month", "--period", "all"])
        == 0
    )
    assert capsys.readouterr().out.splitlines()[-1].endswith(f"\t{month['open']}")
    assert run([*desk, "stats", "--table", "reliability", "--period", "all", "--format", "json"]) == 0
    kinds = [row["category"] for row in json.loads(capsys.readouterr().out)["rows"][:-1]]
    assert kinds == [kind for kind in Category if kind in kinds]


def test_a_renamed_and_a_merged_body_are_one_line_however_they_are_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "merged"
    desk = ["--practice", "--data", str(data)]
    assert run([*desk, "demo", "--cases", "120", "--years", "1"]) == 0
    text = read_text("rules/centre.toml")
    old, new, gone = (
        "清平区医疗纠纷人民调解委员会",
        "清平区医患纠纷人民调解委员会",
        "清平区道路交通事故纠纷人民调解委员会",
    )
    text = text.replace(
        f'name = "{old}"\n', f'name = "{new}"\nformer = [{{ name = "{old}", until = 2026-01-31 }}]\n'
    )
    text = text.replace(
        f'name = "{gone}"\n', f'name = "{gone}"\nclosed_on = 2025-11-30\nmerged_into = "清平人调"\n'
    )
    (data / "rules").mkdir()
    (data / "rules" / "centre.toml").write_text(text, encoding="utf-8")
    capsys.readouterr()

    def asked(*more: str) -> dict[str, Any]:
        period = ["--period", "2025-12-01..2026-11-28", "--format", "json"]
        assert run([*desk, "stats", *more, *period]) == 0, capsys.readouterr().err
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        return found

    heir = "清平区人民调解委员会"
    by_body, by_unit = asked("--table", "cases"), asked("--table", "cases", "--by", "unit")
    bodies = {row["body"]: row["concluded"] for row in by_body["rows"]}
    units = {row["unit"]: row["concluded"] for row in by_unit["rows"]}
    assert {new, heir} <= bodies.keys() & units.keys()
    assert not {old, gone} & (bodies.keys() | units.keys())
    assert (bodies[heir], bodies[new], bodies["合计"]) == (units[heir], units[new], units["合计"])
    assert sum(bodies.values()) == 2 * bodies["合计"]
    for told in (by_body, by_unit):
        assert [note for note in told["notes"] if note.startswith(f"备注：{heir}，含{gone}")]
        assert [note for note in told["notes"] if note.startswith(f"备注：{new}，原名{old}")]
    of_unit = asked("--table", "tracks", "--unit", "区人调委")["rows"][-1]
    assert of_unit["concluded"] == bodies[heir]
    cell = ["cell", "tracks", "合计", "concluded", "--unit", "区人调委", "--period", "2025-12-01..2026-11-28"]
    assert run([*desk, "stats", *cell]) == 0
    assert capsys.readouterr().out.splitlines()[-1].endswith(f"\t{bodies[heir]}")
    assert run([*desk, "stats", "--table", "tracks", "--unit", "区交调委", "--period", "2026-01"]) == 2
    assert f"已经并入{heir}" in capsys.readouterr().err


def test_a_period_over_two_years_is_counted_with_a_remark(
    desk: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--table", "tracks", "--from", "2025-12-01", "--to", "2026-01-01"]
    assert run([*desk, "stats", *arguments]) == 0
    out, err = capsys.readouterr()
    assert "合计" in out
    assert "跨统计年度" in err
