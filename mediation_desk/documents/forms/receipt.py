"""F-13 履行凭证: a receipt for every payment made, with room for the voucher beneath."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from mediation_desk.agreements.model import Performance
from mediation_desk.agreements.settling import refs
from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import (
    Block,
    DayLine,
    Heading,
    Number,
    Paper,
    Profile,
    SignatureArea,
    SignaturePlace,
    Title,
    paragraph,
)
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.form_grid import FormGrid, row, value
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.signing import acting, called, closing, party_places
from mediation_desk.documents.forms.substance import case_number, numeral
from mediation_desk.documents.house import house
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.money import in_full
from mediation_desk.shared.record import record
from mediation_desk.shared.track import Track

TITLES = dict.fromkeys(Track, "履行凭证（收条）")
_TITLE = "收　条"


@record
class _Paid:
    """A payment that was made."""

    row: Performance
    payer: str
    payee: str
    amount: Decimal


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print, or None."""
    return None if any(_paid(file)) else "协议还没有付过款，没有收条。"


def compose(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """One receipt for each payment, in the order they are on file."""
    return tuple(_receipt(file, paid, no) for no, paid in enumerate(_paid(file), start=1))


def _paid(file: CaseFile) -> Iterator[_Paid]:
    for one in file.performance:
        if one.done_on is not None and one.amount and one.payer and one.payee:
            yield _Paid(row=one, payer=one.payer, payee=one.payee, amount=one.amount)


def _receipt(file: CaseFile, paid: _Paid, no: int) -> Paper:
    number, one = case_number(file), paid.row
    agreed = f"{number}调解协议" if number else "调解协议"
    part = f"第{numeral(one.instalment)}期" if one.instalment else ""
    day = cn_date(one.done_on) if one.done_on else ""
    payer = _names(file, paid.payer)
    blocks: tuple[Block, ...] = (
        Title(text=_TITLE),
        Number(text=f"编号：{number or file.case_key}（收{no}）"),
        paragraph(
            f"今收到{payer}按照{agreed}第{numeral(one.clause)}条{part}支付的款项{in_full(paid.amount)}。"
        ),
        paragraph(f"{one.evidence or '　　　　　　　　'}。", label="付款方式、凭据："),
        paragraph(f"{cn_date(one.due_on)}。", label="约定的付款日期："),
        paragraph(closing(file, "F-13"), keep=True),
        SignatureArea(places=_places(file, paid)),
        DayLine(day=day),
        FormGrid(columns=(1,), rows=(row(value("转账回单、汇款单等凭证粘贴处："), height=100),)),
    )
    heading = Heading(form="F-13", title="收条", number=number, dated=one.done_on, part=f"第{numeral(no)}张")
    return Paper(heading=heading, blocks=blocks, profile=Profile.SMALL)


def _names(file: CaseFile, joined: str) -> str:
    return "、".join(map(file.name_of, refs(joined)))


def _places(file: CaseFile, paid: _Paid) -> tuple[SignaturePlace, ...]:
    """Whoever may settle for the one who is paid."""
    parties = [party for party in file.parties if party.ref in refs(paid.payee)]
    places = [p for party in parties for p in called(party_places(file, party), party, "收款人")]
    return acting(places, house("F-13").act)


FORM = Form(
    key="receipt", code="F-13", stage=Stage.AFTERWARDS, titles=TITLES, applies=applies, compose=compose
)
