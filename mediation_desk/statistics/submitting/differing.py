"""A submission as it is stored, and against today."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from mediation_desk.shared.dates import cn_period
from mediation_desk.shared.errors import InputError, StorageError
from mediation_desk.shared.record import record
from mediation_desk.statistics.dimensions import label_of
from mediation_desk.statistics.figures import definitions, facts_by
from mediation_desk.statistics.filling import narrowed
from mediation_desk.statistics.ports import Question
from mediation_desk.statistics.submitting.comparing import (
    PlacedSums,
    cell_changes,
    filled,
    minus,
    with_deltas,
)
from mediation_desk.statistics.submitting.explaining import case_changes
from mediation_desk.statistics.submitting.model import (
    Booked,
    CellChange,
    Delta,
    Difference,
    Kept,
    Submission,
)
from mediation_desk.statistics.submitting.plain import restored
from mediation_desk.statistics.submitting.ports import SubmissionWork
from mediation_desk.statistics.submitting.sealing import TAMPERED, sealed, sealed_correction
from mediation_desk.statistics.tables import TableRule


@record
class Asked:
    """One table of a submission: its rule, the question it answered, and the sums kept."""

    rule: TableRule
    question: Question
    sums: PlacedSums


@record
class Found:
    """A difference, and the movements of cases that nobody has booked."""

    difference: Difference
    deltas: tuple[Delta, ...]


def stored(work: SubmissionWork, number: int) -> Submission:
    """A submission. Raises ``InputError`` where there is none."""
    found = work.submissions.find(number)
    if found is None:
        raise InputError("没有这次报送。", field="submission")
    return found


def kept_of(work: SubmissionWork, submission: Submission) -> Kept:
    """Its content. Raises ``StorageError`` where it is not what was sealed."""
    content = work.submissions.content(submission.id)
    if sealed(submission, content, work.submissions.rows_digest(submission.id)) != submission.sha256:
        period = cn_period(submission.period.first, submission.period.last)
        raise StorageError(TAMPERED.format(what=f"{period}的报送"))
    return restored(Kept, content)


def corrections_of(work: SubmissionWork, number: int | None) -> tuple[Booked, ...]:
    """Corrections booked. Raises ``StorageError`` where one is not what was sealed."""
    found = work.submissions.corrections(number)
    for one in found:
        if sealed_correction(one) != one.sha256:
            raise StorageError(TAMPERED.format(what=f"第{one.no}号更正"))
    return found


def asked_of(work: SubmissionWork, submission: Submission, kept: Kept) -> list[Asked]:
    """Every table of a submission with the sums kept for it."""
    found: list[Asked] = []
    for rule in kept.rules:
        among = narrowed(rule.among, kept.among)
        question = Question(
            period=submission.period,
            as_of=submission.as_of,
            among=among or kept.among,
            submission=submission.id,
        )
        base = kept.book.base(column.code for column in rule.columns)
        sums: PlacedSums = {}
        if among is not None:
            sums = dict(work.statistics.sums(base, question, rule.rows).items())
        found.append(Asked(rule=rule, question=question, sums=sums))
    return found


def difference(
    work: SubmissionWork, submission: Submission, *, told: bool, only: Collection[str] = ()
) -> Found:
    """A submission against today; with ``only``, what these cases moved and nobody booked."""
    kept = kept_of(work, submission)
    corrections = corrections_of(work, submission.id)
    booked = tuple(delta for one in corrections for delta in one.deltas)
    keys = sorted({*work.submissions.moved(_whole(submission, kept)), *(one.case_key for one in booked)})
    tables = asked_of(work, submission, kept)
    moved = tuple(delta for one in tables for delta in _deltas(work, kept, one, keys))
    pending = tuple(one for one in minus(moved, booked) if not only or one.case_key in only)
    if only:  # the others stay as they were booked
        moved = minus((*booked, *pending), ())
    cells: list[CellChange] = []
    for one in tables:
        sums, rule = one.sums, one.rule
        corrected = with_deltas(sums, _of(rule, booked))
        now = with_deltas(sums, _of(rule, moved))
        made = tuple(filled(kept, rule, some, one.question, label_of) for some in (sums, corrected, now))
        cells += cell_changes(rule, kept.book, (made[0], made[1], made[2]), (*moved, *booked))
    found = Difference(
        submission=submission,
        cells=tuple(cells),
        cases=case_changes(work, submission, kept, moved, pending, corrections, told=told),
        corrections=corrections,
        rules_changed=kept.definitions != definitions(),
        facts_changed=kept.facts_by != facts_by(),
    )
    return Found(difference=found, deltas=pending)


def _whole(submission: Submission, kept: Kept) -> Question:
    return Question(
        period=submission.period, as_of=submission.as_of, among=kept.among, submission=submission.id
    )


def _deltas(work: SubmissionWork, kept: Kept, one: Asked, keys: Sequence[str]) -> tuple[Delta, ...]:
    """By how much each of these cases moved the sums of a table."""
    if not keys or narrowed(one.rule.among, kept.among) is None:
        return ()
    base = kept.book.base(column.code for column in one.rule.columns)
    now = replace(one.question, submission=None)
    found: list[Delta] = []
    for sign, question in ((1, now), (-1, one.question)):
        for (key, *place), sums in work.submissions.per_case(base, question, one.rule.rows, keys).items():
            signed = {code: sign * value for code, value in sums.items()}
            found.append(Delta(case_key=str(key), table=one.rule.code, place=tuple(place), sums=signed))
    return minus(found, ())


def _of(rule: TableRule, deltas: Sequence[Delta]) -> list[Delta]:
    return [one for one in deltas if one.table == rule.code]
