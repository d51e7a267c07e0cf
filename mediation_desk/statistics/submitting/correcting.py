"""Corrections of a submission: booked for good, and the tables they leave."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from mediation_desk.access.actor import Actor
from mediation_desk.shared.errors import RuleError
from mediation_desk.statistics.dimensions import label_of
from mediation_desk.statistics.model import StatTable
from mediation_desk.statistics.organisations.table import CODE
from mediation_desk.statistics.submitting.comparing import filled, with_deltas
from mediation_desk.statistics.submitting.differing import (
    asked_of,
    booked_of,
    corrections_of,
    difference,
    kept_of,
)
from mediation_desk.statistics.submitting.members import corrected_organisations
from mediation_desk.statistics.submitting.model import Booked, Submission
from mediation_desk.statistics.submitting.ports import SubmissionWork
from mediation_desk.statistics.submitting.sealing import sealed_correction


def book_correction(
    work: SubmissionWork,
    actor: Actor,
    at: datetime,
    submission: Submission,
    reason: str,
    keys: Collection[str],
) -> Booked:
    """Keep what these cases moved, or all that moved, 表一 with it. Raises ``RuleError`` where nothing is left."""
    work.submissions.alone()
    found = difference(work, submission, told=False, only=frozenset(keys))
    if not found.difference.unbooked:
        raise RuleError("没有待登记的更正：报送之后的变化都已登记，或者没有变化。", rule="V-11")
    made = Booked(
        submission=submission.id,
        no=len(found.difference.corrections) + 1,
        at=at,
        account=actor.account,
        display_name=actor.display_name,
        reason=reason,
        deltas=found.deltas,
        cells=tuple(one for one in found.difference.cells if one.pending),
        cases=found.difference.pending,
    )
    made = replace(made, sha256=sealed_correction(made))
    work.submissions.book(made)
    work.audit.write(
        at=made.at,
        account=made.account,
        action="statistics.correct",
        details={
            "submission": made.submission,
            "no": made.no,
            "cases": len(made.cases),
            "sha256": made.sha256,
        },
    )
    return made


def corrected(work: SubmissionWork, submission: Submission) -> tuple[StatTable, ...]:
    """The tables of a submission with the corrections booked, without lines to date."""
    kept, corrections = kept_of(work, submission), corrections_of(work, submission.id)
    staff = kept.table(CODE)
    of_cases = tuple(
        filled(kept, one.rule, with_deltas(one.sums, booked_of(one, corrections)), one.question, label_of)
        for one in asked_of(work, submission, kept)
    )
    return of_cases if staff is None else (corrected_organisations(staff, corrections), *of_cases)
