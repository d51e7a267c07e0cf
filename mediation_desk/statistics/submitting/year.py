"""V-11: the year to date is what was reported of its parts plus the corrections booked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from mediation_desk.access.actor import Actor
from mediation_desk.shared.dates import cn_period
from mediation_desk.statistics.figures import Counted, book, definitions
from mediation_desk.statistics.model import Period, StatRow, StatTable
from mediation_desk.statistics.organisations.rules import organisation_rules
from mediation_desk.statistics.organisations.table import CODE, NO
from mediation_desk.statistics.periods import part_of_year
from mediation_desk.statistics.service import StatisticsService
from mediation_desk.statistics.submitting.members import lasting_work, redefined
from mediation_desk.statistics.submitting.model import Difference, OutOfStep, Submission
from mediation_desk.statistics.submitting.naming import BODY, present_name

if TYPE_CHECKING:
    from mediation_desk.statistics.submitting.service import SubmissionService

PARTS = {1: "月", 3: "季度", 6: "半年"}
_MONTHS = 12


def out_of_step(
    service: SubmissionService, statistics: StatisticsService, actor: Actor, year: Period
) -> tuple[OutOfStep, ...]:
    """Everything that keeps the year so far from being the sum of its reports."""
    newest: dict[Period, Submission] = {}
    for one in service.listed(actor):
        if not one.unit:
            newest.setdefault(one.period, one)
    found: list[OutOfStep] = []
    for months, word in PARTS.items():
        parts = [part_of_year(year.last.year, months, no) for no in range(1, _MONTHS // months + 1)]
        reported = [part for part in parts if part in newest]
        if not reported:
            continue
        due = parts[: parts.index(reported[-1]) + 1]
        found += _missing(due, newest, word)
        compared = [service.difference(actor, newest[part]) for part in reported]
        found += (one for difference in compared for one in _unbooked(difference))
        if due == reported:
            found += _sums(service, statistics, actor, compared, Period(first=year.first, last=due[-1].last))
    return tuple(found)


def _missing(due: Sequence[Period], reported: dict[Period, Submission], word: str) -> Iterator[OutOfStep]:
    for part in due:
        if part not in reported:
            words = cn_period(part.first, part.last)
            yield OutOfStep(message=f"按{word}报送的年度累计缺{words}：这一期间还没有报送。", period=part)


def _unbooked(difference: Difference) -> Iterator[OutOfStep]:
    pending = [one for one in difference.cells if one.pending]
    keys = tuple(one.case_key for one in difference.pending)
    if keys or pending:
        period = difference.submission.period
        what = f"{len(keys)}件案件的变化" if keys else f"{NO}的变化"
        yield OutOfStep(
            message=f"{cn_period(period.first, period.last)}报送之后有{what}没有登记为更正，"
            f"涉及{len(pending)}个数。",
            period=period,
            cells=tuple(dict.fromkeys(f"{one.caption}，{one.row}，{one.name}" for one in pending)),
            cases=keys,
        )


def _sums(
    service: SubmissionService,
    statistics: StatisticsService,
    actor: Actor,
    compared: Sequence[Difference],
    so_far: Period,
) -> Iterator[OutOfStep]:
    """The sum over the reports, line by line, against the one table of the year so far.

    What depends on the day it is looked at (履行、确认、回访) was seen by each report on its own day; one table of
    the year sees all of it on one day, so these columns are held together by what is booked alone.
    """
    words = cn_period(so_far.first, so_far.last)
    kept = [service.kept(actor, one.submission) for one in compared]
    if any(one.definitions != definitions() or redefined(one) for one in kept):
        yield OutOfStep(message=f"{words}之内口径改过，各期报送数不能与按现在口径统计的年度累计相加比较。")
        return
    corrected = [{one.code: one for one in service.corrected(actor, each.submission)} for each in compared]
    common = set.intersection(*(set(one) for one in corrected))
    work = lasting_work(organisation_rules().figures)
    for code in sorted(common):
        now = statistics.table(actor, code, so_far, compared[-1].submission.as_of)
        added = _added([one[code] for one in corrected])
        wrong = [
            (row.label, column, value, total)
            for row in now.rows
            if not row.is_extra
            for column in now.columns
            if (column.code in work if code == CODE else _lasting(book().counted.get(column.code)))
            and (value := now.value(row, column.code) or 0) != (total := added[_line(row), column.code])
        ]
        if wrong:
            label, column, value, total = wrong[-1]
            places = {(present_name(label), column.code) for label, column, _, _ in wrong}
            yield OutOfStep(
                message=f"{words}：{now.no}有{len(wrong)}个数的年度累计不等于各期报送数加更正，"
                f"如{label}“{column.name}”累计{value}，各期相加{total}。",
                period=so_far,
                cells=tuple(f"{now.no}，{label}，{column.name}" for label, column, _, _ in wrong),
                cases=_behind(compared, code, places),
            )


def _behind(compared: Sequence[Difference], table: str, places: set[tuple[str, str]]) -> tuple[str, ...]:
    found = (
        key
        for one in compared
        for cell in one.cells
        if cell.table == table and cell.pending and (present_name(cell.row), cell.column) in places
        for key in cell.cases
    )
    return tuple(sorted(set(found)))


def _added(tables: Sequence[StatTable]) -> defaultdict[tuple[str, str], int | Decimal]:
    found: defaultdict[tuple[str, str], int | Decimal] = defaultdict(int)
    for table in tables:
        for row in table.rows:
            for column in table.columns:
                value = table.value(row, column.code)
                if not row.is_extra and value is not None:
                    found[_line(row), column.code] += value
    return found


def _line(row: StatRow) -> str:
    """What a line is known by the whole year: the code of its unit, the present name of its body, else its words."""
    return row.key or (present_name(row.label) if BODY in row.place else row.label)


def _lasting(figure: Counted | None) -> bool:
    """Whether it is a counted figure that is the same on whatever day it is looked at."""
    return figure is not None and bool(figure.on) and not (figure.by or figure.not_by or figure.past)
