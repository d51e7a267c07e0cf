"""The mediation period of a case: from when it counts and when it ends (domain.md §1.5)."""

from __future__ import annotations

from datetime import date

from mediation_desk.cases.model import CaseFile, CourtReferral, Extension, Intake, Suspension
from mediation_desk.cases.vocabulary import DayUnit
from mediation_desk.shared.workdays import DueDay, Period, add_period, parse_period

_FROM_RECEIPT = ("收到申请", "劳动争议")
"""Rules that count from receipt of the application (劳动争议调解仲裁法 art. 14)."""

LONGEST = 3650
"""Days beyond which no period is counted: a typing mistake, not a mediation."""


def starts_on(intake: Intake, referral: CourtReferral | None = None) -> date | None:
    """Day the period counts from: receipt of the court's papers or of the application, or acceptance."""
    if referral is not None:
        return referral.received_signed_on
    if any(word in (intake.mediation_due_rule or "") for word in _FROM_RECEIPT):
        return intake.received_on
    return intake.accepted_on


def due_on(intake: Intake, referral: CourtReferral | None = None) -> DueDay | None:
    """End of the period as seen on acceptance; None without a rule, a length or a first day."""
    period = parse_period(intake.mediation_due_rule or "")
    start = starts_on(intake, referral)
    if period is None or start is None or period.days > LONGEST:
        return None
    return add_period(start, period)


def last_due_on(file: CaseFile) -> date | None:
    """Last day for a session: what the last suspension or extension made of the period."""
    changes = in_order(file)
    return changes[-1].due_after if changes else file.intake.mediation_due_on


def moved(due_before: date, days: int, unit: DayUnit) -> DueDay:
    """``due_before`` put off by ``days`` of a suspension or extension."""
    return add_period(due_before, Period(days=days, working=unit is DayUnit.WORKING_DAYS))


def in_order(file: CaseFile) -> tuple[Suspension | Extension, ...]:
    """Suspensions and extensions as they followed each other."""
    every: tuple[Suspension | Extension, ...] = (*file.suspensions, *file.extensions)
    return tuple(sorted(every, key=_noted_on))


def _noted_on(change: Suspension | Extension) -> date:
    return change.notice_on if isinstance(change, Suspension) else change.agreed_on
