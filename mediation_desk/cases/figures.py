"""Figures of a case that lists and statistics read without opening the file; worked out at each save."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from mediation_desk.agreements.model import CONFIRMED
from mediation_desk.cases.checks.period import last_due_on
from mediation_desk.cases.counted import performed_on, source_of
from mediation_desk.cases.feedback import unheard_since
from mediation_desk.cases.lifecycle import State, state_of
from mediation_desk.cases.model import CaseFile
from mediation_desk.shared.record import record


@record
class Figures:
    """Money in yuan; days as dates, so that every figure can be asked for any ``as_of``."""

    state: State
    people_involved: int
    party_names: str
    presiding_name: str | None
    source_kind: str
    due_on: date | None
    effective_on: date | None
    agreed_yuan: Decimal
    performed_on: date | None
    confirm_applied_on: date | None
    confirm_valid_on: date | None
    unheard_since: date | None


def figures(file: CaseFile) -> Figures:
    """Work out the figures of ``file``."""
    confirmation = file.judicial_confirmation
    success = file.outcome is not None and file.outcome.result.success
    valid = confirmation.result == CONFIRMED
    return Figures(
        state=state_of(file),
        people_involved=file.people_involved,
        party_names="、".join(party.name for party in file.parties),
        presiding_name=file.presiding.name if file.presiding else None,
        source_kind=source_of(file.intake),
        due_on=last_due_on(file),
        effective_on=file.effective_on,
        agreed_yuan=file.agreement.total_payable if file.agreement and success else Decimal("0.00"),
        performed_on=performed_on(file),
        confirm_applied_on=confirmation.applied_on,
        confirm_valid_on=confirmation.decided_on if valid else None,
        unheard_since=unheard_since(file),
    )
