"""往来账: everything due, paid and forgiven between each debtor and creditor, with the running balance."""

from __future__ import annotations

from datetime import date

from mediation_desk.agreements.account import Account, Entry, Line, accounts
from mediation_desk.agreements.settling import refs
from mediation_desk.cases.kept import promises_of, standing_of
from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import (
    Block,
    Column,
    Heading,
    Label,
    Number,
    Paper,
    Profile,
    SealPlace,
    Table,
    Title,
    paragraph,
)
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.substance import case_number
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.money import figures
from mediation_desk.shared.track import Track

TITLES = dict.fromkeys(Track, "协议往来账")
_COLUMNS = (
    Column(title="日期", weight=26),
    Column(title="条款", weight=26),
    Column(title="到期", weight=26),
    Column(title="已付", weight=26),
    Column(title="免除", weight=24),
    Column(title="余额", weight=26),
    Column(title="凭据、理由", weight=34),
)


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print, or None."""
    if file.effective_on is None:
        return "协议还没有生效，没有往来账。"
    owed = any(row.amount is not None and row.payee for row in file.performance) or file.recurring
    return None if owed else "协议里没有要付的钱，没有往来账。"


def compose(file: CaseFile, background: Background = NOTHING) -> tuple[Paper, ...]:
    """The accounts as they stand today; the day is on the paper."""
    day = background.today or _last_day(file)
    found = standing_of(file, day)
    number = case_number(file)
    blocks: list[Block] = [
        Title(text="协议往来账"),
        Number(text=f"编号：{number or file.case_key}"),
        paragraph(f"{file.title}。截至{cn_date(day)}，金额单位：元。", indent=False),
    ]
    for account in accounts(promises_of(file), found):
        blocks.append(Label(text=f"{_names(file, account.payer)} → {_names(file, account.payee)}"))
        blocks.append(Table(columns=_COLUMNS, rows=tuple(map(_row, account.lines)), fine=True))
        blocks.append(paragraph(_closing(account)))
    if found.acceleration is not None:
        label = "加速到期：" if found.acceleration.recorded else "加速到期（债权人可以主张，还没有登记）："
        blocks.append(paragraph(f"{found.acceleration.sentence}。", label=label))
    told = "；".join(one.formula for one in found.charges)
    if told:
        rule = found.charges[0].penalty
        words = f"按协议第{rule.clause}条（{rule.text}），不计入余额：{told}。"
        blocks.append(paragraph(words, label="违约金、逾期利息："))
    blocks.append(SealPlace(body=file.organisation.name, day=cn_date(day)))
    heading = Heading(form="往来账", title="协议往来账", number=number, dated=day)
    return (Paper(heading=heading, blocks=tuple(blocks), profile=Profile.DENSE),)


def _row(line: Line) -> tuple[str, ...]:
    part = f"第{line.instalment}期" if line.instalment else ""
    amounts = (figures(line.amount) if line.entry is entry else "—" for entry in Entry)
    return cn_date(line.on), f"第{line.clause}条{part}", *amounts, figures(line.balance), line.note or "—"


def _closing(account: Account) -> str:
    words = [
        f"到期{figures(account.sum_of(Entry.DUE))}",
        f"已付{figures(account.sum_of(Entry.PAID))}",
        f"免除{figures(account.sum_of(Entry.WAIVED))}",
        f"到期未付{figures(account.balance)}",
        f"还没有到期{figures(account.to_come)}",
    ]
    if account.penalty:
        words.append(f"另计违约金、逾期利息{figures(account.penalty)}")
    return f"合计：{'，'.join(words)}。"


def _names(file: CaseFile, joined: str) -> str:
    return "、".join(file.name_of(ref) for ref in refs(joined))


def _last_day(file: CaseFile) -> date:
    """Where nobody says what day it is: the last day anything happened to the agreement."""
    days = [row.done_on for row in file.performance if row.done_on is not None]
    days += [waiver.on for waiver in file.beside.waivers] + [one.on for one in file.beside.urgings]
    fallback = file.as_of or file.effective_on or file.intake.received_on
    return max([*days, fallback])


FORM = Form(
    key="account", code="往来账", stage=Stage.AFTERWARDS, titles=TITLES, applies=applies, compose=compose
)
