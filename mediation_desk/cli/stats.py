"""``stats``: official tables for any period, and the figures of one mediator."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from mediation_desk.cli.opening import DAY, opened
from mediation_desk.cli.stats_freeze import FREEZING
from mediation_desk.cli.stats_warning import WARNING
from mediation_desk.shared.errors import InputError, StorageError
from mediation_desk.shared.files import atomic_write
from mediation_desk.statistics.checks import violations
from mediation_desk.statistics.mediators.render import to_plain
from mediation_desk.statistics.model import Period
from mediation_desk.statistics.periods import fiscal_year_of, parse_period
from mediation_desk.statistics.render import to_json, to_text, to_xlsx


@click.group(invoke_without_command=True)
@click.option("--from", "first", metavar="DATE", type=DAY, help="起始日")
@click.option("--to", "last", metavar="DATE", type=DAY, help="截止日")
@click.option("--as-of", metavar="DATE", type=DAY, help="履行、确认按哪一天算（默认今天）")
@click.option("--table", "code", type=click.Choice(["cases", "tracks"]))
@click.option(
    "--format", "kind", type=click.Choice(["text", "json", "xlsx"]), default="text", show_default=True
)
@click.option("--out", metavar="FILE", type=click.Path(path_type=Path), help="写入文件（xlsx 必须给出）")
@click.pass_context
def stats(
    context: click.Context,
    first: date | None,
    last: date | None,
    as_of: date | None,
    code: str | None,
    kind: str,
    out: Path | None,
) -> None:
    """统计表：cases 人民调解案件情况统计表，tracks 三调汇总；mediator 调解员的指标。"""
    if context.invoked_subcommand is not None:
        return
    if first is None or last is None or code is None:
        raise click.UsageError("统计表须写明 --from、--to 和 --table。")
    if kind == "xlsx" and out is None:
        raise InputError("xlsx 须用 --out 指定文件。", field="--out")
    with opened(context) as desk:
        period = Period(first=first, last=last)
        table = desk.statistics.table(desk.actor, code, period, as_of or desk.cases.local_today)
    for violation in violations(table):
        click.echo(f"表内核对不符（{violation.rule}）：{violation.row}，{violation.message}", err=True)
    text = to_json if kind == "json" else to_text
    data = to_xlsx(table) if kind == "xlsx" else text(table).encode()
    if out is None:
        click.echo(data.decode())
        return
    try:
        atomic_write(out, data)
    except OSError as error:
        raise StorageError(f"写不进“{out}”：{error.strerror}。") from error
    click.echo(str(out))


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
        figures = desk.statistics.mediator(desk.actor, pool_no.upper(), period, day)
        left_out = desk.statistics.left_out()
    if as_json:
        told = to_plain(pool_no.upper(), period, day, figures, left_out)
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for figure in figures:
        more = "" if figure.few or not figure.counts else f"\t{figure.counts}"
        click.echo(f"{figure.name}\t{figure.text}{more}")
    for one in left_out:
        click.echo(f"{one.name}\t未列：{one.reason}")


for command in WARNING:
    stats.add_command(command)
for freezing in FREEZING:
    stats.add_command(freezing)
