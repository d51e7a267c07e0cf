"""``work``: the register of work that is no case: add, list, void."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from mediation_desk.cli.opening import DAY, opened
from mediation_desk.cli.telling import tell
from mediation_desk.shared.errors import InputError, StorageError
from mediation_desk.shared.files import atomic_write
from mediation_desk.shared.money import parse_yuan
from mediation_desk.statistics.periods import parse_period
from mediation_desk.statistics.work.kinds import WorkRules
from mediation_desk.statistics.work.model import MOST_LISTED, NewWork, WorkEntry, WorkQuery
from mediation_desk.statistics.work.words import (
    category_text,
    days_text,
    numbers_text,
    state_text,
    sums_text,
)

KINDS = "排查纠纷、预防纠纷、培训、司法行政机关指导经费、调委会补助经费、调解员补贴经费"


@click.group()
def work() -> None:
    """工作记录：不是案件的工作，统计表要数的排查、预防、培训、经费。"""


def _numbers(command: Callable[..., Any]) -> Callable[..., Any]:
    """The numbers a kind may ask for."""
    for name, metavar, words in (
        ("--yuan", "X", "金额（元）"),
        ("--people", "N", "人次"),
        ("--handed", "N", "其中转为案件几件"),
        ("--disputes", "N", "发现或者预防的纠纷几件"),
        ("--times", "N", "几次、几期"),
    ):
        kind = str if name == "--yuan" else int
        command = click.option(name, metavar=metavar, type=kind, help=words)(command)
    return command


@work.command()
@click.option("--kind", required=True, metavar="KIND", help=f"{KINDS}，或者 work.toml 里的 code")
@click.option("--unit", required=True, metavar="UNIT", help="单位的名称、简称、代码或者调解组织的简称")
@click.option("--from", "first", type=DAY, metavar="DATE", required=True, help="起始日；经费为付款日")
@click.option("--to", "last", type=DAY, metavar="DATE", help="截止日（默认同一天）；统计按这一天算在哪一期")
@_numbers
@click.option("--category", default="", metavar="CODE", help="综治类别，如 02 或 邻里纠纷")
@click.option("--note", default="", metavar="TEXT", help="备注")
@click.option("--operation", default="", metavar="ID", help="同一个 ID 再来一次不重复记")
@click.pass_context
def add(context: click.Context, /, **said: Any) -> None:
    """记一条，打印它的序号。"""
    operation, yuan = said.pop("operation"), said.pop("yuan")
    amount = parse_yuan(yuan, field="--yuan") if yuan is not None else None
    new = NewWork(yuan=amount, **said)
    with opened(context, create=True) as desk:
        entry = desk.work.add(desk.actor, new, operation_id=operation)
        tell(_line(entry, desk.work.rules))


@work.command("list")
@click.option("--kind", default="", metavar="KIND", help="只看一种")
@click.option("--unit", default="", metavar="UNIT", help="只看一个单位和它下面的")
@click.option("--period", "words", metavar="PERIOD", help="2026、2026Q1、2026-03、日期..日期（默认全部）")
@click.option("--counting", is_flag=True, help="不列作废的")
@click.option("--limit", default=MOST_LISTED, show_default=True, metavar="N", type=click.IntRange(min=1))
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.option("--out", metavar="FILE", type=click.Path(path_type=Path), help="全部存成工作簿（.xlsx）")
@click.pass_context
def list_(
    context: click.Context,
    kind: str,
    unit: str,
    words: str | None,
    counting: bool,
    limit: int,
    as_json: bool,
    out: Path | None,
) -> None:
    """各条工作记录，末日晚的在前，最后是合计；作废的列出而不计。"""
    period = parse_period(words) if words else None
    with opened(context) as desk:
        query = WorkQuery(
            kind=desk.work.rules.kind(kind).code if kind else "",
            units=desk.work.units_under(unit),
            first=period.first if period else None,
            last=period.last if period else None,
            voided=not counting,
            limit=limit,
        )
        rules, sums = desk.work.rules, desk.work.sums(desk.actor, query)
        data = desk.work.sheet(desk.actor, query) if out is not None else b""
        entries = desk.work.listed(desk.actor, query) if out is None else ()
    if out is not None:
        _write(out, data)
    elif as_json:
        click.echo(json.dumps([_plain(one, rules) for one in entries], ensure_ascii=False, indent=1))
    else:
        for entry in entries:
            tell(_line(entry, rules))
        click.echo(sums_text(sums))
        if len(entries) == limit:
            click.echo(f"只列出最近的{limit}条，请用 --period 或者 --limit。", err=True)


@work.command()
@click.argument("number", type=click.IntRange(min=1), metavar="N")
@click.option("--reason", required=True, metavar="TEXT", help="为什么作废")
@click.pass_context
def void(context: click.Context, number: int, reason: str) -> None:
    """作废第 N 条：留在登记里，不再计数；改错就是作废以后重记一条。"""
    with opened(context) as desk:
        tell(_line(desk.work.void(desk.actor, number, reason), desk.work.rules))


def _write(out: Path, data: bytes) -> None:
    if out.suffix.lower() != ".xlsx":
        raise InputError("应写成 .xlsx 文件。", field="--out")
    try:
        atomic_write(out, data)
    except OSError as error:
        raise StorageError(f"写不进“{out}”：{error.strerror}。") from error
    click.echo(str(out))


def _line(entry: WorkEntry, rules: WorkRules) -> str:
    parts = (
        str(entry.id),
        rules.name(entry.kind),
        entry.unit_name,
        days_text(entry),
        numbers_text(entry, rules),
        category_text(entry),
        entry.note,
        state_text(entry),
    )
    return "\t".join(parts).rstrip()


def _plain(entry: WorkEntry, rules: WorkRules) -> dict[str, object]:
    return {
        "id": entry.id,
        "kind": entry.kind,
        "kind_name": rules.name(entry.kind),
        "unit": entry.unit,
        "unit_name": entry.unit_name,
        "first": entry.first.isoformat(),
        "last": entry.last.isoformat(),
        "times": entry.times,
        "disputes": entry.disputes,
        "handed": entry.handed,
        "people": entry.people,
        "yuan": f"{entry.yuan:.2f}" if entry.yuan is not None else None,
        "category": entry.category,
        "note": entry.note,
        "clerk": entry.clerk,
        "at": entry.at.isoformat(),
        "voided_on": entry.voided_on.isoformat() if entry.voided_on else None,
        "voided_by": entry.voided_by,
        "void_reason": entry.void_reason,
    }
