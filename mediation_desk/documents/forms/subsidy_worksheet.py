"""以案定补核算单: which clause of which class a case falls under, what each mediator draws, or why nothing yet."""

from __future__ import annotations

from mediation_desk.documents.content import (
    Block,
    Column,
    Fields,
    Heading,
    Label,
    Paper,
    Profile,
    SignatureArea,
    Table,
    Title,
    paragraph,
)
from mediation_desk.documents.forms.signing import by_hand
from mediation_desk.documents.forms.subsidy_list import FREE
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.money import figures, in_full
from mediation_desk.subsidy.service import CaseSubsidy
from mediation_desk.subsidy.worksheet import Worksheet

TITLE = "以案定补核算单"
_SHARES = (
    Column(title="调解员", weight=30),
    Column(title="作用", weight=16),
    Column(title="等级", weight=36),
    Column(title="基数（元）", weight=24),
    Column(title="等级加成（元）", weight=26),
    Column(title="应发（元）", weight=24),
)
_FINDINGS = (
    Column(title="类别和条款", weight=90, centred=False),
    Column(title="本案", weight=56, centred=False),
    Column(title="是否符合", weight=18),
)


def compose(centre: str, found: CaseSubsidy) -> Paper:
    """The worksheet of a case; parties are not named on it."""
    sheet = found.worksheet
    blocks: tuple[Block, ...] = (
        Title(text=TITLE),
        Fields(rows=_facts(centre, sheet, found.state), height=8),
        *_refusals(sheet),
        *_money(sheet),
        Label(text="逐项核对"),
        Table(
            columns=_FINDINGS,
            rows=tuple((one.clause, one.why, "符合" if one.holds else "不符合") for one in sheet.findings),
            fine=True,
        ),
        paragraph(FREE, indent=False, keep=True),
        SignatureArea(places=(by_hand("核算人"), by_hand("审核人")), together=True),
    )
    heading = Heading(form="核算单", title=TITLE, number=sheet.number, dated=sheet.on, part=sheet.case_key)
    return Paper(heading=heading, blocks=blocks, profile=Profile.DENSE)


def _facts(centre: str, sheet: Worksheet, state: str) -> tuple[tuple[str, str], ...]:
    ended = cn_date(sheet.concluded_on) if sheet.concluded_on else "没有办结"
    return (
        ("中心", centre),
        ("案件编号", sheet.number or sheet.case_key),
        ("调解组织", sheet.body),
        ("纠纷种类", f"{sheet.category}，{ended}办结"),
        ("计补办法", sheet.scheme or "没有"),
        ("办法版本", sheet.scheme_version or "—"),
        ("结论", f"{state}（{cn_date(sheet.on)}核算）"),
    )


def _refusals(sheet: Worksheet) -> tuple[Block, ...]:
    if sheet.payable:
        return ()
    lines = tuple(paragraph(f"{one.sentence}。", indent=False) for one in sheet.refusals)
    return (Label(text="不计补的理由" if sheet.never else "暂不计补的理由"), *lines)


def _money(sheet: Worksheet) -> tuple[Block, ...]:
    if not sheet.pay_class:
        return ()
    rows = tuple(
        (
            one.name,
            one.role,
            one.grade or "—",
            figures(one.base),
            figures(one.extra),
            one.note or figures(one.amount),
        )
        for one in sheet.shares
    )
    told = f"{sheet.clause}。本类每件{figures(sheet.class_amount)}元，应发合计{in_full(sheet.amount)}。"
    return (
        Label(text="类别和金额"),
        paragraph(told, indent=False, keep=True),
        Table(columns=_SHARES, rows=rows),
    )
