"""``SubmissionService``: periods are reported, stay as they were reported, and are corrected by what is booked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.shared.assets import rules
from mediation_desk.shared.clock import Clock, local_day
from mediation_desk.shared.dates import cn_date, cn_period
from mediation_desk.shared.errors import ConflictError, InputError, RuleError
from mediation_desk.statistics.dimensions import label_of
from mediation_desk.statistics.figures import Derived, book, definitions, facts_by
from mediation_desk.statistics.filling import fill, narrowed
from mediation_desk.statistics.model import Period, StatTable
from mediation_desk.statistics.periods import fiscal_year_of
from mediation_desk.statistics.ports import EVERYTHING, Filter, Progress, Question
from mediation_desk.statistics.service import Cell, StatisticsService, behind_figure
from mediation_desk.statistics.submitting.comparing import filled, with_deltas
from mediation_desk.statistics.submitting.differing import (
    asked_of,
    corrections_of,
    difference,
    kept_of,
    stored,
)
from mediation_desk.statistics.submitting.model import Booked, Difference, Kept, OutOfStep, Submission
from mediation_desk.statistics.submitting.plain import plain
from mediation_desk.statistics.submitting.ports import SubmissionStorage, SubmissionWork
from mediation_desk.statistics.submitting.reporting import broken_checks, foregoing, refuse_twice
from mediation_desk.statistics.submitting.sealing import sealed, sealed_correction
from mediation_desk.statistics.submitting.year import out_of_step
from mediation_desk.statistics.tables import TableRule, tables

_AT_ONCE = 20_000
_VERSIONS = ("figures", "tables", "statistics", "sources", "units")
_LONGEST = 2000


class SubmissionService:
    """Reports periods and compares them with today. What is reported is never changed, not even by the program."""

    def __init__(self, storage: SubmissionStorage, clock: Clock, statistics: StatisticsService) -> None:
        self._storage = storage
        self._clock = clock
        self._statistics = statistics

    # Reading

    def listed(self, actor: Actor) -> tuple[Submission, ...]:
        """Every submission, the latest period first, of one period the latest report first."""
        actor.require(Permission.STATISTICS_READ)
        with self._storage.read() as work:
            return work.submissions.listed()

    def latest(self, actor: Actor, period: Period, unit: str = "") -> Submission:
        """The report of a period that counts. Raises ``InputError`` where there is none."""
        for one in self.listed(actor):
            if (one.period, one.unit) == (period, unit):
                return one
        raise InputError(f"{cn_period(period.first, period.last)}还没有报送。", field="--period")

    def kept(self, actor: Actor, submission: Submission) -> Kept:
        """The content of a submission, after its seal was checked. Raises ``StorageError`` where it is broken."""
        actor.require(Permission.STATISTICS_READ)
        with self._storage.read() as work:
            return kept_of(work, stored(work, submission.id))

    def table(self, actor: Actor, code: str, submission: Submission) -> StatTable:
        """A table as it was reported. Raises ``InputError`` where it was not part of it."""
        found = self.kept(actor, submission).table(code)
        if found is None:
            raise InputError(f"这次报送没有统计表“{code}”。", field="table")
        return found

    def cell(
        self,
        actor: Actor,
        submission: Submission,
        code: str,
        row: str,
        column: str,
        *,
        of_whole: bool = False,
        after: str = "",
        limit: int | None = None,
    ) -> Cell:
        """The cases behind one reported figure, by the definitions and facts of that day; together they are it."""
        actor.require(Permission.STATISTICS_READ)
        with self._storage.read() as work:
            kept = kept_of(work, stored(work, submission.id))
            table = kept.table(code)
            if table is None:
                raise InputError(f"这次报送没有统计表“{code}”。", field="table")
            line, shown, rule = table.row(row), table.column(column), kept.rule(code)
            figure, whole = behind_figure(kept.book, shown.code)
            if of_whole and whole is not None:
                figure = whole
            among = narrowed(rule.among, kept.among)
            if among is None:
                return Cell(table=table, row=line, column=shown, figure=figure, shares=(), whole=whole)
            asked = Question(
                period=line.period or table.period,
                as_of=table.as_of,
                among=among,
                submission=submission.id,
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

    def corrections(self, actor: Actor, submission: Submission | None = None) -> tuple[Booked, ...]:
        """Corrections booked, of one submission or of all. Raises ``StorageError`` for one that was tampered with."""
        actor.require(Permission.STATISTICS_READ)
        with self._storage.read() as work:
            return corrections_of(work, None if submission is None else submission.id)

    # Reporting

    def obstacles(self, actor: Actor, period: Period, among: Filter = EVERYTHING) -> tuple[str, ...]:
        """What speaks against reporting the period today, as sentences; the checks of every table among it."""
        actor.require(Permission.STATISTICS_SUBMIT)
        found = [] if (early := self._early(period)) is None else [early]
        for code in tables().listed:
            found += broken_checks(self._statistics.table(actor, code, period, among=among))
        return tuple(found)

    def submit(
        self,
        actor: Actor,
        period: Period,
        codes: Collection[str] = (),
        *,
        note: str = "",
        override: str = "",
        reason: str = "",
        supersedes: int | None = None,
        as_of: date | None = None,
        among: Filter = EVERYTHING,
        unit: str = "",
        progress: Progress | None = None,
    ) -> Submission:
        """Report ``period``: every table, or those of ``codes``, with the facts of every case they look at.

        A period reported before is reported again only as a correction: ``supersedes`` names the report that
        counted so far, ``reason`` says why. Raises ``RuleError`` for a period that is not over, for broken checks
        without a written ``override``, and where somebody else has just reported it; ``InputError`` for a missing
        reason; ``PermissionDenied`` without the right to report.
        """
        actor.require(Permission.STATISTICS_SUBMIT)
        for name, words in (("note", note), ("override", override), ("reason", reason)):
            if len(words) > _LONGEST:
                raise InputError(f"最多写{_LONGEST}字。", field=name)
        if (early := self._early(period)) is not None:
            raise RuleError(early, rule="LR-20")
        listed = tables().listed
        for code in codes:
            if code not in listed:
                raise InputError(f"没有统计表“{code}”，可选{'、'.join(listed)}。", field="table")
        wanted = [listed[code] for code in codes or listed]
        self._statistics.renew()
        try:
            with self._storage.write() as work:
                work.submissions.alone()
                before = foregoing(work.submissions.listed(), period, unit, supersedes, reason)
                made = Submission(
                    id=work.submissions.next_id(),
                    period=period,
                    as_of=as_of or local_day(self._clock()),
                    no=before.no + 1 if before else 1,
                    at=self._clock(),
                    account=actor.account,
                    display_name=actor.display_name,
                    cases=0,
                    sha256="",
                    unit=unit,
                    note=note.strip(),
                    reason=reason.strip(),
                    override=override.strip(),
                    supersedes=before.id if before else None,
                )
                return self._submit(work, made, wanted, among, progress)
        except ConflictError:
            refuse_twice(self.listed(actor), period, unit)
            raise

    def _submit(
        self,
        work: SubmissionWork,
        made: Submission,
        wanted: Sequence[TableRule],
        among: Filter,
        progress: Progress | None,
    ) -> Submission:
        year = fiscal_year_of(min(made.period.last, made.as_of))
        span = Period(first=min(year.first, made.period.first), last=made.period.last)
        base = book().base(column.code for rule in wanted for column in rule.columns)
        asked = Question(period=made.period, as_of=made.as_of, among=among, submission=made.id)
        last, number = work.submissions.last_case(), 0
        for first in range(0, last + 1, _AT_ONCE):
            number += work.submissions.copy(base, asked, span, range(first, first + _AT_ONCE))
            if progress is not None and not progress(min(first + _AT_ONCE, last), last):
                raise InputError("已停止，没有报送。")
        filled_in = tuple(fill(rule, work.statistics, asked, label_of, year=year) for rule in wanted)
        broken = tuple(sentence for table in filled_in for sentence in broken_checks(table))
        if broken and not made.override:
            words = "表内核对不符，不能报送；确需报送的，写明理由。" + "；".join(broken)
            raise RuleError(words, rule=broken[0].split("（")[0])
        kept = Kept(
            tables=filled_in,
            rules=tuple(wanted),
            counted={one.code: one for one in base},
            derived={
                column.code: one
                for rule in wanted
                for column in rule.columns
                if isinstance(one := book().find(column.code), Derived)
            },
            definitions=definitions(),
            facts_by=facts_by(),
            versions={name: str(rules(name).get("version", "")) for name in _VERSIONS},
            broken=broken,
            among=among,
        )
        content = plain(kept)
        counted = replace(made, cases=number)
        rows = work.submissions.rows_digest(made.id)
        done = replace(counted, sha256=sealed(counted, content, rows))
        work.submissions.add(done, content)
        work.audit.write(
            at=done.at,
            account=done.account,
            action="statistics.submit",
            details={
                "submission": done.id,
                "from": done.period.first.isoformat(),
                "to": done.period.last.isoformat(),
                "no": done.no,
                "cases": number,
                "override": done.override,
                "sha256": done.sha256,
            },
        )
        return done

    # Comparing and correcting

    def difference(self, actor: Actor, submission: Submission) -> Difference:
        """A submission against today, by the definitions of that day: which figures moved, by which cases, and why.

        What cases say about themselves is told only to who may read cases. Raises ``StorageError`` where what was
        kept is not what was reported any more.
        """
        actor.require(Permission.STATISTICS_READ)
        self._statistics.renew()
        with self._storage.read() as work:
            told = actor.can(Permission.CASE_READ)
            return difference(work, stored(work, submission.id), told=told).difference

    def book_correction(
        self, actor: Actor, submission: Submission, reason: str, keys: Collection[str] = ()
    ) -> Booked:
        """Keep the changes of these cases, or of all that moved, as a correction of the period.

        Raises ``InputError`` without a reason, ``RuleError`` where nothing is left to book, ``PermissionDenied``
        without the right to report.
        """
        actor.require(Permission.STATISTICS_SUBMIT)
        words = reason.strip()
        if not words:
            raise InputError("请写明更正的理由。", field="reason")
        if len(words) > _LONGEST:
            raise InputError(f"最多写{_LONGEST}字。", field="reason")
        self._statistics.renew()
        with self._storage.write() as work:
            work.submissions.alone()
            found = difference(work, stored(work, submission.id), told=False, only=frozenset(keys))
            if not found.difference.pending:
                raise RuleError("没有待登记的更正：报送之后的变化都已登记，或者没有变化。", rule="V-11")
            corrections = found.difference.corrections
            made = Booked(
                submission=submission.id,
                no=len(corrections) + 1,
                at=self._clock(),
                account=actor.account,
                display_name=actor.display_name,
                reason=words,
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

    def year(self, actor: Actor, day: date) -> tuple[OutOfStep, ...]:
        """V-11 for the statistical year of ``day``: the year so far is what was reported plus what was booked.

        Months, quarters and half years are looked at each by themselves, where any was reported.
        """
        return out_of_step(self, self._statistics, actor, fiscal_year_of(day))

    def corrected(self, actor: Actor, submission: Submission) -> tuple[StatTable, ...]:
        """Its tables with the corrections booked, without lines to date."""
        actor.require(Permission.STATISTICS_READ)
        with self._storage.read() as work:
            one = stored(work, submission.id)
            kept = kept_of(work, one)
            booked = [delta for each in corrections_of(work, one.id) for delta in each.deltas]
            return tuple(
                filled(
                    kept,
                    asked.rule,
                    with_deltas(asked.sums, [delta for delta in booked if delta.table == asked.rule.code]),
                    asked.question,
                    label_of,
                )
                for asked in asked_of(work, one, kept)
            )

    def _early(self, period: Period) -> str | None:
        if rules("statistics").get("submit_before_period_ends", False) is True:
            return None
        today = local_day(self._clock())
        if period.last < today:
            return None
        return f"统计期间到{cn_date(period.last)}才结束，今天是{cn_date(today)}，还不能报送。"
