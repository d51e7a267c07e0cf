"""``StatisticsService``: the one way to a statistical figure, for screens, papers, exports and the command line."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.cases.routing.reading import unit_tree
from mediation_desk.cases.vocabulary import Category
from mediation_desk.shared.assets import rules
from mediation_desk.shared.clock import Clock, local_day
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record
from mediation_desk.statistics.analysis import Dashboard, kinds_by_body, streams, trend
from mediation_desk.statistics.breakdown import Analysis, analysis
from mediation_desk.statistics.checks import Violation, breaks
from mediation_desk.statistics.figures import FACTS_BY, Book, Counted, Derived, book, facts_by
from mediation_desk.statistics.filling import UNKNOWN, by, fill, narrowed
from mediation_desk.statistics.lines import body_lines, unit_line, unit_lines
from mediation_desk.statistics.mediators.figures import figures
from mediation_desk.statistics.mediators.indicators import indicators
from mediation_desk.statistics.mediators.model import CaseLine, LeftOut, MediatorFigure
from mediation_desk.statistics.model import Column, Period, StatRow, StatTable
from mediation_desk.statistics.organisations import table as organisations
from mediation_desk.statistics.organisations.reading import read_organisations, read_tree
from mediation_desk.statistics.periods import ALL, before, fiscal_year_of
from mediation_desk.statistics.ports import (
    EVERYTHING,
    Filter,
    Progress,
    Question,
    Reader,
    Share,
    Spot,
    StatisticsStorage,
    StatisticsWork,
    TableWork,
)
from mediation_desk.statistics.tables import TableRule, tables

DIMENSIONS = {
    "track": "调解种类",
    "body": "调解组织",
    "body_type": "组织类型",
    "category": "纠纷类型",
    "source": "案件来源",
    "channel": "来访方式",
    "difficulty": "难易",
    "result": "结果",
    "form": "协议形式",
    "month": "月份",
    "presiding": "主持调解员",
    "area": "地区",
    "zz": "综治类别",
    "unit": "填报单位",
}
"""What lines can be made of, by the words of the command line, and how screens call it."""

UNIT = "unit"
"""Lines by reporting unit; the bodies of each unit together."""

BODIES = ("registered", "accepted", "concluded", "not_accepted", "handed_over")
"""A body has a line where one of these is not nothing."""

_AT_ONCE = 200


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

    def titles(self) -> dict[str, str]:
        """Caption by code of every table there is, in the order they are offered."""
        people = {organisations.CODE: f"{organisations.NO} {organisations.TITLE}"}
        return people | {one.code: one.caption for one in tables().listed.values()}

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
        with self._storage.read() as work:
            if code == organisations.CODE:
                if lines:
                    raise InputError(f"{organisations.NO}按填报单位分行，不能改。", field="--by")
                return self._organisations(work, period, asked.as_of, unit).table
            return self.filled(work, self._rule(code, lines), asked, unit)

    def members(
        self, actor: Actor, table: StatTable, row: str, column: str, *, unit: str = ""
    ) -> tuple[str, ...]:
        """What a figure of 表一 was counted from: names of bodies, pool numbers, numbers of work entries.

        Raises ``InputError`` for a line or column the table does not have, ``PermissionDenied`` as `table`.
        """
        actor.require(Permission.STATISTICS_READ)
        line, shown = table.row(row), table.column(column)
        with self._storage.read() as work:
            made = self._organisations(work, table.period, table.as_of, unit)
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
        with self._storage.read() as work:
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
        with self._storage.read() as work:
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
        earlier = before(period) if period != ALL else None
        with self._storage.read() as work:
            reader, rule = work.statistics, tables().listed["tracks"]
            return Dashboard(
                now=self.filled(work, rule, asked),
                before=self.filled(work, rule, replace(asked, period=earlier)) if earlier else None,
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
        with self._storage.read() as work:
            return analysis(work.statistics, asked, names or {})

    def causes(
        self, actor: Actor, table: StatTable, violation: Violation, *, among: Filter = EVERYTHING
    ) -> tuple[str, ...]:
        """Keys of the cases that break the rule each by itself; none where only the adding up is wrong."""
        if violation.check is None:
            return ()
        numbers: dict[str, dict[str, object]] = {}
        for code in violation.check.codes:
            for share in self.cell(actor, table, violation.row, code, among=among).shares:
                numbers.setdefault(share.case_key, {})[code] = share.adds
        check = violation.check
        return tuple(sorted(key for key, found in numbers.items() if breaks(check, found)))  # type: ignore[arg-type]

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
        with self._storage.read() as work:
            if not work.statistics.mediator_known(pool_no):
                raise InputError(f"没有编号为“{pool_no}”的调解员。", field="pool_no")
            return figures(work.statistics.mediator_cases(pool_no, asked), asked)

    def cases_behind(self, actor: Actor, keys: Collection[str]) -> tuple[CaseLine, ...]:
        """The cases with these keys, those that ended last first; for the list behind a figure.

        Raises ``PermissionDenied`` without the right to read cases.
        """
        actor.require(Permission.CASE_READ)
        with self._storage.read() as work:
            return work.statistics.case_lines(keys)

    def handled(self, actor: Actor, pool_nos: Collection[str], category: Category) -> dict[str, int]:
        """How many cases of this kind each of these mediators has concluded, ever; 0 for none.

        Ask for those shown, not for the whole pool: it reads every case of each. Raises ``PermissionDenied``
        without the right to read the pool.
        """
        actor.require(Permission.EXPERT_READ)
        with self._storage.read() as work:
            found = work.statistics.concluded_of_kind(pool_nos, category, unopened=_unopened())
        return {pool_no: found.get(pool_no, 0) for pool_no in pool_nos}

    def left_out(self) -> tuple[LeftOut, ...]:
        """Indicators of the assessment rules that are not counted, and why."""
        return indicators().left_out

    # Keeping facts and sums

    def renew(self, progress: Progress | None = None) -> None:
        """Work out the facts of all cases anew where the rules they follow from changed, a few at a time.

        Does nothing where they have not. ``progress`` is told how many of how many are done and may stop it; what
        is done stays done, and the rest is done the next time.
        """
        wanted = facts_by()
        with self._storage.read() as work:
            if work.notes.get(FACTS_BY) == wanted:
                return
            total = work.facts.number()
        last, done, more = "", 0, True
        while more:
            with self._storage.write() as work:
                keys = work.facts.work_out(last, _AT_ONCE)
                done, more = done + len(keys), len(keys) == _AT_ONCE
                last = keys[-1] if keys else last
                if not more:
                    work.notes.put(FACTS_BY, wanted)
            if progress is not None and not progress(done, total):
                return

    def settle(self, progress: Progress | None = None, *, most: int | None = None) -> int:
        """Add up months whose kept sums no longer hold, the newest first; how many were added up."""
        self.renew()
        with self._storage.read() as work:
            months = work.statistics.stale_months()[:most]
        for done, month in enumerate(months, start=1):
            with self._storage.write() as work:
                work.sums.settle(month)
            if progress is not None and not progress(done, len(months)):
                return done
        return len(months)

    def _asked(self, period: Period, as_of: date | None, among: Filter) -> Question:
        day = as_of or local_day(self._clock())
        return Question(period=period, as_of=day, unopened=_unopened(), among=among)

    def _rule(self, code: str, lines: str) -> TableRule:
        listed = tables().listed
        if code not in listed:
            raise InputError(f"没有统计表“{code}”，可选{'、'.join(self.titles())}。", field="table")
        if not lines:
            return listed[code]
        if lines not in DIMENSIONS:
            raise InputError(f"不能按“{lines}”分行，可选{'、'.join(DIMENSIONS)}。", field="--by")
        made = by(listed[code], lines, DIMENSIONS[lines])
        return replace(made, rows=("body",)) if lines == UNIT else made

    def filled(self, work: TableWork, rule: TableRule, asked: Question, unit: str = "") -> StatTable:
        """A table of cases within a unit of work that is open already."""
        reader, year = work.statistics, fiscal_year_of(min(asked.period.last, asked.as_of))
        by_body = rule.rows == ("body",)
        if not (unit or by_body):
            return fill(rule, reader, asked, label_of, year=year)
        tree = read_tree(work.organisations, asked.period)
        if unit:
            among = below(asked.among, tree.names_under(unit_line(tree, unit).code))
            if among is None:
                raise InputError(f"“{unit}”下面没有所选的调解组织。", field="unit")
            asked = replace(asked, among=among)
        if not by_body:
            return fill(rule, reader, asked, label_of, year=year)
        by_unit = rule.row_key == UNIT
        lines = unit_lines(tree, unit) if by_unit else body_lines(tree, self._bodies(reader, rule, asked))
        return fill(rule, reader, asked, label_of, year=year, lines=lines)

    def _organisations(
        self, work: StatisticsWork, period: Period, as_of: date, unit: str
    ) -> organisations.OrganisationTable:
        under = unit_line(read_tree(work.organisations, period), unit).code if unit else ""
        return read_organisations(work.organisations, period, under=under, as_of=as_of)

    def _bodies(self, reader: Reader, rule: TableRule, asked: Question) -> tuple[str, ...]:
        """Names of the bodies that have a line: the committees where the table wants them, and who has cases."""
        among = narrowed(rule.among, asked.among)
        if among is None:
            return ()
        counted = (key[0] for key in reader.sums(book().base(BODIES), replace(asked, among=among), ("body",)))
        names = dict.fromkeys(reader.committees() if rule.committees else ())
        names |= dict.fromkeys(str(name) for name in counted)
        return tuple(name for name in names if not among.bodies or name in among.bodies)


def _unopened() -> bool:
    return rules("statistics")["withdrawn_before_any_session_counts"] is not False


def below(among: Filter, bodies: tuple[str, ...]) -> Filter | None:
    """``among`` narrowed to these bodies; None where none of them is wanted, or there are none."""
    return narrowed(among, Filter(bodies=bodies)) if bodies else None


def behind_figure(figures: Book, code: str) -> tuple[Counted, Counted | None]:
    """The counted figure a column shows, and the whole it is divided by."""
    one = figures.find(code)
    if not isinstance(one, Derived):
        return one, None
    if one.wan_of:
        return figures.counted[one.wan_of], None
    return figures.counted[one.part], figures.counted[one.whole]


def label_of(dimension: str, value: str | int | None) -> str:
    """The word for a value of a dimension."""
    if value is None or value == "":
        return UNKNOWN
    if dimension == "area":
        return next((unit.short for unit in unit_tree().units if unit.code == value), str(value))
    if dimension == "month":
        number = int(value)
        return f"{number // 100}年{number % 100}月"
    return str(value)
