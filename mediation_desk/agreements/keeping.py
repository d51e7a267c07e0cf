"""What the exchange format has no word for once an agreement is in force: waivers, urgings, findings of a visit.

They lie beside the file (decision 6); nothing here is ever deleted, an error is corrected by undoing the step.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from mediation_desk.shared.record import record


class ProofKind(StrEnum):
    """What shows that something was paid or done (F-13)."""

    TRANSFER = "转账回单"
    RECEIPT = "收条"
    REMITTANCE = "汇款单"
    ON_THE_SPOT = "当场确认"
    PHOTO = "照片"
    CONFIRMED = "对方确认"
    OTHER = "其他"


class Escalation(StrEnum):
    """Whether the quarrel broke out again in a worse form (F-14)."""

    NONE = "没有激化"
    SIGNS = "有激化苗头"
    HAPPENED = "已经激化"


@record
class Waiver:
    """免除: a creditor forgives an item or a part of it. ``amount`` in yuan; None for an act, waived whole.

    ``by`` is the party that forgives, ``payer`` the debtor meant where several owe the same item.
    """

    no: int
    clause: int
    instalment: int | None = None
    payer: str | None = None
    amount: Decimal | None = None
    on: date
    by: str
    reason: str


@record
class Urging:
    """督促履行通知: the body urges a debtor (人民调解法 art. 31); ``amount`` is what was overdue that day, in yuan.

    ``how`` tells the way of service, ``served_on`` the day it reached the debtor, None while unknown.
    """

    no: int
    on: date
    of: str
    amount: Decimal
    how: str = ""
    served_on: date | None = None


@record
class VisitFinding:
    """What a visit found beside performance and satisfaction (F-14); ``visit`` counts the visits from 1.

    ``suit`` tells of a later suit and its judgment, ``fault`` of something wrong with the mediation itself,
    ``measures`` what was done about it; each empty where there is nothing to tell.
    """

    visit: int
    escalation: Escalation = Escalation.NONE
    relapsed: bool = False
    suit: str = ""
    fault: str = ""
    measures: str = ""


def proof_words(kind: ProofKind | None, detail: str = "") -> str | None:
    """``转账回单（尾号0101）``: how the evidence of a payment or act is written; None for none."""
    told = detail.strip()
    if kind is None or kind is ProofKind.OTHER:
        return told or None
    return f"{kind}（{told}）" if told and told != kind else kind.value
