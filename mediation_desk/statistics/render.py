"""A statistical table as JSON, as text for a terminal, as a sheet."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from typing import TYPE_CHECKING

from mediation_desk.shared.dates import cn_date, cn_period
from mediation_desk.statistics.figures import book
from mediation_desk.statistics.mediators.indicators import indicators
from mediation_desk.statistics.model import Column, StatRow, StatTable, Value
from mediation_desk.statistics.periods import ALL

if TYPE_CHECKING:
    from mediation_desk.statistics.layout import Reported

WITHHELD = "＊"
"""Stands for a value that must not be known."""

_WIDTH = 1000
"""Columns of the imaginary terminal: no line is ever broken."""


def to_json(table: StatTable) -> str:
    """``{"table", "from", "to", "as_of", "rows"}``; amounts as text with two decimals, counts as numbers."""
    exchanged = [(place, column) for place, column in enumerate(table.columns) if column.in_file]
    rows: list[dict[str, int | str | None]] = [
        {
            table.row_key: row.label,
            **{column.code: _plain(row, row.values[place], column) for place, column in exchanged},
        }
        for row in table.rows
    ]
    head = {
        "table": table.code,
        "from": table.period.first.isoformat(),
        "to": table.period.last.isoformat(),
        "as_of": table.as_of.isoformat(),
    }
    notes = {"notes": list(table.words_below)} if table.words_below else {}
    return json.dumps(head | {"rows": rows} | notes, ensure_ascii=False, indent=1) + "\n"


def to_text(table: StatTable) -> str:
    """An aligned table with one line per indicator, so that it stays narrow; Chinese letters are two wide."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=SIMPLE_HEAD, pad_edge=False, show_footer=False)
    grid.add_column(Text("指标"), no_wrap=True)
    grid.add_column(Text("单位"), no_wrap=True)
    for row in table.rows:
        grid.add_column(Text(row.label), justify="right", no_wrap=True)
    for column in table.columns:
        if column.on_sheet:
            figures = (Text(told(table, row, column)) for row in table.rows)
            grid.add_row(Text(_name(column)), Text(column.unit), *figures)
    stream = io.StringIO()
    Console(file=stream, width=_WIDTH, color_system=None).print(grid)
    lines = (line.rstrip() for line in stream.getvalue().splitlines())
    body = "\n".join(line for line in lines if line)
    notes = "".join(f"{note}\n" for note in table.words_below)
    return f"{table.title}\n{subtitle(table)}\n{body}\n{notes}"


def to_xlsx(table: StatTable, reported: Reported | None = None) -> bytes:
    """The table as a workbook laid out as the official sheet, with the definitions on a second one."""
    from mediation_desk.statistics.layout import Reported, laid_out
    from mediation_desk.statistics.sheet import workbook

    return workbook(table, laid_out(table, reported or Reported()))


def to_pdf(table: StatTable, reported: Reported | None = None) -> bytes:
    """The same sheet as PDF; the same table gives the same bytes."""
    from mediation_desk.statistics.layout import Reported, laid_out
    from mediation_desk.statistics.sheet_pdf import sheet_pdf

    return sheet_pdf(laid_out(table, reported or Reported()))


def to_docx(table: StatTable, reported: Reported | None = None) -> bytes:
    """The same sheet as DOCX; the same table gives the same bytes."""
    from mediation_desk.statistics.layout import Reported, laid_out
    from mediation_desk.statistics.sheet_docx import sheet_docx

    return sheet_docx(laid_out(table, reported or Reported()))


def subtitle(table: StatTable) -> str:
    """``统计期间：自…起至…止　截止日：…``."""
    period = f"统计期间：{period_words(table)}"
    if not counts_cases(table):
        return period
    return f"{period}　履行和司法确认截至{cn_date(table.as_of)}"


def counts_cases(table: StatTable) -> bool:
    """Whether it counts cases, so that the day performance is judged on matters; 表一 does not."""
    figures = book()
    return any(column.code in figures.counted or column.code in figures.derived for column in table.columns)


def period_words(table: StatTable) -> str:
    """``自…起至…止``, or that there are no bounds."""
    return "全部" if table.period == ALL else cn_period(table.period.first, table.period.last)


def shown(value: Value, column: Column) -> str:
    """``value`` as people read it: counts plain, amounts with thousands separated, an empty rate as ``—``."""
    if value is None:
        return "—"
    if isinstance(value, Decimal) and column.unit == "天":
        return f"{value:,.1f}"
    if isinstance(value, Decimal):
        return f"{value:,.2f}" + ("%" if column.unit == "%" else "")
    return str(value)


def told(table: StatTable, row: StatRow, column: Column) -> str:
    """What stands in a cell for people to read: a rate of few cases as its counts, ``7/9``.

    Files and sheets that are calculated with keep the number itself (`StatTable.value`).
    """
    if column.code in row.withheld:
        return WITHHELD
    value, one = table.value(row, column.code), book().derived.get(column.code)
    if value is None or one is None or one.unit != "%":
        return shown(value, column)
    known = {other.code: number for other, number in zip(table.columns, row.values, strict=True)}
    part, whole = known.get(one.part), known.get(one.whole)
    if part is None or whole is None or whole >= indicators().few:
        return shown(value, column)
    return f"{part}/{whole}"


def _name(column: Column) -> str:
    name = f"{column.group}：{column.name}" if column.group else column.name
    return f"{column.number} {name}" if column.number else name


def _plain(row: StatRow, value: Value, column: Column) -> int | str | None:
    if column.code in row.withheld:
        return WITHHELD
    return f"{value:.2f}" if isinstance(value, Decimal) else value
