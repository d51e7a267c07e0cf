"""Who outside was given what of a case: read from the acts that gave it, and what was noted by hand (art. 23)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mediation_desk.cases.beside import OrderStatus
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.privacy.model import Transfer
from mediation_desk.cases.privacy.personal_rules import personal_rules


def transfers_of(file: CaseFile) -> tuple[Transfer, ...]:
    """Every transfer, oldest first. Orders, court, replies, reports and loans are on file already; none is doubled."""
    return tuple(
        sorted((*_to_courts(file), *_to_others(file), *file.beside.transfers), key=lambda one: one.on)
    )


def _to_courts(file: CaseFile) -> Iterator[Transfer]:
    for earlier in file.beside.earlier_applications:
        yield _known("司法确认", earlier.applied_on, earlier.court)
    court = file.judicial_confirmation
    if court.applied_on is not None:
        yield _known("司法确认", court.applied_on, court.court or "法院")
    referral = file.court_referral
    if referral is not None and referral.returned_on is not None:
        yield _known("退回法院", referral.returned_on, referral.court)


def _to_others(file: CaseFile) -> Iterator[Transfer]:
    for order in file.beside.orders:
        if order.status is not OrderStatus.VOIDED:
            yield _known(order.kind.value, order.given_on, order.to, order.given_by)
    if (reply := file.feedback_to_source) is not None:
        yield _known("反馈", reply.on, reply.to)
    for risk in file.beside.risks:
        if risk.reported_on is not None:
            yield _known("上报", risk.reported_on, risk.reported_to, risk.noted_by)
    for loan in file.beside.loans:
        if loan.unit:
            yield _known("借阅", loan.on, f"{loan.unit}{loan.who}", loan.lent_by)


def _known(kind: str, on: date, to: str, by: str = "") -> Transfer:
    what, ground = personal_rules().transfers[kind]
    return Transfer(on=on, to=to, what=what, ground=f"{kind}：{ground}", by=by)
