"""以案定补发放表: who draws how much and signs for it; behind it the cases, without a party's name (LR-21)."""

from __future__ import annotations

from mediation_desk.documents.content import (
    Column,
    Heading,
    Paper,
    Profile,
    Table,
    Title,
    paragraph,
)
from mediation_desk.shared.clock import local_day
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.money import figures
from mediation_desk.subsidy.model import BatchSheet, BatchStatus, Claim, Payee, in_capitals

TITLE, CASES = "以案定补发放表", "以案定补案件明细表"
FREE = "补贴由财政经费支付，不向当事人收取任何费用（人民调解法第四条，LR-2）。"
_HANDS = f"编制人{'＿' * 8}　审批人{'＿' * 8}　发放人"
"""At the foot of each page, before a line to sign on: a list of any length is signed where it is read."""
_PAYEES = (
    Column(title="序号", weight=12),
    Column(title="姓名", weight=30),
    Column(title="等级", weight=40),
    Column(title="案件数", weight=18),
    Column(title="金额（元）", weight=30),
    Column(title="签收", weight=50),
)
_LINES = (
    Column(title="序号", weight=10),
    Column(title="案件编号", weight=44),
    Column(title="调解组织", weight=38, centred=False),
    Column(title="纠纷种类", weight=26),
    Column(title="办结", weight=24),
    Column(title="类别和依据的条款", weight=56, centred=False),
    Column(title="调解员（元）", weight=40, centred=False),
    Column(title="金额（元）", weight=22),
)


def compose(centre: str, sheet: BatchSheet) -> tuple[Paper, ...]:
    """The list to sign, and the list of cases it was made from."""
    batch = sheet.batch
    day = local_day(batch.decided_at or batch.prepared_at)
    payees = sheet.payees
    rows = [_payee(place, one) for place, one in enumerate(payees, start=1)]
    times = f"{sum(one.cases for one in payees)}件次"  # two mediators of one case count it each
    rows.append(("", "合计", "", times, figures(sheet.total), ""))
    counted = len([claim for claim in sheet.counted if claim.corrects is None])
    first = Paper(
        heading=Heading(form="发放表", title=TITLE, dated=day, part=batch.name),
        blocks=(
            Title(text=f"{centre}{TITLE}"),
            paragraph(f"{batch.name}　案件{counted}件　{standing(sheet)}", indent=False, keep=True),
            paragraph(f"合计金额：{in_capitals(sheet.total)}", indent=False, keep=True),
            Table(columns=_PAYEES, rows=tuple(rows), tall=True),
        ),
        profile=Profile.DENSE,
        landscape=True,
        each_page=_HANDS,
    )
    lines = tuple(_line(place, one) for place, one in enumerate(sheet.counted, start=1))
    refused = tuple(
        paragraph(f"{one.number or one.case_key}：{one.status}，{one.reason}", indent=False)
        for one in sheet.claims
        if not one.counts
    )
    second = Paper(
        heading=Heading(form="明细表", title=CASES, dated=day, part=batch.name),
        blocks=(
            Title(text=f"{centre}{CASES}"),
            paragraph(f"{batch.name}　{counted}件，合计{figures(sheet.total)}元", indent=False, keep=True),
            Table(columns=_LINES, rows=lines, fine=True),
            paragraph(f"{''.join(_schemes(sheet))}{FREE}", indent=False),
            *((paragraph("没有列入发放的：", indent=False, keep=True), *refused) if refused else ()),
        ),
        profile=Profile.DENSE,
        landscape=True,
    )
    return first, second


def standing(sheet: BatchSheet) -> str:
    """Who prepared and approved the list, and when it was paid."""
    batch = sheet.batch
    if batch.status is BatchStatus.DRAFT:
        return f"{cn_date(local_day(batch.prepared_at))}的草稿，还没有编制"
    told = f"{batch.prepared_by}{cn_date(local_day(batch.prepared_at))}编制"
    if batch.status is BatchStatus.WITHDRAWN:
        return f"{told}，已撤回：{batch.reason}"
    if batch.decided_at is None:
        return f"{told}，待审批"
    told += f"，{batch.decided_by}{cn_date(local_day(batch.decided_at))}批准"
    return told + (f"，{cn_date(batch.paid_on)}发放" if batch.paid_on else "，待发放")


def drawn(claim: Claim) -> str:
    """``周敬安 720.00，黎秋霞 400.00``: who draws what of a case."""
    return "，".join(f"{share.name} {figures(share.amount)}" for share in claim.shares if share.amount)


def ground(claim: Claim) -> str:
    """The clause that applied; of a negative line what it takes back and why."""
    if claim.corrects is None:
        return claim.clause
    return f"冲减原计补（{claim.pay_class}）：{claim.reason}"


def _payee(place: int, one: Payee) -> tuple[str, ...]:
    return (str(place), one.name, one.grade or "—", str(one.cases), figures(one.amount), "")


def _line(place: int, claim: Claim) -> tuple[str, ...]:
    return (
        str(place),
        claim.number or claim.case_key,
        claim.body,
        claim.category,
        cn_date(claim.concluded_on),
        ground(claim),
        drawn(claim),
        figures(claim.amount),
    )


def _schemes(sheet: BatchSheet) -> tuple[str, ...]:
    told = dict.fromkeys(
        f"依据{claim.scheme}（版本{claim.scheme_version}）计算。" for claim in sheet.counted if claim.scheme
    )
    return tuple(told)
