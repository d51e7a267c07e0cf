"""The promises of a case: its file and what lies beside it, read together (T-18, T-19)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from mediation_desk.agreements.default import (
    AccelerationRule,
    DefaultTerms,
    Penalty,
    Per,
    terms_in_words,
)
from mediation_desk.agreements.model import Performance
from mediation_desk.agreements.performance import due_day
from mediation_desk.agreements.promises import Promises, Standing, standing
from mediation_desk.agreements.recurring import unlisted
from mediation_desk.agreements.settling import shares, still_owed, total
from mediation_desk.agreements.terms import Term
from mediation_desk.cases.model import CaseFile

TEN_THOUSAND = Decimal(10_000)
"""A composed penalty counts by 万分之 a day."""


def owed(file: CaseFile) -> tuple[Performance, ...]:
    """What is promised and neither done nor forgiven, months to come included; whatever the day."""
    clauses = file.agreement.clauses if file.agreement else ()
    in_force = file.recurring if file.recurring and file.effective_on is not None else ()
    return still_owed(file.performance, file.beside.waivers, in_force, clauses)


def outstanding(file: CaseFile, on: date) -> Decimal:
    """What was due before ``on`` and is still owed, in yuan."""
    return total(row for row in owed(file) if due_day(row) < on)


def promises_of(file: CaseFile) -> Promises:
    """The agreement in force with all that happened to it."""
    in_force = file.effective_on is not None
    return Promises(
        clauses=file.agreement.clauses if file.agreement else (),
        rows=file.performance,
        recurring=file.recurring if in_force else (),
        waivers=file.beside.waivers,
        urgings=file.beside.urgings,
        effective_on=file.effective_on,
        terms=terms_of(file),
    )


def standing_of(file: CaseFile, day: date) -> Standing:
    """How the promises of the case stand on ``day``."""
    return standing(promises_of(file), day)


def terms_of(file: CaseFile) -> DefaultTerms:
    """What follows a breach: what is recorded of it, else how the clauses were composed, else their words."""
    said = _composed(file.beside.terms) or terms_in_words(file.agreement.clauses if file.agreement else ())
    on_file = (file.parameters or {}).get("acceleration")
    if isinstance(on_file, dict):
        rule = AccelerationRule(clause=on_file["clause"], grace_days=on_file["grace_days"])
        return replace(said, acceleration=rule, from_text=said.penalty is not None)
    return said


def _composed(terms: Iterable[Term]) -> DefaultTerms | None:
    """What somebody chose for being late; None where nobody did, or the words were changed by hand since."""
    chosen = [term for term in terms if not term.edited]
    late = next((term for term in chosen if term.grace_days is not None), None)
    daily = next((term for term in chosen if term.penalty), None)
    if late is None and daily is None:
        return None
    rule = AccelerationRule(clause=late.clause, grace_days=late.grace_days or 0) if late else None
    penalty = None
    if daily is not None and daily.penalty is not None:
        penalty = Penalty(clause=daily.clause, rate=daily.penalty / TEN_THOUSAND, per=Per.DAY)
    return DefaultTerms(acceleration=rule, penalty=penalty)


def with_months_due(file: CaseFile, day: date) -> CaseFile:
    """``file`` with a row for every month fallen due by ``day`` (a file lists only those)."""
    if not file.recurring or file.effective_on is None or file.agreement is None:
        return file
    found = unlisted(file.recurring, file.agreement.clauses, file.performance)
    fallen = tuple(row for row in found if row.due_on <= day)
    return replace(file, performance=(*file.performance, *fallen)) if fallen else file


def settled_on(file: CaseFile) -> date | None:
    """Day the last thing was done or forgiven; None while anything is owed or nothing was."""
    if owed(file):
        return None
    days = [share.settled_on for share in shares(file.performance, file.beside.waivers)]
    return max((day for day in days if day is not None), default=None)


def waived_total(file: CaseFile) -> Decimal:
    """What creditors forgave, in yuan."""
    found = shares(file.performance, file.beside.waivers)
    return total(share.row for share in found if share.waiver is not None)
