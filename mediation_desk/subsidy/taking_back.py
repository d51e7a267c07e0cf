"""Claims that pay nothing: a refusal on record, and the negative line that takes an approved claim back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from mediation_desk.subsidy.model import Claim, ClaimStatus
from mediation_desk.subsidy.sharing import Share
from mediation_desk.subsidy.worksheet import Worksheet


def negative_of(claim: Claim, reason: str, by: str, at: datetime, month: date) -> Claim:
    """The same claim with its signs turned; it waits for the next list. ``month`` until then: when it was voided."""
    return replace(
        claim,
        id=0,
        batch=None,
        month=month,
        amount=-claim.amount,
        shares=tuple(map(_turned, claim.shares)),
        status=ClaimStatus.WAITING,
        reason=reason,
        corrects=claim.id,
        approved=False,
        differs=False,
        by=by,
        at=at,
        decided_by="",
        decided_at=None,
        paid_on=None,
    )


def refusal_of(sheet: Worksheet, reason: str, by: str, at: datetime) -> Claim:
    """不予批准 without a list: the case is out of the way until somebody voids this."""
    return Claim(
        case_key=sheet.case_key,
        number=sheet.number,
        body=sheet.body,
        category=sheet.category,
        concluded_on=sheet.concluded_on or sheet.on,
        month=sheet.on.replace(day=1),
        batch=None,
        scheme=sheet.scheme,
        scheme_version=sheet.scheme_version,
        pay_class=sheet.pay_class,
        clause=sheet.clause,
        amount=Decimal("0.00"),
        shares=(),
        status=ClaimStatus.REFUSED,
        reason=reason,
        basis=sheet.basis,
        parties=sheet.parties,
        by=by,
        at=at,
        decided_by=by,
        decided_at=at,
    )


def _turned(share: Share) -> Share:
    return replace(share, base=-share.base, extra=-share.extra, amount=-share.amount)
