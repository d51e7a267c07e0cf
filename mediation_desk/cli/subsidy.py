"""``subsidy``: worksheet, list, prepare, approve, paid, withdraw, refuse, void (以案定补)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import click

from mediation_desk.app import Desk
from mediation_desk.cli.opening import DAY, opened
from mediation_desk.shared.errors import InputError, StorageError
from mediation_desk.shared.files import atomic_write
from mediation_desk.subsidy.model import BatchSheet
from mediation_desk.subsidy.months import parse_month
from mediation_desk.subsidy.render import (
    case_lines,
    case_to_plain,
    month_lines,
    month_to_plain,
    sheet_lines,
    sheet_to_plain,
)

MONTH = click.option("--month", required=True, metavar="MONTH", help="哪个月，如 2026-10")
NO = click.option("--no", type=click.IntRange(min=1), metavar="N", help="当月第几号清单（默认最后一号）")
REASON = click.option("--reason", required=True, metavar="TEXT", help="理由")
JSON = click.option("--json", "as_json", is_flag=True, help="输出 JSON")


@click.group()
def subsidy() -> None:
    """以案定补：核算单、月末清单、审批、发放、作废。"""


@subsidy.command()
@click.argument("key")
@JSON
@click.pass_context
def worksheet(context: click.Context, key: str, as_json: bool) -> None:
    """一件案件的核算单：归哪一类、依据哪一项、各调解员多少，或者为什么不补。"""
    with opened(context) as desk:
        found = desk.subsidies.worksheet(desk.actor, key)
    _say(case_to_plain(found) if as_json else None, case_lines(found))


@subsidy.command("list")
@MONTH
@NO
@click.option(
    "--format",
    "kind",
    type=click.Choice(["text", "json", "xlsx", "pdf", "docx"]),
    default="text",
    show_default=True,
)
@click.option(
    "--out", metavar="FILE", type=click.Path(path_type=Path), help="写入文件（xlsx、pdf、docx 必须给出）"
)
@click.pass_context
def list_(context: click.Context, month: str, no: int | None, kind: str, out: Path | None) -> None:
    """一个月的清单。text、json：还没有列入的案件和理由，写了 --no 的是那一号清单；xlsx、pdf、docx：发放表。"""
    if kind in ("xlsx", "pdf", "docx") and out is None:
        raise InputError(f"{kind} 须用 --out 指定文件。", field="--out")
    with opened(context) as desk:
        data = subsidy_list(desk, parse_month(month), no, kind)
    if out is None:
        click.echo(data.decode(), nl=False)
        return
    try:
        atomic_write(out, data)
    except OSError as error:
        raise StorageError(f"写不进“{out}”：{error.strerror}。") from error
    click.echo(str(out))


@subsidy.command()
@MONTH
@JSON
@click.pass_context
def prepare(context: click.Context, month: str, as_json: bool) -> None:
    """编制月末清单：把可以计补的都列入，等审批。"""
    _decide(context, lambda desk: desk.subsidies.prepare(desk.actor, parse_month(month)), as_json)


@subsidy.command()
@MONTH
@NO
@click.option("--refuse", multiple=True, metavar="KEY=TEXT", help="不予批准的案件代码和理由，可以写几次")
@JSON
@click.pass_context
def approve(
    context: click.Context, month: str, no: int | None, refuse: tuple[str, ...], as_json: bool
) -> None:
    """批准一号清单；批准以后不再改动。"""
    reasons = dict(map(_refusal, refuse))
    _decide(
        context,
        lambda desk: desk.subsidies.approve(desk.actor, parse_month(month), no, refuse=reasons),
        as_json,
    )


@subsidy.command()
@MONTH
@NO
@click.option("--on", type=DAY, metavar="DATE", help="发放日期，默认今天")
@JSON
@click.pass_context
def paid(context: click.Context, month: str, no: int | None, on: date | None, as_json: bool) -> None:
    """登记一号清单已经发放。"""
    _decide(context, lambda desk: desk.subsidies.paid(desk.actor, parse_month(month), no, on=on), as_json)


@subsidy.command()
@MONTH
@NO
@REASON
@JSON
@click.pass_context
def withdraw(context: click.Context, month: str, no: int | None, reason: str, as_json: bool) -> None:
    """撤回还没有批准的清单，案件可以重新列入。"""
    _decide(
        context, lambda desk: desk.subsidies.withdraw(desk.actor, parse_month(month), no, reason), as_json
    )


@subsidy.command()
@click.argument("key")
@REASON
@click.pass_context
def refuse(context: click.Context, key: str, reason: str) -> None:
    """决定一件案件不补，以后的清单不再出现；作废这个决定以后可以再列入。"""
    with opened(context) as desk:
        desk.subsidies.refuse(desk.actor, key, reason)
        found = desk.subsidies.worksheet(desk.actor, key)
    _say(None, case_lines(found))


@subsidy.command()
@click.argument("key")
@REASON
@click.option("--again", is_flag=True, help="作废以后按现在的情况重新列入（默认不再列入）")
@click.pass_context
def void(context: click.Context, key: str, reason: str, again: bool) -> None:
    """作废一件案件的计补；已经批准的，下一号清单用负数冲减。"""
    with opened(context) as desk:
        desk.subsidies.void(desk.actor, key, reason, again=again)
        found = desk.subsidies.worksheet(desk.actor, key)
    _say(None, case_lines(found))


def subsidy_list(desk: Desk, month: date, no: int | None, kind: str) -> bytes:
    """The list of a month as a file of this kind."""
    papers = desk.subsidy_papers
    if kind == "xlsx":
        return papers.workbook(desk.actor, month, no)
    if kind == "pdf":
        return papers.preview_list(desk.actor, month, no)
    if kind == "docx":
        return papers.docx(desk.actor, month, no)
    if no is not None:
        sheet = desk.subsidies.sheet(desk.actor, month, no)
        return _text(sheet_to_plain(sheet) if kind == "json" else None, sheet_lines(sheet))
    found = desk.subsidies.month_list(desk.actor, month)
    return _text(month_to_plain(found) if kind == "json" else None, month_lines(found))


def _decide(context: click.Context, do: Callable[[Desk], BatchSheet], as_json: bool) -> None:
    with opened(context) as desk:
        sheet = do(desk)
    _say(sheet_to_plain(sheet) if as_json else None, sheet_lines(sheet))


def _say(plain: dict[str, Any] | None, lines: Iterable[str]) -> None:
    click.echo(_text(plain, lines).decode(), nl=False)


def _text(plain: dict[str, Any] | None, lines: Iterable[str]) -> bytes:
    words = "\n".join(lines) if plain is None else json.dumps(plain, ensure_ascii=False, indent=1)
    return f"{words}\n".encode()


def _refusal(words: str) -> tuple[str, str]:
    key, equals, reason = words.partition("=")
    if not equals or not key.strip():
        raise InputError(f"“{words}”应写成 案件代码=理由。", field="--refuse")
    return key.strip(), reason
