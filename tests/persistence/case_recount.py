"""The statistical tables counted a second time, from exported JSON alone (domain.md §3).

Every cell of a table is a loop over the lines of all cases. Slow and plain on purpose: where the program and this
disagree, one of them is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from tests.persistence.case_lines import Line
from tests.persistence.recount_columns import (
    CAME_AND_WENT,
    COMMITTEES,
    FOUND,
    HOSTS,
    MAIN,
    OF_KIND,
    PREVENTED,
    SOURCES,
    SUBTOTALS,
    TIMES,
    Adds,
    Asked,
    Cell,
    Value,
    concluded,
)

_FEW = 3
RATES = {
    "success_rate": ("success", "concluded", 100),
    "performed_rate": ("performed", "success", 100),
    "overdue_rate": ("overdue", "bounded", 100),
    "satisfaction": ("contents", "evaluations", 100),
    "handled_rate": ("concluded", "registered", 100),
    "average_days": ("days_sum", "concluded", 1),
}
"""Part, whole, and what the quotient is multiplied by; two decimals, half up, of days one."""

_LEVELS = {
    "村调委会": "村居",
    "居调委会": "村居",
    "乡镇调委会": "乡镇街道",
    "街道调委会": "乡镇街道",
}
"""The table of the 综治 platforms has three levels (§3.5); what is neither village nor township is the district's."""


@dataclass(slots=True)
class Table:
    """Which cases stand in it, in which line, and under which columns."""

    has: Callable[[Line], bool]
    row: Callable[[Line], str]
    columns: dict[str, Adds]
    rates: tuple[str, ...] = ()
    total: str = "合计"
    to_date: bool = False


TABLES = {
    "tracks": Table(
        has=lambda _: True,
        row=lambda line: line.track,
        columns=MAIN | CAME_AND_WENT | TIMES,
        rates=("success_rate", "performed_rate", "overdue_rate", "satisfaction", "average_days"),
    ),
    "cases": Table(
        has=lambda line: line.body_type in COMMITTEES,
        row=lambda line: line.body,
        columns=MAIN
        | HOSTS
        | SOURCES
        | OF_KIND
        | SUBTOTALS
        | PREVENTED
        | {"confirm_refused": concluded(lambda line, asked: asked.by(line.refused))},
    ),
    "screening": Table(
        has=lambda _: True,
        row=lambda line: _LEVELS.get(line.body_type, "县市区"),
        columns=MAIN | CAME_AND_WENT | FOUND | OF_KIND,
        rates=("success_rate", "handled_rate"),
        total="小计",
        to_date=True,
    ),
    "administrative": Table(
        has=lambda line: line.track == "行政调解",
        row=lambda line: f"{line.body}　{line.category}",
        columns=MAIN
        | SOURCES
        | {
            "groups_of_three": concluded(lambda line, _: line.persons >= _FEW),
            "prevented_any": concluded(lambda line, _: any(cases for cases, _ in line.prevented.values())),
        },
    ),
    "court": Table(
        has=lambda line: bool(line.court_mode),
        row=lambda line: line.court_mode,
        columns=MAIN
        | TIMES
        | {
            "court_paper": concluded(lambda line, _: any("调解书" in paper for paper in line.court_papers)),
            "court_withdrawn": concluded(lambda line, _: any("撤诉" in paper for paper in line.court_papers)),
        },
        rates=("success_rate", "average_days"),
    ),
}


def recount(code: str, lines: Sequence[Line], asked: Asked) -> dict[tuple[str, str], Cell]:
    """Every cell of the table ``code``, by label and column code; lines without cases are left out."""
    table = TABLES[code]
    mine = [line for line in lines if table.has(line)]
    cells = _counted(table, mine, asked, lambda line: (table.row(line), table.total))
    if table.to_date:
        cells |= _counted(table, mine, _year_to_date(asked), lambda _: ("年度累计",))
    return cells


def _counted(
    table: Table, lines: Iterable[Line], asked: Asked, labels: Callable[[Line], tuple[str, ...]]
) -> dict[tuple[str, str], Cell]:
    cells: dict[tuple[str, str], Cell] = {}
    for line in lines:
        for column, adds in table.columns.items():
            part = adds(line, asked)
            for label in labels(line) if part is not None else ():
                cell = cells.setdefault((label, column), Cell(0))
                cell.value = (cell.value or 0) + (part or 0)
                cell.parts[line.key] = part or 0
    for label in {label for label, _ in cells}:
        for column in table.columns:
            cells.setdefault((label, column), Cell(0))
        yuan = cells[label, "agreed_yuan"]
        cells[label, "agreed_wan"] = Cell(_rounded(Decimal(yuan.value or 0) / 10_000))
        for rate in table.rates:
            part_of, whole, times = RATES[rate]
            cells[label, rate] = Cell(
                _quotient(cells[label, part_of].value, cells[label, whole].value, times)
            )
    return cells


def _year_to_date(asked: Asked) -> Asked:
    """From the first day of the calendar year in which the period ends, or stands on the day asked about."""
    year = min(asked.last, asked.as_of).year
    return replace(asked, first=date(year, 1, 1), last=min(asked.last, date(year, 12, 31)))


def _quotient(part: Value, whole: Value, times: int) -> Decimal | None:
    if not whole:
        return None
    return _rounded(Decimal(part or 0) * times / Decimal(whole), "0.01" if times > 1 else "0.1")


def _rounded(number: Decimal, to: str = "0.01") -> Decimal:
    return number.quantize(Decimal(to), ROUND_HALF_UP)
