"""``stats report``: the narrative report of a period as a file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

import click

from mediation_desk.cli.opening import DAY, opened
from mediation_desk.shared.files import atomic_write
from mediation_desk.statistics.periods import parse_period


@click.command("report")
@click.option(
    "--period", "words", metavar="PERIOD", required=True, help="2026、2026H1、2026Q3、2026-10 或 日期..日期"
)
@click.option(
    "--format", "kind", type=click.Choice(["docx", "pdf"]), default="docx", show_default=True, help="文件格式"
)
@click.option("--public", is_flag=True, help="写给公众看的：可能看出是谁的数不写（LR-21）")
@click.option("--as-of", metavar="DATE", type=DAY, help="履行、确认、在办按哪一天算（默认今天）")
@click.option("--out", metavar="FILE", type=click.Path(path_type=Path), help="写入文件（默认写到文书文件夹）")
@click.pass_context
def report(
    context: click.Context,
    words: str,
    kind: Literal["docx", "pdf"],
    public: bool,
    as_of: date | None,
    out: Path | None,
) -> None:
    """工作情况报告：月报、季报、半年报、年报，公文格式，文字、图、表都从统计表来。"""
    period = parse_period(words)
    with opened(context) as desk:
        paper = desk.reports.paper(desk.actor, period, as_of, public=public)
        if out is None:
            click.echo(str(desk.reports.write(paper, kind, desk.settings.papers)))
            return
        data = desk.reports.file(paper, kind)
    atomic_write(out, data)
    click.echo(str(out))
