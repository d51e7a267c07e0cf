"""``SubmissionService``: periods are reported, stay as they were reported, and are corrected by what is booked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.cases.summary import Draft
from mediation_desk.cases.texts import kept_draft, named
from mediation_desk.shared.assets import rules
from mediation_desk.shared.clock import Clock, local_day
from mediation_desk.shared.dates import cn_date, cn_period
from mediation_desk.shared.errors import ConflictError, InputError, RuleError
from mediation_desk.shared.text import canonical
from mediation_desk.statistics.model import Period, StatTable
from mediation_desk.statistics.organisations import table as organisations
from mediation_desk.statistics.periods import fiscal_year_of
from mediation_desk.statistics.ports import EVERYTHING, Filter, Progress
from mediation_desk.statistics.service import Cell, StatisticsService
from mediation_desk.statistics.submitting.correcting import book_correction, corrected
from mediation_desk.statistics.submitting.differing import (
    corrections_of,
    difference,
    kept_cell,
    kept_of,
    stored,
)
from mediation_desk.statistics.submitting.freezing import freeze
from mediation_desk.statistics.submitting.hiding import corrections_seen, difference_seen
from mediation_desk.statistics.submitting.model import Booked, Difference, Kept, OutOfStep, Submission
from mediation_desk.statistics.submitting.ports import SubmissionStorage
from mediation_desk.statistics.submitting.reporting import broken_checks, foregoing, refuse_twice
from mediation_desk.statistics.submitting.year import out_of_step

DRAFT = "submissions"
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
        with self._storage.read(actor) as work:
            return work.submissions.listed()

    def latest(self, actor: Actor, period: Period, unit: str = "") -> Submission:
        """The report of a period that counts. Raises ``InputError`` where there is none."""
        for one in self.listed(actor):
            if (one.period, one.unit) == (period, unit):
                return one
        raise InputError(f"{cn_period(period.first, period.last)}还没有报送。", field="--period")

    def is_reported(self, actor: Actor, period: Period) -> bool:
        """Whether every day of ``period`` lies in a period reported for the whole centre: its quarters do as well."""
        actor.require(Permission.STATISTICS_READ)
        day = period.first
        for one in sorted(self.listed(actor), key=lambda one: one.period.first):
            if not one.unit and one.period.first <= day:
                day = max(day, one.period.last + timedelta(1))
        return day > period.last

    def kept(self, actor: Actor, submission: Submission) -> Kept:
        """The content of a submission, after its seal was checked. Raises ``StorageError`` where it is broken."""
        actor.require(Permission.STATISTICS_READ)
        with self._storage.read(actor) as work:
            return kept_of(work, stored(work, submission.id))

    def table(self, actor: Actor, code: str, submission: Submission) -> StatTable:
        """A table as it was reported. Raises ``InputError`` where it was not part of it."""
        return _table(self.kept(actor, submission), code)

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
        """The cases behind one reported figure, by the definitions and facts of that day; together they are it.

        Raises ``InputError`` for 表一, whose figures are counted from `members`.
        """
        actor.require(Permission.STATISTICS_READ)
        spot = (code, row, column)
        with self._storage.read(actor) as work:
            return kept_cell(
                work, stored(work, submission.id), spot, of_whole=of_whole, after=after, limit=limit
            )

    def members(self, actor: Actor, submission: Submission, row: str, column: str) -> tuple[str, ...]:
        """What a reported figure of 表一 was counted from: names of bodies, pool numbers, numbers of work entries.

        Raises ``InputError`` for a line or column the table does not have, or where it was not reported.
        """
        kept = self.kept(actor, submission)
        table = _table(kept, organisations.CODE)
        line, shown = table.row(row), table.column(column)
        return kept.organisations.members(line.key, shown.code) if kept.organisations else ()

    def corrections(self, actor: Actor, submission: Submission | None = None) -> tuple[Booked, ...]:
        """Corrections booked, of one submission or of all. Raises ``StorageError`` for one that was tampered with."""
        actor.require(Permission.STATISTICS_READ)
        with self._storage.read(actor) as work:
            found = corrections_of(work, None if submission is None else submission.id)
            return corrections_seen(work, found) if _reads_some(actor) else found

    # Reporting

    def obstacles(self, actor: Actor, period: Period, among: Filter = EVERYTHING) -> tuple[str, ...]:
        """What speaks against reporting the period today, as sentences; the checks of every table among it."""
        actor.require(Permission.STATISTICS_SUBMIT)
        found = [] if (early := self._early(period)) is None else [early]
        for code in self._statistics.titles():
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

        表一 is kept with the names and numbers behind each of its figures.

        A period reported before is reported again only as a correction: ``supersedes`` names the report that
        counted so far, ``reason`` says why. Raises ``RuleError`` for a period that is not over, for broken checks
        without a written ``override``, and where somebody else has just reported it; ``InputError`` for a missing
        reason; ``PermissionDenied`` without the right to report.
        """
        actor.require(Permission.STATISTICS_SUBMIT)
        note, override, reason = _kept(note, "note"), _kept(override, "override"), _kept(reason, "reason")
        if (early := self._early(period)) is not None:
            raise RuleError(early, rule="LR-20")
        listed = self._statistics.titles()
        for code in codes:
            if code not in listed:
                raise InputError(f"没有统计表“{code}”，可选{'、'.join(listed)}。", field="table")
        wanted = tuple(code for code in listed if code in codes or not codes)
        self._statistics.renew()
        try:
            with self._storage.write(actor.over_all()) as work:
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
                    note=note,
                    reason=reason,
                    override=override,
                    supersedes=before.id if before else None,
                )
                return freeze(work, made, wanted, among, progress)
        except ConflictError:
            refuse_twice(self.listed(actor), period, unit)
            raise

    # Comparing and correcting

    def difference(self, actor: Actor, submission: Submission) -> Difference:
        """A submission against today, by the definitions of that day: which figures moved, by which cases, and why.

        What cases say about themselves is told only to who may read cases, and only of those in reach; what is out of
        reach is counted. Raises ``StorageError`` where what was
        kept is not what was reported any more.
        """
        actor.require(Permission.STATISTICS_READ)
        self._statistics.renew()
        with self._storage.read(actor) as work:
            told = actor.can(Permission.CASE_READ)
            found = difference(work, stored(work, submission.id), told=told).difference
            return difference_seen(work, found) if _reads_some(actor) else found

    def book_correction(
        self, actor: Actor, submission: Submission, reason: str, keys: Collection[str] = ()
    ) -> Booked:
        """Keep the changes of these cases, or of all that moved, as a correction of the period.

        Raises ``InputError`` without a reason, ``RuleError`` where nothing is left to book, ``PermissionDenied``
        without the right to report.
        """
        actor.require(Permission.STATISTICS_SUBMIT)
        words = _kept(reason, "reason")
        if not words:
            raise InputError("请写明更正的理由。", field="reason")
        self._statistics.renew()
        with self._storage.write(actor.over_all()) as work:
            made = book_correction(work, actor, self._clock(), stored(work, submission.id), words, keys)
        if not _reads_some(actor):
            return made
        with self._storage.read(actor) as work:
            return corrections_seen(work, (made,))[0]

    def year(self, actor: Actor, day: date) -> tuple[OutOfStep, ...]:
        """V-11 for the statistical year of ``day``: the year so far is what was reported plus what was booked.

        Months, quarters and half years are looked at each by themselves, where any was reported.
        """
        actor.require(Permission.STATISTICS_READ)
        return out_of_step(self, self._statistics, actor, fiscal_year_of(day))

    def corrected(self, actor: Actor, submission: Submission) -> tuple[StatTable, ...]:
        """Its tables with the corrections booked, without lines to date."""
        actor.require(Permission.STATISTICS_READ)
        with self._storage.read(actor.over_all()) as work:
            return corrected(work, stored(work, submission.id))

    # Words being typed

    def keep_words(self, actor: Actor, form: str, words: dict[str, object]) -> None:
        """Keep what stands in a form of this account; called while it is typed."""
        actor.require(Permission.STATISTICS_SUBMIT)
        draft = Draft(
            key=_draft(actor, form), account=actor.account, content=kept_draft(words), saved_at=self._clock()
        )
        with self._storage.write(actor) as work:
            work.drafts.keep(draft)

    def kept_words(self, actor: Actor, form: str) -> dict[str, object]:
        """What this account left unfinished in the form; empty for nothing."""
        actor.require(Permission.STATISTICS_SUBMIT)
        with self._storage.read(actor) as work:
            found = next((one for one in work.drafts.drafts() if one.key == _draft(actor, form)), None)
        return dict(found.content) if found else {}

    def drop_words(self, actor: Actor, form: str) -> None:
        """Forget them."""
        actor.require(Permission.STATISTICS_SUBMIT)
        with self._storage.write(actor) as work:
            work.drafts.drop(_draft(actor, form))

    def _early(self, period: Period) -> str | None:
        if rules("statistics").get("submit_before_period_ends", False) is True:
            return None
        today = local_day(self._clock())
        if period.last < today:
            return None
        return f"统计期间到{cn_date(period.last)}才结束，今天是{cn_date(today)}，还不能报送。"


def _table(kept: Kept, code: str) -> StatTable:
    found = kept.table(code)
    if found is None:
        raise InputError(f"这次报送没有统计表“{code}”。", field="table")
    return found


def _reads_some(actor: Actor) -> bool:
    """Whether cases are hidden from somebody who reads others; who reads none is told codes only, for all."""
    return actor.can(Permission.CASE_READ) and not actor.sight().whole


def _kept(words: str, field: str) -> str:
    try:
        return canonical(words.strip(), named(field), longest=_LONGEST)
    except InputError as error:
        raise InputError(error.message, field=field) from None


def _draft(actor: Actor, form: str) -> str:
    return f"{DRAFT}:{form}:{actor.account}"
