"""``StatisticsService``: the one way to a statistical figure, for screens, papers, exports and the command line."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.cases.vocabulary import Category
from mediation_desk.parties.covering import covered
from mediation_desk.shared.assets import built
from mediation_desk.shared.clock import Clock, local_day
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record
from mediation_desk.statistics.analysis import Dashboard, kinds_by_body, streams, trend
from mediation_desk.statistics.breakdown import Analysis, analysis
from mediation_desk.statistics.checks import Violation, breaks
from mediation_desk.statistics.figures import Book, Counted, Derived, book
from mediation_desk.statistics.filling import narrowed
from mediation_desk.statistics.keeping import Keeping
from mediation_desk.statistics.mediators.figures import figures
from mediation_desk.statistics.mediators.indicators import indicators
from mediation_desk.statistics.mediators.model import CaseLine, LeftOut, MediatorFigure
from mediation_desk.statistics.model import Column, Period, StatRow, StatTable
from mediation_desk.statistics.organisations import table as organisations
from mediation_desk.statistics.periods import ALL, elapsed_before
from mediation_desk.statistics.ports import (
    EVERYTHING,
    Filter,
    Progress,
    Question,
    Share,
    Spot,
    StatisticsStorage,
)
from mediation_desk.statistics.tables import tables
from mediation_desk.statistics.tabling import filled, organisations_of, rule_for


@record
class Cell:
    """One figure of a table and the cases behind it; a rate and an average have their whole beside the part.

    ``more`` says that there are cases beyond the last one of ``shares``.
    """

    table: StatTable
    row: StatRow
    column: Column
    figure: Counted
    shares: tuple[Share, ...]
    whole: Counted | None = None
    more: bool = False


class StatisticsService:
    """Answers from the facts kept beside each case; no case file is ever opened."""

    def __init__(self, storage: StatisticsStorage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock
        self._keeping = Keeping(storage)

    def titles(self) -> dict[str, str]:
        """Caption by code of every table there is, in the order they are offered."""
        people = {organisations.CODE: f"{organisations.NO} {organisations.TITLE}"}
        return {one.code: one.caption for one in tables().listed.values()} | people

    def table(
        self,
        actor: Actor,
        code: str,
        period: Period,
        as_of: date | None = None,
        *,
        among: Filter = EVERYTHING,
        unit: str = "",
        lines: str = "",
    ) -> StatTable:
        """The table ``code`` for ``period``; what is performed and confirmed is judged on ``as_of``, else today.

        ``unit`` is the code or name of a unit of the reporting tree: only the bodies below it count. ``lines`` puts
        another dimension than the table's own into its lines; ``unit`` the units right below. Raises
        ``InputError`` for an unknown code, dimension or unit, ``PermissionDenied`` without the right to read
        statistics.
        """
        actor.require(Permission.STATISTICS_READ)
        self.renew()
        asked = self._asked(period, as_of, among)
        with self._storage.read(actor) as work:
            if code == organisations.CODE:
                if lines:
                    raise InputError(f"{organisations.NO}按填报单位分行，不能改。", field="--by")
                return organisations_of(work, period, asked.as_of, unit).table
            return filled(work, rule_for(code, lines), asked, unit)

    def members(
        self, actor: Actor, table: StatTable, row: str, column: str, *, unit: str = ""
    ) -> tuple[str, ...]:
        """What a figure of 表一 was counted from: names of bodies, pool numbers, numbers of work entries.

        Raises ``InputError`` for a line or column the table does not have, ``PermissionDenied`` as `table`.
        """
        actor.require(Permission.STATISTICS_READ)
        line, shown = table.row(row), table.column(column)
        with self._storage.read(actor) as work:
            made = organisations_of(work, table.period, table.as_of, unit)
        return made.members(line.key, shown.code)

    def cell(
        self,
        actor: Actor,
        table: StatTable,
        row: str,
        column: str,
        *,
        among: Filter = EVERYTHING,
        of_whole: bool = False,
        after: str = "",
        limit: int | None = None,
    ) -> Cell:
        """The cases behind one figure of a table just read, in the order they came; together they are the figure.

        Of a rate or an average these are the cases of its part, ``of_whole`` those of its whole. Raises ``InputError``
        for a line or column the table does not have, ``PermissionDenied`` as `table`.
        """
        actor.require(Permission.STATISTICS_READ)
        line, shown, rule = table.row(row), table.column(column), tables().listed[table.code]
        figure, whole = behind_figure(book(), shown.code)
        if of_whole and whole is not None:
            figure = whole
        among_both = narrowed(rule.among, among)
        if among_both is None:
            return Cell(table=table, row=line, column=shown, figure=figure, shares=(), whole=whole)
        period = line.period or table.period
        spot = Spot(figure=figure.code, period=period, place=tuple(line.place.items()))
        wanted = None if limit is None else limit + 1
        shares = self.behind(actor, spot, table.as_of, among=among_both, after=after, limit=wanted)
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

    def behind(
        self,
        actor: Actor,
        spot: Spot,
        as_of: date | None = None,
        *,
        among: Filter = EVERYTHING,
        after: str = "",
        limit: int | None = None,
    ) -> tuple[Share, ...]:
        """The cases behind the number at ``spot`` in the order they came, from behind ``after`` on.

        Raises ``PermissionDenied`` as `table`.
        """
        actor.require(Permission.STATISTICS_READ)
        asked = self._asked(spot.period, as_of, among)
        figure = book().counted[spot.figure]
        with self._storage.read(actor) as work:
            return work.statistics.shares(figure, asked, dict(spot.place), after=after, limit=limit)

    def number_at(
        self, actor: Actor, spot: Spot, as_of: date | None = None, *, among: Filter = EVERYTHING
    ) -> int | Decimal:
        """The number that stands at ``spot``, added up as for every table; what `behind` lists must come to it.

        Raises ``PermissionDenied`` as `table`.
        """
        actor.require(Permission.STATISTICS_READ)
        asked = self._asked(spot.period, as_of, among)
        wanted = [{value or None for value in values} for _, values in spot.place]
        by_ = tuple(dimension for dimension, _ in spot.place)
        with self._storage.read(actor) as work:
            found = work.statistics.sums((book().counted[spot.figure],), asked, by_)
        return sum(
            (
                sums.get(spot.figure, 0)
                for key, sums in found.items()
                if all((value or None) in values for value, values in zip(key, wanted, strict=True))
            ),
            start=0,
        )

    def dashboard(
        self, actor: Actor, period: Period, as_of: date | None = None, *, among: Filter = EVERYTHING
    ) -> Dashboard:
        """The three tracks side by side with the period before, by month, by kind and body, and their way.

        Raises ``PermissionDenied`` as `table`.
        """
        actor.require(Permission.STATISTICS_READ)
        self.renew()
        asked = self._asked(period, as_of, among)
        earlier = elapsed_before(period, asked.as_of) if period != ALL else None
        with self._storage.read(actor) as work:
            reader, rule = work.statistics, tables().listed["tracks"]
            return Dashboard(
                now=filled(work, rule, asked),
                before=filled(work, rule, replace(asked, period=earlier)) if earlier else None,
                trend=trend(reader, asked),
                kinds=kinds_by_body(reader, asked),
                streams=streams(reader, asked),
            )

    def analysis(
        self,
        actor: Actor,
        period: Period,
        as_of: date | None = None,
        *,
        among: Filter = EVERYTHING,
        names: Mapping[str, str] | None = None,
    ) -> Analysis:
        """Deadlines, satisfaction, groups and the work of mediators; ``names`` of these by their number.

        Raises ``PermissionDenied`` as `table`.
        """
        actor.require(Permission.STATISTICS_READ)
        asked = self._asked(period, as_of, among)
        with self._storage.read(actor) as work:
            return analysis(work.statistics, asked, names or {})

    def causes(
        self, actor: Actor, table: StatTable, violation: Violation, *, among: Filter = EVERYTHING
    ) -> tuple[str, ...]:
        """Keys of the cases that break the rule each by itself; none where only the adding up is wrong."""
        actor.require(Permission.STATISTICS_READ)
        if violation.check is None:
            return ()
        numbers: dict[str, dict[str, int | Decimal]] = {}
        for code in violation.check.codes:
            for share in self.cell(actor, table, violation.row, code, among=among).shares:
                numbers.setdefault(share.case_key, {})[code] = share.adds
        check = violation.check
        return tuple(sorted(key for key, found in numbers.items() if breaks(check, found)))

    def mediator(
        self, actor: Actor, pool_no: str, period: Period, as_of: date | None = None
    ) -> tuple[MediatorFigure, ...]:
        """The figures of one mediator (§5.6) for ``period``, each with the keys of the cases behind it.

        Results count cases that ended in the period, like the tables; what is open, performed, confirmed or
        visited is judged on ``as_of``, else today. Raises ``InputError`` for an unknown number or a faulty rule
        file, ``PermissionDenied`` without the right to read statistics.
        """
        actor.require(Permission.STATISTICS_READ)
        asked = self._asked(period, as_of, EVERYTHING)
        with self._storage.read(actor) as work:
            if not work.statistics.mediator_known(pool_no):
                raise InputError(f"没有编号为“{pool_no}”的调解员。", field="pool_no")
            return figures(work.statistics.mediator_cases(pool_no, asked), asked)

    def cases_behind(self, actor: Actor, keys: Collection[str]) -> tuple[CaseLine, ...]:
        """The cases with these keys, those that ended last first; for the list behind a figure.

        Raises ``PermissionDenied`` without the right to read cases.
        """
        actor.require(Permission.CASE_READ)
        with self._storage.read(actor) as work:
            return covered(actor, work, work.statistics.case_lines(keys))

    def handled(self, actor: Actor, pool_nos: Collection[str], category: Category) -> dict[str, int]:
        """How many cases of this kind each of these mediators has concluded, ever; 0 for none.

        Ask for those shown, not for the whole pool: it reads every case of each. Raises ``PermissionDenied``
        without the right to read the pool.
        """
        actor.require(Permission.EXPERT_READ)
        with self._storage.read(actor) as work:
            found = work.statistics.concluded_of_kind(pool_nos, category, unopened=_unopened())
        return {pool_no: found.get(pool_no, 0) for pool_no in pool_nos}

    def left_out(self) -> tuple[LeftOut, ...]:
        """Indicators of the assessment rules that are not counted, and why."""
        return indicators().left_out

    # Keeping facts and sums

    def renew(self, progress: Progress | None = None) -> None:
        """`Keeping.renew`."""
        self._keeping.renew(progress)

    def settle(self, progress: Progress | None = None, *, most: int | None = None) -> int:
        """`Keeping.settle`."""
        return self._keeping.settle(progress, most=most)

    def _asked(self, period: Period, as_of: date | None, among: Filter) -> Question:
        day = as_of or local_day(self._clock())
        return Question(period=period, as_of=day, unopened=_unopened(), among=among)


def _unopened() -> bool:
    return built("statistics", lambda data: data["withdrawn_before_any_session_counts"] is not False)


def behind_figure(figures: Book, code: str) -> tuple[Counted, Counted | None]:
    """The counted figure a column shows, and the whole it is divided by."""
    one = figures.find(code)
    if not isinstance(one, Derived):
        return one, None
    if one.wan_of:
        return figures.counted[one.wan_of], None
    return figures.counted[one.part], figures.counted[one.whole]
