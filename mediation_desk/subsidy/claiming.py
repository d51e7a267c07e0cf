"""A new list, a claim made of a worksheet, and what a decision makes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from mediation_desk.access.actor import Actor
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.text import canonical
from mediation_desk.subsidy.model import Batch, BatchStatus, Claim, ClaimStatus
from mediation_desk.subsidy.worksheet import Worksheet

LONGEST_REASON = 500


def new_batch(actor: Actor, month: date, at: datetime, no: int = 1) -> Batch:
    """A list that waits for approval."""
    return Batch(
        month=month.replace(day=1),
        no=no,
        status=BatchStatus.WAITING,
        prepared_by=actor.display_name,
        prepared_account=actor.account,
        prepared_at=at,
    )


def claim_of(sheet: Worksheet, batch: Batch, actor: Actor, at: datetime) -> Claim:
    """The line of a case on a list."""
    if sheet.concluded_on is None:
        raise RuleError(f"{sheet.case_key}还没有办结。")
    return Claim(
        case_key=sheet.case_key,
        number=sheet.number,
        body=sheet.body,
        category=sheet.category,
        concluded_on=sheet.concluded_on,
        month=batch.month,
        batch=batch.id,
        scheme=sheet.scheme,
        scheme_version=sheet.scheme_version,
        pay_class=sheet.pay_class,
        clause=sheet.clause,
        amount=sheet.amount,
        shares=sheet.shares,
        status=ClaimStatus.WAITING,
        basis=sheet.basis,
        parties=sheet.parties,
        by=actor.display_name,
        at=at,
    )


def decided(claim: Claim, refusal: str, actor: Actor, at: datetime) -> Claim:
    """The line approved, or refused for a reason."""
    status = ClaimStatus.REFUSED if refusal else ClaimStatus.APPROVED
    return replace(
        claim,
        status=status,
        reason=refusal or claim.reason,
        approved=not refusal,
        decided_by=actor.display_name,
        decided_at=at,
    )


def voided(claim: Claim, reason: str, actor: Actor, at: datetime) -> Claim:
    """The line voided; it stays where it stands."""
    return replace(
        claim, status=ClaimStatus.VOIDED, reason=reason, decided_by=actor.display_name, decided_at=at
    )


def reason_of(words: str) -> str:
    """A reason as it is kept. Raises ``InputError`` for none."""
    reason = canonical(words.strip(), "理由", longest=LONGEST_REASON)
    if not reason:
        raise InputError("请写明理由。", field="reason")
    return reason
