"""``ledger import|undo``: old case registers in, and out again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from mediation_desk.cli.opening import opened
from mediation_desk.cli.sheets import Wanted, as_told, content, counts, head, plan_as_data, sheet_options
from mediation_desk.cli.telling import tell

if TYPE_CHECKING:
    from mediation_desk.interchange.ledger.rows import LedgerRow
    from mediation_desk.interchange.ledger.service import LedgerResult
    from mediation_desk.interchange.ledger.staging import StagedLedger
    from mediation_desk.interchange.sheets.rows import Trouble

_NAMED = 20
_AS_ABOVE = {"按新人": "照收"}


@click.group()
def ledger() -> None:
    """旧台账：导入、撤销。"""


@ledger.command("import")
@sheet_options
@click.pass_context
def import_(context: click.Context, wanted: Wanted) -> None:
    """从 .xlsx 台账成批收入案件：不对的行逐行说明（行、列、值、原因），好的行作为一批收入，可以整批撤销。"""
    data = content(wanted.file)
    with opened(context, create=not wanted.dry_run) as desk:
        ledgers = desk.ledger_import
        staged = ledgers.stage(
            desk.actor, ledgers.read(desk.actor, wanted.file.name, data, sheet=wanted.sheet)
        )
        if wanted.columns or wanted.fills:
            staged = ledgers.refreshed(desk.actor, as_told(staged, wanted))
        if not wanted.as_json:
            _tell(staged)
        result = (
            None if wanted.dry_run else ledgers.take_in(desk.actor, staged, only_good=not wanted.everything)
        )
    if wanted.as_json:
        click.echo(json.dumps(_plain(staged, result), ensure_ascii=False, indent=1))
    elif result is not None:
        click.echo(f"批次{result.batch}：收入{result.taken}件。撤销：ledger undo {result.batch}")


@ledger.command()
@click.argument("batch")
@click.pass_context
def undo(context: click.Context, batch: str) -> None:
    """整批撤销一次台账导入；导入之后已经办理过的案件留下，并说明是哪些。"""
    with opened(context) as desk:
        undone = desk.ledger_import.undo(desk.actor, batch)
        stayed = desk.ledger_import.stayed(desk.actor, batch)
    click.echo(f"批次{batch}已撤销：撤出{undone.taken - undone.stayed}件，留下{undone.stayed}件。")
    if stayed:
        more = f"等{len(stayed)}件" if len(stayed) > _NAMED else ""
        click.echo(f"留下的案件已经办理过：{'、'.join(stayed[:_NAMED])}{more}")


def _tell(staged: StagedLedger) -> None:
    """Each problem as row, column, value, reason; each repetition; then the counts and what the register says."""
    head(staged)
    for row in staged.rows:
        if row.twin is not None:
            tell(f"第{row.number}行\t\t{_AS_ABOVE.get(str(row.choice), row.choice)}\t{row.twin_sentence}")
        for trouble in row.troubles:
            place, value = _place(row, trouble)
            tell(f"第{row.number}行\t{place}\t{value}\t{_reason(trouble)}")
    counts(staged)
    told = "，".join(f"{words}{number}件" for words, number in sorted(staged.results().items()))
    if told:
        click.echo(f"台账写明的结果：{told}")


def _place(row: LedgerRow, trouble: Trouble) -> tuple[str, str]:
    where = trouble.where.removeprefix(f"第{row.number}{row.unit}")
    value = row.line.cell(trouble.place) if trouble.place is not None else ""
    return where, " ".join(value.split())[:40]


def _reason(trouble: Trouble) -> str:
    return trouble.reason if trouble.blocking else f"注意：{trouble.reason}"


def _plain(staged: StagedLedger, result: LedgerResult | None) -> dict[str, object]:
    problems = []
    for row in staged.rows:
        for trouble in row.troubles:
            place, value = _place(row, trouble)
            told = {"row": row.number, "column": place, "field": trouble.field, "value": value}
            problems.append(told | {"blocking": trouble.blocking, "reason": trouble.reason})
    return {
        **plan_as_data(staged),
        "results": dict(staged.results()),
        "left_out": [{"row": number, "words": words} for number, words in staged.left_out],
        "problems": problems,
        "batch": result.batch if result else None,
        "taken": result.taken if result else 0,
    }
