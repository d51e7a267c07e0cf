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
from mediation_desk.statistics.organisations.table import CODE
from mediation_desk.statistics.ports import Filter, Question
from mediation_desk.statistics.service import Cell, behind_figure
from mediation_desk.statistics.submitting.comparing import (
    PlacedSums,
    cell_changes,
    filled,
    minus,
    with_deltas,
)
from mediation_desk.statistics.submitting.explaining import case_changes
from mediation_desk.statistics.submitting.members import member_changes, redefined
from mediation_desk.statistics.submitting.model import (
    Booked,
    Delta,
    Difference,
    Kept,
    Submission,
)
from mediation_desk.statistics.submitting.naming import Naming, by_any_name, naming_of
from mediation_desk.statistics.submitting.plain import restored
from mediation_desk.statistics.submitting.ports import SubmissionWork
from mediation_desk.statistics.submitting.sealing import TAMPERED, sealed, sealed_correction
from mediation_desk.statistics.tables import TableRule


@record
class Asked:
    """One table of a submission: its rule, the question it answered, and the sums kept; bodies by one name each."""

    rule: TableRule
    question: Question
    sums: PlacedSums
    naming: Naming


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
        among, naming = _among(rule, kept), naming_of(rule, kept.table(rule.code))
        question = Question(
            period=submission.period,
            as_of=submission.as_of,
            among=among or kept.among,
            submission=submission.id,
        )
        base = kept.book.base(column.code for column in rule.columns)
        sums: PlacedSums = {}
        if among is not None:
            sums = naming.sums(dict(work.statistics.sums(base, question, rule.rows).items()))
        found.append(Asked(rule=rule, question=question, sums=sums, naming=naming))
    return found


def difference(
    work: SubmissionWork, submission: Submission, *, told: bool, only: Collection[str] = ()
) -> Found:
    """A submission against today; with ``only``, what these cases moved and nobody booked."""
    kept = kept_of(work, submission)
    corrections = corrections_of(work, submission.id)
    tables = asked_of(work, submission, kept)
    booked = tuple(delta for one in tables for delta in booked_of(one, corrections))
    keys = sorted({*work.submissions.moved(_whole(submission, kept)), *(one.case_key for one in booked)})
    moved = tuple(delta for one in tables for delta in _deltas(work, kept, one, keys))
    pending = tuple(one for one in minus(moved, booked) if not only or one.case_key in only)
    if only:  # the others stay as they were booked
        moved = minus((*booked, *pending), ())
    cells = list(member_changes(work, kept, submission, corrections, as_booked=bool(only)))
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
        rules_changed=kept.definitions != definitions() or redefined(kept),
        facts_changed=kept.facts_by != facts_by(),
    )
    return Found(difference=found, deltas=pending)


def _whole(submission: Submission, kept: Kept) -> Question:
    among = by_any_name(kept.among)
    return Question(period=submission.period, as_of=submission.as_of, among=among, submission=submission.id)


def booked_of(one: Asked, corrections: Sequence[Booked]) -> tuple[Delta, ...]:
    """What corrections say about a table."""
    return one.naming.deltas(_of(one.rule, [delta for each in corrections for delta in each.deltas]))


def _among(rule: TableRule, kept: Kept) -> Filter | None:
    """Which cases a table of the submission is about, by any name of their bodies; None for none."""
    return narrowed(by_any_name(rule.among), by_any_name(kept.among))


def _deltas(work: SubmissionWork, kept: Kept, one: Asked, keys: Sequence[str]) -> tuple[Delta, ...]:
    """By how much each of these cases moved the sums of a table."""
    if not keys or _among(one.rule, kept) is None:
        return ()
    base = kept.book.base(column.code for column in one.rule.columns)
    now = replace(one.question, submission=None)
    found: list[Delta] = []
    for sign, question in ((1, now), (-1, one.question)):
        for (key, *place), sums in work.submissions.per_case(base, question, one.rule.rows, keys).items():
            signed = {code: sign * value for code, value in sums.items()}
            at = one.naming.place(tuple(place))
            found.append(Delta(case_key=str(key), table=one.rule.code, place=at, sums=signed))
    return minus(found, ())


def _of(rule: TableRule, deltas: Sequence[Delta]) -> list[Delta]:
    return [one for one in deltas if one.table == rule.code]


def kept_cell(
    work: SubmissionWork,
    submission: Submission,
    spot: tuple[str, str, str],
    *,
    of_whole: bool,
    after: str,
    limit: int | None,
) -> Cell:
    """The cases behind a reported figure; ``spot`` is table, line and column."""
    kept, (code, row, column) = kept_of(work, submission), spot
    table = kept.table(code)
    if table is None:
        raise InputError(f"这次报送没有统计表“{code}”。", field="table")
    if code == CODE:
        raise InputError("表一的数后面是单位、人员和工作记录，不是案件。", field="table")
    line, shown, rule = table.row(row), table.column(column), kept.rule(code)
    figure, whole = behind_figure(kept.book, shown.code)
    if of_whole and whole is not None:
        figure = whole
    among = narrowed(rule.among, kept.among)
    if among is None:
        return Cell(table=table, row=line, column=shown, figure=figure, shares=(), whole=whole)
    asked = Question(
        period=line.period or table.period, as_of=table.as_of, among=among, submission=submission.id
    )
    wanted = None if limit is None else limit + 1
    shares = work.statistics.shares(figure, asked, line.place, after=after, limit=wanted)
    more = limit is not None and len(shares) > limit
    return Cell(
        table=table,
        row=line,
        column=shown,
        figure=figure,
        shares=shares[:limit] if more else shares,
        whole=whole,
        more=more,
    )
