"""以案定补 from the command line: worksheet, list, papers, approval, payment, void."""

from __future__ import annotations

import json
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from pypdfium2 import PdfDocument

from mediation_desk.app import open_desk
from mediation_desk.cli.main import run
from mediation_desk.settings import resolve
from mediation_desk.shared.clock import local_day, system_clock
from tests.subsidised import on_record, worth_paying

LAST_MONTH = local_day(system_clock()).replace(day=1) - timedelta(days=1)
ENDED = LAST_MONTH.replace(day=8)
MONTH = f"{LAST_MONTH:%Y-%m}"
PARTIES = ("孟兰", "郝静", "测试物业")


@pytest.fixture
def desk(tmp_path: Path) -> list[str]:
    """Two cases that may be claimed in the last month, one whose volume is not filed."""
    folder = tmp_path / "desk"
    with_cases = open_desk(resolve(folder, practice=True))
    on_record(
        with_cases.storage,
        worth_paying("T01", "孟兰", on=ENDED),
        worth_paying("T02", "郝静", on=ENDED),
        worth_paying("T03", "房雨", on=ENDED, archive=None),
    )
    with_cases.close()
    return ["--practice", "--data", str(folder)]


def said(words: list[str], capsys: pytest.CaptureFixture[str], *more: str, code: int = 0) -> str:
    assert run([*words, "subsidy", *more]) == code
    captured = capsys.readouterr()
    return captured.out if code == 0 else captured.err


def test_the_worksheet_names_class_clause_and_shares(
    desk: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    lines = said(desk, capsys, "worksheet", "T01").splitlines()
    assert lines[0] == "（2026）测人调字第01号\t邻里纠纷\t可以计补"
    assert lines[1] == "简易第一项：不属于以上各类的，口头协议也在内\t本类每件400.00元"
    assert lines[2] == "周敬\t主持\t一级人民调解员\t480.00元\t基数400.00元，等级加成80.00元"
    told = json.loads(said(desk, capsys, "worksheet", "T03", "--json"))
    assert (told["state"], told["payable"]) == ("暂不计补", False)
    assert told["refusals"] == [{"text": "案卷还没有归档", "source": "各地以案定补办法", "final": False}]
    assert told["concluded_on"] == ENDED.isoformat()
    assert "没有编号或代码为“T99”" in said(desk, capsys, "worksheet", "T99", code=2)


def test_a_month_is_listed_prepared_approved_and_paid(
    desk: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    before = json.loads(said(desk, capsys, "list", "--month", MONTH, "--format", "json"))
    assert [one["case"] for one in before["ready"]] == ["T01", "T02"]
    assert [one["case"] for one in before["refused"]] == ["T03"]
    assert before["total"] == "960.00"
    assert "可以列入2件，合计960.00元" in said(desk, capsys, "list", "--month", MONTH)

    assert json.loads(said(desk, capsys, "prepare", "--month", MONTH, "--json"))["status"] == "待审批"
    assert "没有可以列入清单的案件" in said(desk, capsys, "prepare", "--month", MONTH, code=3)
    assert "应写成 案件代码=理由" in said(
        desk, capsys, "approve", "--month", MONTH, "--refuse", "T02", code=2
    )
    told = said(desk, capsys, "approve", "--month", MONTH, "--refuse", "T02=材料不齐").splitlines()
    assert told[0].endswith("第1号\t已批准\t合计480.00元")
    assert "（2026）测人调字第02号\t不予批准\t480.00元\t材料不齐" in told
    assert "已发放" in said(desk, capsys, "paid", "--month", MONTH)
    listed = json.loads(said(desk, capsys, "list", "--month", MONTH, "--no", "1", "--format", "json"))
    assert listed["payees"] == [
        {"pool_no": "M01", "name": "周敬", "grade": "一级人民调解员", "cases": 1, "amount": "480.00"}
    ]


def test_a_claim_is_voided_and_taken_back_on_the_next_list(
    desk: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    said(desk, capsys, "prepare", "--month", MONTH)
    said(desk, capsys, "withdraw", "--month", MONTH, "--reason", "重做")
    said(desk, capsys, "prepare", "--month", MONTH)
    said(desk, capsys, "approve", "--month", MONTH)
    told = said(desk, capsys, "void", "T01", "--reason", "卷宗不实").splitlines()
    assert [line.split("\t")[1:3] for line in told[-3:]] == [
        ["作废", "480.00元"],
        ["待审批", "-480.00元"],
        ["不予批准", "0.00元"],
    ]
    assert "合计-480.00元" in said(desk, capsys, "prepare", "--month", MONTH)
    said(desk, capsys, "void", "T02", "--reason", "再算", "--again")
    assert said(desk, capsys, "worksheet", "T02").splitlines()[0].endswith("可以计补")
    said(desk, capsys, "refuse", "T03", "--reason", "放弃")
    assert said(desk, capsys, "worksheet", "T03").splitlines()[0].endswith("不予批准")


@pytest.mark.parametrize("prepared", [False, True])
def test_the_payment_list_is_written_in_every_format_without_a_party(
    desk: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    prepared: bool,
) -> None:
    if prepared:
        said(desk, capsys, "prepare", "--month", MONTH)
    assert "须用 --out 指定文件" in said(desk, capsys, "list", "--month", MONTH, "--format", "pdf", code=2)
    for kind in ("xlsx", "pdf", "docx"):
        said(
            desk, capsys, "list", "--month", MONTH, "--format", kind, "--out", str(tmp_path / f"list.{kind}")
        )
    pages = PdfDocument(tmp_path / "list.pdf")
    words = "".join(page.get_textpage().get_text_range() for page in pages)
    assert ("待审批" in words) is prepared
    assert ("草稿" in words) is not prepared
    assert "人民币玖佰陆拾元整" in words
    assert not any(name in words for name in PARTIES)

    book = openpyxl.load_workbook(BytesIO((tmp_path / "list.xlsx").read_bytes()))
    first, second = book.worksheets
    rows = list(first.iter_rows(values_only=True))
    assert rows[2] == ("序号", "姓名", "等级", "案件数", "金额（元）", "签收")
    assert rows[3][:5] == (1, "周敬", "一级人民调解员", 2, 960)
    assert rows[5][0] == "合计金额：人民币玖佰陆拾元整"
    setup = first.page_setup
    assert (setup.orientation, int(setup.paperSize or 0), first.print_area) == (
        "landscape",
        9,
        "'发放表'!$A$1:$F$8",
    )
    assert not any(
        isinstance(cell, str) and name in cell
        for sheet in (first, second)
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        for name in PARTIES
    )


def test_a_month_is_written_as_a_month(desk: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert "“十月”不是月份" in said(desk, capsys, "list", "--month", "十月", code=2)
    later = f"{LAST_MONTH.year + 2}-01"
    assert "还没有开始" in said(desk, capsys, "list", "--month", later, code=2)
