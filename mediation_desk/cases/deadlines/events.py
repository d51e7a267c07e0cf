"""What happened in a case and when, as the rules of deadlines name it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from mediation_desk.cases.beside import OrderKind
from mediation_desk.cases.counted import performed_on
from mediation_desk.cases.deadlines.rules import Stage, Start
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.vocabulary import Result

_NOT_AGREED = (Result.FAILED, Result.TERMINATED)


def began_on(file: CaseFile, start: Start) -> date | None:
    """Day of the event; None when it has not happened or happens outside the case file."""
    match start:
        case Start.RECEIVED:
            return file.intake.received_on
        case Start.ACCEPTED:
            return file.intake.accepted_on
        case Start.SIGNED_FOR:
            return file.court_referral.received_signed_on if file.court_referral else None
        case Start.IN_FORCE:
            return file.effective_on
        case Start.PERFORMED:
            return performed_on(file)
        case Start.ENDED:
            return file.ending.on if file.ending and file.ending.kind in _NOT_AGREED else None
        case Start.APPLIED:
            return file.judicial_confirmation.applied_on
    return None


def done_on(file: CaseFile, stage: Stage) -> date | None:
    """Day on which what the stage asks for was done, or could no longer be done; None while it is open."""
    over = file.outcome.concluded_on if file.outcome else None
    court = file.judicial_confirmation
    match stage:
        case Stage.REPLY:
            return file.intake.accepted_on or over or _handed_over(file)
        case Stage.CHOOSE | Stage.APPOINT:
            return _first(one.selected_on for one in file.mediators) or over
        case Stage.CONTACT:
            return _met(file) or over
        case Stage.PERIOD:
            return over
        case Stage.INFORM:
            return file.ending.told_on if file.ending else None
        case Stage.CONFIRM:
            return court.applied_on
        case Stage.COURT_ACCEPT:
            return court.applied_on if court.case_no else court.decided_on
        case Stage.COURT_DECIDE:
            return court.decided_on
        case Stage.VISIT:
            closed = file.beside.closing.on if file.beside.closing else None
            put_away = file.archive.archived_on if file.archive else None
            return _first(visit.on for visit in file.followups) or closed or put_away
    return None


def _handed_over(file: CaseFile) -> date | None:
    order = file.beside.moving_order
    return order.given_on if order is not None and order.kind is OrderKind.HAND_OVER else None


def _met(file: CaseFile) -> date | None:
    """First sign that the sides were spoken to: somebody chosen, a session fixed, an inquiry made."""
    days = [one.selected_on for one in file.mediators]
    days += [one.date for one in file.sessions] + [one.on for one in file.investigations]
    return _first(days)


def _first(days: Iterable[date]) -> date | None:
    return min(days, default=None)
