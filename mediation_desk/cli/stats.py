"""``stats``: official tables for any period, the cases behind a figure, and the figures of one mediator."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from mediation_desk.cli.opening import DAY, opened
from mediation_desk.cli.stat_options import (
    Wanted,
    filled,
    refuse_filters,
    refuse_future,
    remarks,
    table_options,
    wanted,
)
from mediation_desk.cli.stats_cell import cell
from mediation_desk.cli.stats_freeze import FREEZING
from mediation_desk.cli.stats_warning import WARNING
from mediation_desk.cli.subsidy import subsidy_list
from mediation_desk.cli.telling import tell
from mediation_desk.shared.errors import InputError, StorageError
from mediation_desk.shared.files import atomic_write
from mediation_desk.statistics.checks import violations
from mediation_desk.statistics.mediators.render import to_plain
from mediation_desk.statistics.model import Period, StatTable
from mediation_desk.statistics.organisations import table as organisations
from mediation_desk.statistics.periods import fiscal_year_of, month_of, parse_period
from mediation_desk.statistics.publishing import published
from mediation_desk.statistics.render import to_docx, to_json, to_pdf, to_text, to_xlsx

_WRITERS: dict[str, Callable[[StatTable, Wanted], bytes]] = {
    "text": lambda table, _: to_text(table).encode(),
    "json": lambda table, _: to_json(table).encode(),
    "xlsx": lambda table, asked: to_xlsx(table, asked.reported),
    "pdf": lambda table, asked: to_pdf(table, asked.reported),
    "docx": lambda table, asked: to_docx(table, asked.reported),
}
SUBSIDY = "subsidy"
"""以案定补 has lists of its own, one a month."""

_READ = ("text", "json")
"""Formats that can be shown in a terminal; the others need a file."""


@click.group(invoke_without_command=True)
@click.option(
    "--table",
    "code",
    metavar="TABLE",
    help="统计表：tracks、organisations、cases、screening、administrative、court、reliability、subsidy",
)
@table_options
@click.option("--format", "written_as", type=click.Choice(list(_WRITERS)), default="text", show_default=True)
@click.option("--public", is_flag=True, help="对外公开的：件数少的格子和能推算出来的不列")
@click.option(
    "--out", metavar="FILE", type=click.Path(path_type=Path), help="写入文件（xlsx、pdf、docx 必须给出）"
)
@click.pass_context
def stats(
    context: click.Context,
    /,
    code: str | None,
    written_as: str,
    public: bool,
    out: Path | None,
    **chosen: Any,
) -> None:
    """统计表；cell 一个数字背后的案件，mediator 调解员的指标。"""
    if context.invoked_subcommand is not None:
        return
    if code is None:
        raise click.UsageError("请用 --table 写明哪张统计表。")
    if written_as not in _READ and out is None:
        raise InputError(f"{written_as} 须用 --out 指定文件。", field="--out")
    if public and chosen["mediator"]:
        raise InputError("一名调解员的数字不能公开，请不要同时写 --mediator 和 --public。", field="--public")
    if public and code == SUBSIDY:
        raise InputError("以案定补的清单写着调解员的名字，不能公开。", field="--public")
    with opened(context) as desk:
        asked = wanted(desk, chosen)
        if code == organisations.CODE:
            refuse_filters(chosen, f"{organisations.NO}数的不是案件，")
        if code == SUBSIDY:
            refuse_filters(chosen, "以案定补的清单是全部案件的，", "unit", "by")
            _put(subsidy_list(desk, _month(asked.period), None, written_as), out)
            return
        table = filled(desk, code, asked)
        said = tuple(remarks(desk, asked.period))
    shown = published(table) if public else table
    for violation in violations(table):
        click.echo(f"表内核对不符（{violation.rule}）：{violation.row}，{violation.message}", err=True)
    for remark in said:
        click.echo(remark, err=True)
    _put(_WRITERS[written_as](shown, asked), out)


def _month(period: Period) -> date:
    """The first day of a period that is a month. Raises ``InputError`` for any other."""
    if period != month_of(period.first):
        raise InputError("以案定补按月列清单，期间请写一个月，如 2026-10。", field="--period")
    return period.first


def _put(data: bytes, out: Path | None) -> None:
    if out is None:
        click.echo(data.decode())
        return
    try:
        atomic_write(out, data)
    except OSError as error:
        raise StorageError(f"写不进“{out}”：{error.strerror}。") from error
    click.echo(str(out))


stats.add_command(cell)


@stats.command()
@click.argument("pool_no")
@click.option(
    "--period", "words", metavar="PERIOD", help="2026、2026Q1、2026-03、日期..日期 或 all（默认今年）"
)
@click.option("--as-of", metavar="DATE", type=DAY, help="在办、履行、确认、回访按哪一天算（默认今天）")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，含各项的口径和案件代码")
@click.pass_context
def mediator(
    context: click.Context, pool_no: str, words: str | None, as_of: date | None, as_json: bool
) -> None:
    """一名调解员的指标；件数少的只写件数，不写百分比。"""
    with opened(context) as desk:
        day = as_of or desk.cases.local_today
        period = parse_period(words) if words else fiscal_year_of(day)
        refuse_future(desk, period)
        figures = desk.statistics.mediator(desk.actor, pool_no.upper(), period, day)
        left_out = desk.statistics.left_out()
    if as_json:
        told = to_plain(pool_no.upper(), period, day, figures, left_out)
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for figure in figures:
        more = "" if figure.few or not figure.counts else f"\t{figure.counts}"
        tell(f"{figure.name}\t{figure.text}{more}")
    for one in left_out:
        tell(f"{one.name}\t未列：{one.reason}")


for command in WARNING:
    stats.add_command(command)
for freezing in FREEZING:
    stats.add_command(freezing)
