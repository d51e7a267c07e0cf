"""发放表 and 核算单: what they say, what they must not say, and lists longer than a page."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from pypdfium2 import PdfDocument

from mediation_desk.documents.content import Paper, Table
from mediation_desk.documents.flow import plain_text
from mediation_desk.documents.forms import subsidy_list, subsidy_worksheet
from mediation_desk.documents.service import render
from mediation_desk.experts.model import Role
from mediation_desk.subsidy.model import Batch, BatchSheet, BatchStatus, Claim, ClaimStatus, in_capitals
from mediation_desk.subsidy.rules import subsidy_rules
from mediation_desk.subsidy.service import CaseSubsidy
from mediation_desk.subsidy.sharing import Share
from mediation_desk.subsidy.worksheet import worksheet
from tests.subsidised import ENDED, MONTH, TODAY, worth_paying

CENTRE = "测试中心"
APPROVED = Batch(
    id=1, month=MONTH, no=1, status=BatchStatus.APPROVED, prepared_by="统计员甲", prepared_account="s",
    prepared_at=TODAY, decided_by="值班长乙", decided_account="m", decided_at=datetime(2026, 11, 2, 2, tzinfo=UTC),
)  # fmt: skip


def claim(number: int, yuan: int = 480, **more: object) -> Claim:
    amount = Decimal(yuan).quantize(Decimal("0.01"))
    share = Share(
        pool_no=f"M{number:03}", name=f"调解员{number}", role=Role.PRESIDING, grade="一级人民调解员",
        base=amount, extra=Decimal("0.00"), amount=amount,
    )  # fmt: skip
    made = Claim(
        id=number, case_key=f"T{number}", number=f"（2026）测人调字第{number}号", body="测试人民调解委员会",
        category="邻里纠纷", concluded_on=ENDED, month=MONTH, batch=1, scheme="四类计补办法", scheme_version="1",
        pay_class="简易", clause="简易第一项：不属于以上各类的", amount=amount, shares=(share,),
        status=ClaimStatus.APPROVED, approved=True, by="统计员甲", at=TODAY,
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]  # names of its fields


def pages(paper: Paper) -> int:
    return len(PdfDocument(render(paper, "pdf")))


def test_the_payment_list_pays_what_counts_and_names_what_does_not() -> None:
    refused = claim(3, status=ClaimStatus.REFUSED, approved=False, reason="材料不齐")
    voided = claim(4, status=ClaimStatus.VOIDED, reason="卷宗是补做的")
    never = claim(5, status=ClaimStatus.VOIDED, approved=False, reason="编错了")
    back = claim(6, -480, corrects=1, reason="等级有误")
    sheet = BatchSheet(batch=APPROVED, claims=(claim(1, 1000), refused, voided, never, back))
    first, second = subsidy_list.compose(CENTRE, sheet)
    words = plain_text(first)
    assert "2026年10月第1号　案件2件　统计员甲2026年10月31日编制，值班长乙2026年11月2日批准，待发放" in words
    assert "合计金额：人民币壹仟元整" in words
    [table] = [block for block in first.blocks if isinstance(block, Table)]
    assert [row[1:5] for row in table.rows] == [
        ("调解员1", "一级人民调解员", "1", "1,000.00"),
        ("调解员4", "一级人民调解员", "1", "480.00"),
        ("调解员6", "一级人民调解员", "0", "-480.00"),
        ("合计", "", "2件次", "1,000.00"),
    ]
    told = plain_text(second)
    assert "（2026）测人调字第3号：不予批准，材料不齐" in told
    assert "（2026）测人调字第5号：作废，编错了" in told
    assert "冲减原计补（简易）：等级有误" in told
    assert "依据四类计补办法（版本1）计算。" in told


def test_a_list_that_takes_back_more_than_it_pays_says_so_in_capitals() -> None:
    assert in_capitals(Decimal("-80.50")) == "负人民币捌拾元伍角整"
    assert in_capitals(Decimal("0.00")) == "人民币零元整"


def test_a_long_list_is_signed_on_each_page() -> None:
    sheet = BatchSheet(batch=APPROVED, claims=tuple(map(claim, range(1, 31))))
    first, _second = subsidy_list.compose(CENTRE, sheet)
    assert pages(first) == 3
    assert first.each_page.startswith("编制人")
    assert first.landscape


def test_the_worksheet_names_the_clause_and_no_party() -> None:
    file = worth_paying()
    found = CaseSubsidy(worksheet=worksheet(file, subsidy_rules(), date(2026, 10, 31)), claims=())
    paper = subsidy_worksheet.compose(CENTRE, found)
    words = plain_text(paper)
    assert "简易第一项：不属于以上各类的，口头协议也在内。本类每件400.00元" in words
    assert "应发合计人民币480.00元（大写：人民币肆佰捌拾元整）" in words
    assert "可以计补（2026年10月31日核算）" in words
    assert not any(party.name in words for party in file.parties)
    assert file.title not in words
    assert pages(paper) == 1


def test_a_worksheet_that_pays_nothing_says_why() -> None:
    file = worth_paying(archive=None)
    sheet = worksheet(file, subsidy_rules(), date(2026, 10, 31))
    words = plain_text(subsidy_worksheet.compose(CENTRE, CaseSubsidy(worksheet=sheet, claims=())))
    assert "暂不计补的理由" in words
    assert "案卷还没有归档（各地以案定补办法）。" in words
    failed = worksheet(replace(file, outcome=None), subsidy_rules(), date(2026, 10, 31))
    bare = plain_text(subsidy_worksheet.compose(CENTRE, CaseSubsidy(worksheet=failed, claims=())))
    assert "还没有办结（各地以案定补办法）。" in bare
    assert "类别和金额" not in bare
