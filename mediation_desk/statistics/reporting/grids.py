"""Tables of a report: figures against those of other periods, lines against figures, and whole tables behind it."""

from __future__ import annotations

from collections.abc import Iterable

from mediation_desk.documents.content import Column, Table
from mediation_desk.statistics.model import Column as Indicator
from mediation_desk.statistics.model import StatRow, StatTable
from mediation_desk.statistics.reporting.material import Material, Source, When, at, cell, lines_of
from mediation_desk.statistics.reporting.naming import Names
from mediation_desk.statistics.reporting.numbers import (
    NOTHING,
    Style,
    amount,
    change,
    comparable,
    figure,
    whole_of,
)

_WHOLE = 12  # rows a table has at most to be kept on one page


def compared(material: Material, source: Source, codes: Iterable[str], names: Names, style: Style) -> Table:
    """A line for each figure: now, before, a year ago, and the change in words."""
    now = material.now[source]
    yearly = names.kind == "year"
    columns = [Column(title="指标", weight=30, centred=False), Column(title="本期", weight=15)]
    for _, name, word in _others(yearly):
        columns += [Column(title=name, weight=16), Column(title=word, weight=34)]
    rows: list[tuple[str, ...]] = []
    for code in codes:
        found = cell(now, code)
        line = [_name(found.column), _shown(now, _sum(now), code, style)]
        for then, _, _ in _others(yearly):
            table = material.table(source, then)
            line += [NOTHING, NOTHING] if table is None else _against(now, table, code, style)
        rows.append(tuple(line))
    return Table(columns=tuple(columns), rows=tuple(rows), whole=len(rows) <= _WHOLE)


def lined(table: StatTable, codes: Iterable[str], style: Style) -> Table:
    """The lines of the table and their sum, with these figures."""
    wanted = tuple(codes)
    indicators = [table.column(code) for code in wanted]
    heads = (
        Column(title=table.row_title, weight=24),
        *(Column(title=_name(one), weight=18) for one in indicators),
    )
    rows = [row for row in table.rows if not row.is_extra]
    return Table(
        columns=heads,
        rows=tuple((row.label, *(_shown(table, row, code, style) for code in wanted)) for row in rows),
        whole=len(rows) <= _WHOLE,
    )


def turned(table: StatTable, style: Style) -> Table:
    """Everything that stands on its sheet, figures down and lines across."""
    rows = [*lines_of(table), *(row for row in table.rows if row.is_total)]
    return _annex(
        table, [(row.label, table, row) for row in rows], style, weight=16 if len(rows) <= 4 else 12
    )


def summed(material: Material, source: Source, names: Names, style: Style) -> Table:
    """The sums of a table with many lines, with those of the other periods."""
    tables = [("本期", material.now[source])]
    for then, name, _ in _others(names.kind == "year"):
        if (other := material.table(source, then)) is not None:
            tables.append((name, other))
    columns = [(name, one, _sum(one)) for name, one in tables]
    return _annex(material.now[source], columns, style, weight=16)


def _annex(
    table: StatTable, across: list[tuple[str, StatTable, StatRow]], style: Style, *, weight: float
) -> Table:
    heads = (
        Column(title="栏次", weight=8),
        Column(title="指标", weight=44, centred=False),
        *(Column(title=label, weight=weight) for label, _, _ in across),
    )
    numbered = any(column.number for column in table.columns)
    rows = []
    for column in table.columns:
        if not column.on_sheet:
            continue
        name = f"{column.group}：{_name(column)}" if column.group else _name(column)
        numbers = (_shown(one, row, column.code, style) for _, one, row in across)
        rows.append((column.number, name, *numbers) if numbered else (name, *numbers))
    return Table(columns=heads if numbered else heads[1:], rows=tuple(rows), fine=True)


def _others(yearly: bool) -> tuple[tuple[When, str, str], ...]:
    before = (When.BEFORE, "上期", "环比")
    return (before,) if yearly else (before, (When.YEAR, "上年同期", "同比"))


def _against(now: StatTable, then: StatTable, code: str, style: Style) -> list[str]:
    found, other = cell(now, code), cell(then, code)
    shown = _shown(then, _sum(then), code, style)
    if not all(comparable(one, code, "", style) for one in (now, then)):
        return [shown, NOTHING]
    if not found.withheld and not other.withheld and other.value == 0 and found.value:
        return [shown, f"增加{amount(found, style)}"]
    told = change(found, other, "", style).removeprefix("比")
    return [shown, {"与持平": "持平"}.get(told, told) or NOTHING]


def _shown(table: StatTable, row: StatRow, code: str, style: Style) -> str:
    """The number; a rate of few cases as a fraction."""
    found = at(table, row, code)
    if found.withheld:
        return style.withheld
    both = whole_of(table, code, row)
    if both is not None and found.column.unit == "%" and found.value is not None:
        part, whole = both
        if whole.withheld or part.withheld:
            return style.withheld
        if (whole.value or 0) < style.few:
            return f"{part.value}/{whole.value}"
    return figure(found.value, found.column.unit)


def _sum(table: StatTable) -> StatRow:
    return next(row for row in table.rows if row.is_total)


def _name(column: Indicator) -> str:
    return column.name if column.unit in column.name else f"{column.name}（{column.unit}）"
