"""``ReportService``: gathers the tables of three periods, writes the report from them, and its file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.cases.centre import read_centre
from mediation_desk.documents.across import Printer, crossed
from mediation_desk.documents.content import Paper
from mediation_desk.documents.service import Format, folder_for, print_papers, render
from mediation_desk.shared.clock import Clock, local_day
from mediation_desk.shared.errors import InputError
from mediation_desk.statistics.model import Period, StatTable, month_number, month_period
from mediation_desk.statistics.periods import ALL, before, year_before
from mediation_desk.statistics.publishing import published, publishing_rule
from mediation_desk.statistics.reporting.composing import compose
from mediation_desk.statistics.reporting.material import OPEN, Material, Source
from mediation_desk.statistics.reporting.rules import report_rule
from mediation_desk.statistics.service import StatisticsService

_TABLES = {
    Source.TRACKS: ("tracks", ""),
    Source.CASES: ("cases", ""),
    Source.ORGANISATIONS: ("organisations", ""),
    Source.KINDS: ("tracks", "category"),
    Source.AREAS: ("tracks", "area"),
}
"""Which table a source is, and what its lines are."""

_MONTHS = 13
"""Months a report shows at least, so that the same month of the year before is among them."""

_MOST_MONTHS = 36
_EARLIEST = 1950
Step = Callable[[], object]


class ReportService:
    """What is shown is what is written; nothing is stored."""

    def __init__(self, statistics: StatisticsService, clock: Clock) -> None:
        self._statistics, self._clock = statistics, clock

    def paper(
        self,
        actor: Actor,
        period: Period,
        as_of: date | None = None,
        *,
        public: bool = False,
        step: Step = lambda: None,
    ) -> Paper:
        """The report for ``period`` as seen on ``as_of``, else today. ``step`` is called between counts and may stop.

        Raises ``InputError`` for a faulty rule file or a period nobody can report on, ``PermissionDenied`` without
        the right to read statistics.
        """
        actor.require(Permission.STATISTICS_READ)
        report_rule()  # a faulty one is told before anything is counted
        paper = compose(self.material(actor, period, as_of, public=public, step=step))
        return crossed(paper, Printer(actor=actor, at=self._clock()))

    def material(
        self,
        actor: Actor,
        period: Period,
        as_of: date | None = None,
        *,
        public: bool = False,
        step: Step = lambda: None,
    ) -> Material:
        """The tables of the period, of the one before and of the same a year earlier."""
        actor.require(Permission.STATISTICS_READ)
        today = local_day(self._clock())
        day = as_of or today
        _require_reportable(period, day)
        now = self._tables(actor, period, day, frozenset(Source), step)
        if not public:
            now[Source.MONTHS] = self._months(actor, period, day, step)
        made = Material(
            centre=read_centre().name,
            period=period,
            as_of=day,
            made_on=today,
            now=now,
            before=self._earlier(actor, before(period), period, day, step),
            year=self._earlier(actor, year_before(period), period, day, step),
            streams=() if public else self._statistics.dashboard(actor, period, day).streams,
        )
        return open_to_all(made) if public else made

    def write(self, paper: Paper, fmt: Format, folder: Path) -> Path:
        """Write it into a folder; its path."""
        folder_for(folder)
        return print_papers((paper,), (fmt,), folder)[0]

    def file(self, paper: Paper, fmt: Format) -> bytes:
        """The bytes of the file."""
        return render(paper, fmt)

    def _earlier(
        self, actor: Actor, period: Period, reported: Period, as_of: date, step: Step
    ) -> Mapping[Source, StatTable]:
        """As long after its end as the reported one is seen after its own, so that both had the same time."""
        day = period.last + max(as_of - reported.last, timedelta())
        return self._tables(actor, period, day, frozenset((Source.TRACKS, Source.CASES, Source.KINDS)), step)

    def _tables(
        self, actor: Actor, period: Period, as_of: date, wanted: frozenset[Source], step: Step
    ) -> dict[Source, StatTable]:
        found: dict[Source, StatTable] = {}
        for source, (code, lines) in _TABLES.items():
            if source in wanted:
                step()
                found[source] = self._statistics.table(actor, code, period, as_of, lines=lines)
        return found

    def _months(self, actor: Actor, period: Period, as_of: date, step: Step) -> StatTable:
        """A line for each month of the period and of the year before its end, each the sum of that month's table."""
        tables: list[StatTable] = []
        for month in _months_of(period, as_of):
            step()
            tables.append(self._statistics.table(actor, "tracks", month_period(month), as_of))
        return replace(
            tables[-1],
            row_key="month",
            row_title="月份",
            period=Period(first=tables[0].period.first, last=tables[-1].period.last),
            rows=tuple(
                replace(
                    next(row for row in table.rows if row.is_total),
                    label=f"{table.period.first.year}年{table.period.first.month}月",
                    is_total=False,
                    period=table.period,
                )
                for table in tables
            ),
        )


def open_to_all(material: Material) -> Material:
    """The same with everything withheld that could tell who it was (LR-21)."""

    def opened(tables: Mapping[Source, StatTable]) -> dict[Source, StatTable]:
        return {source: published(table) for source, table in tables.items() if source in OPEN}

    now = opened(material.now)
    return replace(
        material,
        now=now,
        before=opened(material.before),
        year=opened(material.year),
        streams=(),
        public=True,
        note=publishing_rule().note,
    )


def _months_of(period: Period, as_of: date) -> list[int]:
    """Months such as 202603, none of them to come."""
    last = month_number(min(period.last, as_of))
    first = min(month_number(period.first), _later(last, 1 - _MONTHS))
    months = [max(first, _later(last, 1 - _MOST_MONTHS))]
    while months[-1] < last:
        months.append(_later(months[-1], 1))
    return months


def _later(month: int, number: int) -> int:
    year, place = divmod(month // 100 * 12 + month % 100 - 1 + number, 12)
    return year * 100 + place + 1


def _require_reportable(period: Period, as_of: date) -> None:
    if period == ALL or period.first.year < _EARLIEST:
        raise InputError("报告要写明期间：月、季度、半年、年，或者起止日期。", field="--period")
    if period.first > as_of:
        raise InputError(
            f"统计期间从{period.first.isoformat()}开始，还没有到，写不出报告。", field="--period"
        )
