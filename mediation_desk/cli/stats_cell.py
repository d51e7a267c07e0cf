"""``stats cell``: the cases behind one figure of a table."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import click

from mediation_desk.app import Desk
from mediation_desk.cli.opening import opened
from mediation_desk.cli.stat_options import filled, refuse_filters, remarks, table_options, wanted
from mediation_desk.cli.telling import tell
from mediation_desk.statistics.model import StatTable
from mediation_desk.statistics.organisations import table as organisations
from mediation_desk.statistics.render import shown
from mediation_desk.statistics.service import Cell


@click.command()
@click.argument("code", metavar="TABLE")
@click.argument("row", metavar="ROW")
@click.argument("column", metavar="COL")
@table_options
@click.option("--of-whole", is_flag=True, help="率、平均数：列分母的案件（默认列分子的）")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，含口径和依据")
@click.pass_context
def cell(
    context: click.Context,
    /,
    code: str,
    row: str,
    column: str,
    of_whole: bool,
    as_json: bool,
    **chosen: Any,
) -> None:
    """一个数字背后的案件代码，各算多少，合计多少。ROW 写行名或者“合计”，COL 写栏次、代码或者名称。"""
    with opened(context) as desk:
        asked = wanted(desk, chosen)
        table = filled(desk, code, asked)
        if code == organisations.CODE:
            refuse_filters(chosen, f"{organisations.NO}数的不是案件，")
            _tell_members(desk, table, _line(table, row), column, asked.unit, as_json=as_json)
            return
        found = desk.statistics.cell(
            desk.actor, table, _line(table, row), column, among=asked.among, of_whole=of_whole
        )
        said = tuple(remarks(desk, asked.period))
    for remark in said:
        click.echo(remark, err=True)
    if as_json:
        click.echo(json.dumps(_plain(found), ensure_ascii=False, indent=1))
        return
    value = table.value(found.row, found.column.code)
    tell(f"{table.title}　{found.row.label}　{found.column.name}\t{shown(value, found.column)}")
    click.echo(f"口径：{found.figure.definition}（{found.figure.source}）")
    for share in found.shares:
        tell(f"{share.case_key}\t{share.adds}")
    tell(f"合计{len({share.case_key for share in found.shares})}件\t{_sum(found)}")


def _tell_members(desk: Desk, table: StatTable, row: str, column: str, unit: str, *, as_json: bool) -> None:
    """What a figure of 表一 was counted from: bodies, pool numbers, numbers of work entries."""
    members = desk.statistics.members(desk.actor, table, row, column, unit=unit)
    shown_column = table.column(column)
    value = table.value(table.row(row), shown_column.code)
    if as_json:
        told = {
            "table": table.code,
            "row": row,
            "column": shown_column.code,
            "name": shown_column.name,
            "unit": shown_column.unit,
            "value": str(value) if isinstance(value, Decimal) else value,
            "from": table.period.first.isoformat(),
            "to": table.period.last.isoformat(),
            "definition": shown_column.definition,
            "source": shown_column.source,
            "members": list(members),
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    tell(f"{table.title}　{row}　{shown_column.name}\t{shown(value, shown_column)}")
    click.echo(f"口径：{shown_column.definition}（{shown_column.source}）")
    for member in members:
        click.echo(member)


def _line(table: StatTable, typed: str) -> str:
    """The label of the line; 合计 is the sum whatever the table calls it."""
    labels = [line.label for line in table.rows]
    if typed == "合计" and typed not in labels:
        return next((line.label for line in table.rows if line.is_total), typed)
    return typed


def _sum(found: Cell) -> int | Decimal:
    return sum((share.adds for share in found.shares), 0)


def _plain(found: Cell) -> dict[str, object]:
    table, column = found.table, found.column
    value = table.value(found.row, column.code)
    return {
        "table": table.code,
        "row": found.row.label,
        "column": column.code,
        "name": column.name,
        "unit": column.unit,
        "value": str(value) if isinstance(value, Decimal) else value,
        "from": table.period.first.isoformat(),
        "to": table.period.last.isoformat(),
        "as_of": table.as_of.isoformat(),
        "counted": found.figure.code,
        "definition": found.figure.definition,
        "source": found.figure.source,
        "cases": [{"case_key": share.case_key, "adds": _number(share.adds)} for share in found.shares],
        "sum": _number(_sum(found)),
    }


def _number(value: int | Decimal) -> int | str:
    return f"{value:.2f}" if isinstance(value, Decimal) else value
