"""``stats``: official tables for any period."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from mediation_desk.cli.opening import DAY, opened
from mediation_desk.shared.errors import InputError, StorageError
from mediation_desk.shared.files import atomic_write
from mediation_desk.statistics.checks import violations
from mediation_desk.statistics.model import Period
from mediation_desk.statistics.render import to_json, to_text, to_xlsx


@click.command()
@click.option("--from", "first", required=True, metavar="DATE", type=DAY, help="起始日")
@click.option("--to", "last", required=True, metavar="DATE", type=DAY, help="截止日")
@click.option("--as-of", metavar="DATE", type=DAY, help="履行、确认按哪一天算（默认今天）")
@click.option("--table", "code", required=True, type=click.Choice(["cases", "tracks"]))
@click.option(
    "--format", "kind", type=click.Choice(["text", "json", "xlsx"]), default="text", show_default=True
)
@click.option("--out", metavar="FILE", type=click.Path(path_type=Path), help="写入文件（xlsx 必须给出）")
@click.pass_context
def stats(
    context: click.Context,
    first: date,
    last: date,
    as_of: date | None,
    code: str,
    kind: str,
    out: Path | None,
) -> None:
    """统计表：cases 人民调解案件情况统计表，tracks 三调汇总。"""
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
