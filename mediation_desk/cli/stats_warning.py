"""``stats warning`` and ``stats repeats``: risks of the cases in hand, sudden rises, disputes that come back."""

from __future__ import annotations

import json
from datetime import date

import click

from mediation_desk.cli.opening import opened
from mediation_desk.shared.errors import InputError
from mediation_desk.statistics.model import month_number
from mediation_desk.statistics.periods import fiscal_year_of, month_of, parse_period
from mediation_desk.statistics.warning.render import (
    matrix_lines,
    matrix_to_plain,
    repeat_lines,
    repeats_to_plain,
    rise_lines,
    rises_to_plain,
)

_LEVELS = {"blue": 1, "yellow": 2, "orange": 3, "red": 4}


@click.command()
@click.option(
    "--month", "words", metavar="MONTH", help="突增看哪个月，如 2026-03（默认本月，按已过天数折算）"
)
@click.option(
    "--level",
    type=click.Choice(tuple(_LEVELS)),
    default="orange",
    show_default=True,
    help="从哪一级起列出案件：blue 蓝、yellow 黄、orange 橙、red 红",
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，含全部案件、信号和检验的数字")
@click.pass_context
def warning(context: click.Context, words: str | None, level: str, as_json: bool) -> None:
    """预警：在办案件的四级风险和信号，本月的突增和检验说明。"""
    with opened(context) as desk:
        risks = desk.warning.matrix(desk.actor)
        rises = desk.warning.rises(desk.actor, _month(words) if words else None)
    if as_json:
        told = {"risks": matrix_to_plain(risks), "rises": rises_to_plain(rises)}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for line in (*matrix_lines(risks, _LEVELS[level]), *rise_lines(rises)):
        click.echo(line)


@click.command()
@click.option("--period", "words", metavar="PERIOD", help="2026、2026Q1、2026-03、日期..日期（默认今年）")
@click.option("--days", type=click.IntRange(min=1), help="往前看多少天（默认按规则文件 warning.toml）")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，只有案件代码，没有姓名")
@click.pass_context
def repeats(context: click.Context, words: str | None, days: int | None, as_json: bool) -> None:
    """反复纠纷：同样的两方又站在对立两边的案件。"""
    with opened(context) as desk:
        period = parse_period(words) if words else fiscal_year_of(desk.cases.local_today)
        found = desk.warning.repeats(desk.actor, period, days)
    if as_json:
        click.echo(json.dumps(repeats_to_plain(found), ensure_ascii=False, indent=1))
        return
    for line in repeat_lines(found):
        click.echo(line)


def _month(words: str) -> int:
    """The number of a month. Raises ``InputError`` for any other period."""
    period = parse_period(words)
    day: date = period.first
    if period != month_of(day):
        raise InputError(f"“{words}”不是一个月，应为 2026-03 这样。", field="--month")
    return month_number(day)


WARNING = (warning, repeats)
"""What ``stats`` offers of it."""
