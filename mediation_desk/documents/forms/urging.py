"""督促履行通知书: what a debtor promised and has not done by the day of the notice, and what follows (T-19)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from mediation_desk.agreements.keeping import Urging
from mediation_desk.agreements.model import CONFIRMED
from mediation_desk.agreements.promises import Item, Standing
from mediation_desk.cases.kept import standing_of
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.official_notice import NoticeKind
from mediation_desk.cases.steps.notifying import issued
from mediation_desk.documents.content import (
    Block,
    Clause,
    Column,
    Heading,
    Label,
    Number,
    Paper,
    Profile,
    SignatureArea,
    Table,
    Title,
    paragraph,
)
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.forms import agreement
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.signing import by_hand, hands_of, seal
from mediation_desk.documents.forms.substance import case_number, numeral
from mediation_desk.parties.model import Party
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.money import figures, in_full
from mediation_desk.shared.track import Track

TITLES = {
    Track.PEOPLES: "人民调解督促履行通知书",
    Track.ADMINISTRATIVE: "行政调解督促履行通知书",
    Track.JUDICIAL: "督促履行通知书",
}
_COLUMNS = (
    Column(title="条款", weight=26),
    Column(title="应当履行的日期", weight=40),
    Column(title="应付（元）", weight=30),
    Column(title="已付、免除", weight=30),
    Column(title="未付（元）", weight=30),
    Column(title="逾期", weight=18),
)


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print, or None."""
    if file.effective_on is None:
        return "协议还没有生效，没有督促履行通知书。"
    return None if file.beside.urgings else "还没有督促过履行，请先在“履行”里登记督促。"


def compose(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """One notice for each time a debtor was urged, the oldest first."""
    found = ((urging, file.party(urging.of)) for urging in file.beside.urgings)
    return tuple(_notice(file, urging, party) for urging, party in found if party is not None)


def _notice(file: CaseFile, urging: Urging, party: Party) -> Paper:
    title, number, turn = TITLES[file.track], case_number(file), f"第{numeral(urging.no)}次"
    given = issued(file, NoticeKind.URGING, urging.no)
    found = standing_of(file, urging.on)
    late = found.open_of(urging.of)
    blocks: tuple[Block, ...] = (
        Title(text=title),
        Number(text=f"文号：{given.number}" if given else f"编号：{number or file.case_key}（{turn}）"),
        paragraph(f"{party.name}：", indent=False),
        paragraph(_agreed(file, party)),
        Label(text="协议约定："),
        *_promised(file, late),
        Label(text=f"截至{cn_date(urging.on)}，下列各项已经到期，还没有履行："),
        Table(columns=_COLUMNS, rows=tuple(_row(item) for item in late), fine=True),
        *_sums(late, found),
        paragraph(
            "请收到本通知后立即履行；已经履行的，请把凭据交给本单位核对。确有困难的，请与本单位和对方联系。"
        ),
        paragraph(_consequence(file)),
        paragraph("特此通知。", keep=True),
        seal(file, urging.on),
        Label(text="送达回证"),
        paragraph(_served(urging), keep=True),
        SignatureArea(
            places=(
                replace(by_hand(f"收件人（{party.name}）", ref=party.ref), hands=hands_of(file, party.ref)),
                by_hand("送达人"),
            )
        ),
    )
    heading = Heading(form="督促履行通知", title=title, number=number, dated=urging.on, part=turn)
    return Paper(heading=heading, blocks=blocks, profile=Profile.SMALL)


def _agreed(file: CaseFile, party: Party) -> str:
    others = "、".join(other.name for other in file.parties if other.ref != party.ref)
    you = "你" if party.is_person else "你方"
    number = file.agreement.number if file.agreement else None
    called = f"{agreement.TITLES[file.track]}{f'，编号{number}' if number else ''}"
    began = f"，协议自{cn_date(file.effective_on)}起生效" if file.effective_on else ""
    return f"经{file.organisation.name}主持调解，{you}与{others}就{file.title}达成{called}{began}。"


def _promised(file: CaseFile, late: tuple[Item, ...]) -> tuple[Clause, ...]:
    meant = {item.clause for item in late}
    clauses = file.agreement.clauses if file.agreement else ()
    return tuple(
        Clause(number=f"第{numeral(clause.no)}条　", text=clause.text)
        for clause in clauses
        if clause.no in meant
    )


def _row(item: Item) -> tuple[str, ...]:
    part = f"第{item.instalment}期" if item.instalment else ""
    early = "（加速到期）" if item.falls_due < item.due_on else ""
    money = item.amount is not None
    return (
        f"第{item.clause}条{part}",
        f"{cn_date(item.falls_due)}{early}",
        figures(item.amount) if item.amount is not None else "—",
        figures(item.paid + item.waived) if money else "—",
        figures(item.remaining) if item.remaining is not None else "未做",
        f"{item.late_days}日",
    )


def _sums(late: tuple[Item, ...], found: Standing) -> list[Block]:
    """The total, the acceleration and the penalty, each with how it comes about."""
    total = sum((item.remaining or Decimal() for item in late), Decimal("0.00"))
    blocks: list[Block] = []
    if total:
        blocks.append(paragraph(f"到期未付合计{in_full(total)}。"))
    called_in = found.acceleration
    if called_in is not None and called_in.late_clause in {item.clause for item in late}:
        label = "加速到期：" if called_in.recorded else "加速到期（债权人可以主张）："
        blocks.append(paragraph(f"{called_in.sentence}。", label=label))
    parts = {item.part for item in late}
    open_now = [
        one for one in found.charges if (one.clause, one.instalment) in parts and one.last == found.day
    ]
    if open_now:
        rule = open_now[0].penalty
        cost = sum((one.amount for one in open_now), Decimal("0.00"))
        told = "；".join(one.formula for one in open_now)
        words = f"按协议第{rule.clause}条（{rule.text}）计算，截至本通知之日为{figures(cost)}元：{told}。"
        blocks.append(paragraph(words, label="违约责任："))
    return blocks


def _consequence(file: CaseFile) -> str:
    """What the other side may do next; whether a court confirmed the agreement decides (art. 31 to 33)."""
    court = file.judicial_confirmation
    peoples = file.track is Track.PEOPLES
    binding = "调解协议具有法律约束力，当事人应当按照约定履行"
    binding += "（人民调解法第三十一条）。" if peoples else "。"
    if court.result == CONFIRMED:
        ruled = f"{court.court or '人民法院'}{court.case_no or ''}已经裁定协议有效"
        return f"{binding}{ruled}；拒绝履行的，对方可以向人民法院申请执行（民事诉讼法第二百零六条）。"
    suit = "（人民调解法第三十二条）" if peoples else ""
    return f"{binding}仍不履行的，对方可以就协议的履行向人民法院起诉{suit}。"


def _served(urging: Urging) -> str:
    how = urging.how or "　　　　　　　　"
    day = cn_date(urging.served_on) if urging.served_on else "　　年　　月　　日"
    return f"送达方式：{how}。送达日期：{day}。"


FORM = Form(
    key="urging", code="督促履行", stage=Stage.AFTERWARDS, titles=TITLES, applies=applies, compose=compose
)
