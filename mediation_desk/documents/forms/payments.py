"""付款清单: who pays whom how much by when, as the agreement says, instalment by instalment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from mediation_desk.agreements.model import Clause, ClauseKind
from mediation_desk.agreements.settling import refs
from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import (
    Block,
    Column,
    Heading,
    Number,
    Paper,
    Profile,
    Table,
    Title,
    paragraph,
)
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.signing import closing, sealed
from mediation_desk.documents.forms.substance import case_number
from mediation_desk.shared.dates import cn_date, cn_month
from mediation_desk.shared.money import figures, in_full
from mediation_desk.shared.track import Track

TITLES = dict.fromkeys(Track, "付款清单")
_COLUMNS = (
    Column(title="序号", weight=12),
    Column(title="条款", weight=25),
    Column(title="付款人", weight=34),
    Column(title="收款人", weight=31),
    Column(title="金额（元）", weight=28),
    Column(title="付款期限", weight=32),
    Column(title="付款记录", weight=26),
)
_MONEY = (ClauseKind.PAY, ClauseKind.TRANSFER)


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print, or None."""
    return None if any(_clauses(file)) else "协议里没有要付的钱，没有付款清单。"


def compose(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """One list; the last column is for the hand of whoever keeps it."""
    number = case_number(file)
    rows = [
        (
            _clause_name(clause, part),
            *_people(file, clause),
            figures(amount),
            cn_date(due) if due else "见条款",
        )
        for clause in _clauses(file)
        for part, due, amount in _parts(clause)
    ]
    total = sum((clause.amount or Decimal() for clause in _clauses(file)), Decimal("0.00"))
    blocks: tuple[Block, ...] = (
        Title(text="付款清单"),
        Number(text=f"编号：{number or file.case_key}"),
        paragraph(f"{file.title}。", label="案由：", indent=False),
        Table(
            columns=_COLUMNS,
            rows=tuple((str(place), *cells, "") for place, cells in enumerate(rows, start=1)),
            tall=True,
        ),
        paragraph(f"{len(rows)}笔，{in_full(total)}。", label="合计："),
        *_monthly(file),
        paragraph(closing(file, "付款清单"), keep=True),
        sealed(file, "付款清单", file.agreement.signed_on if file.agreement else None),
    )
    day = file.agreement.signed_on if file.agreement else None
    heading = Heading(form="付款清单", title="付款清单", number=number, dated=day)
    return (Paper(heading=heading, blocks=blocks, profile=Profile.DENSE),)


def _clauses(file: CaseFile) -> Iterator[Clause]:
    for clause in file.agreement.clauses if file.agreement else ():
        if clause.kind in _MONEY and clause.amount and clause.payer and clause.payee:
            yield clause


def _parts(clause: Clause) -> Iterator[tuple[int | None, date | None, Decimal]]:
    for part in clause.instalments:
        yield part.no, part.due_on, part.amount
    if not clause.instalments and clause.amount is not None:
        yield None, clause.due_on, clause.amount


def _clause_name(clause: Clause, part: int | None) -> str:
    return f"第{clause.no}条" + (f"第{part}期" if part else "")


def _people(file: CaseFile, clause: Clause) -> tuple[str, str]:
    payer, payee = (
        "、".join(map(file.name_of, refs(joined or ""))) for joined in (clause.payer, clause.payee)
    )
    return payer, payee


def _monthly(file: CaseFile) -> Iterator[Block]:
    """Payments that come back every month, beside the list: they have no sum of their own in it."""
    for one in file.recurring:
        yield paragraph(
            f"第{one.clause}条：自{cn_month(one.first_month)}至{cn_month(one.last_month)}，每月{one.pay_day}日前付"
            f"{figures(one.monthly)}元，共{one.months}个月。",
            label="按月支付：",
        )


FORM = Form(
    key="payments", code="付款清单", stage=Stage.AFTERWARDS, titles=TITLES, applies=applies, compose=compose
)
