"""``expert import|export|undo-import``: rosters in and out of the pool."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mediation_desk.cli.opening import opened
from mediation_desk.cli.sheets import Wanted, as_told, content, counts, head, plan_as_data, sheet_options
from mediation_desk.cli.telling import tell
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.files import atomic_write

if TYPE_CHECKING:
    from mediation_desk.interchange.pool.batch import BatchResult
    from mediation_desk.interchange.pool.staging import StagedImport

_TWINS = {"skip": "跳过", "update": "更新", "new": "按新人"}


@click.command("import")
@sheet_options
@click.option(
    "--duplicates",
    type=click.Choice(list(_TWINS)),
    default="skip",
    show_default=True,
    help="库中已有的人怎么办",
)
@click.pass_context
def import_(
    context: click.Context,
    wanted: Wanted,
    duplicates: str,
) -> None:
    """从 .xlsx 或 .json 花名册成批收入专家库：不对的行逐行说明，好的行作为一批收入，可以整批撤销。"""
    data = content(wanted.file)
    with opened(context, create=not wanted.dry_run) as desk:
        rosters = desk.pool_import
        staged = rosters.stage(
            desk.actor, rosters.read(desk.actor, wanted.file.name, data, sheet=wanted.sheet)
        )
        staged = _with_twins(as_told(staged, wanted), duplicates)
        if wanted.as_json and wanted.dry_run:
            click.echo(json.dumps(_plain(staged, None), ensure_ascii=False, indent=1))
            return
        if not wanted.as_json:
            _tell(staged)
        if wanted.dry_run:
            return
        result = rosters.take_in(desk.actor, staged, only_good=not wanted.everything)
    if wanted.as_json:
        click.echo(json.dumps(_plain(staged, result), ensure_ascii=False, indent=1))
        return
    click.echo(
        f"批次{result.batch}：新增{result.added}人，更新{result.updated}人。撤销：expert undo-import {result.batch}"
    )


@click.command("undo-import")
@click.argument("batch")
@click.pass_context
def undo_import(context: click.Context, batch: str) -> None:
    """整批撤销一次导入；有人已被案件引用或者改动过的，什么也不改，并说明是谁。"""
    with opened(context) as desk:
        undone = desk.pool_import.undo(desk.actor, batch)
    click.echo(f"批次{batch}已撤销：撤出{len(undone.added)}人，恢复{len(undone.replaced)}人。")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--public", is_flag=True, help="只含公开栏目：没有证件号、电话、住址、利害关系")
@click.pass_context
def export(context: click.Context, file: Path, public: bool) -> None:
    """把专家库写成 .xlsx（或 .json），可以再导入。"""
    ending = file.suffix.lower()
    if ending not in (".xlsx", ".json") or (public and ending == ".json"):
        raise InputError("导出文件应为.xlsx；不加 --public 时也可以是.json。", field="FILE")
    with opened(context) as desk:
        if ending == ".json":
            content = desk.pool_import.export_json(desk.actor).encode()
        else:
            content = desk.pool_import.export(desk.actor, public_only=public)
    atomic_write(file, content)
    click.echo(str(file))


def _with_twins(staged: StagedImport, wanted: str) -> StagedImport:
    from mediation_desk.interchange.sheets.twins import Choice

    choice = Choice(_TWINS[wanted])
    twins = [row.number for row in staged.rows if row.twin and choice in row.choices]
    return staged.with_choices(dict.fromkeys(twins, choice))


def _tell(staged: StagedImport) -> None:
    """Each problem and each repetition on a line of its own, then the counts."""
    from mediation_desk.interchange.sheets.rows import State

    head(staged)
    unit = staged.plan.table.unit
    for row in staged.rows:
        if row.twin is not None:
            tell(f"第{row.number}{unit}\t{row.choice}\t{row.twin_sentence}")
        if row.state is not State.SKIPPED:
            for trouble in row.troubles:
                click.echo(f"{'' if trouble.blocking else '注意：'}{trouble.sentence}")
    counts(staged)


def _plain(staged: StagedImport, result: BatchResult | None) -> dict[str, object]:
    from mediation_desk.interchange.sheets.rows import State

    return {
        **plan_as_data(staged),
        "problems": [
            {"row": row.number, "field": one.field, "blocking": one.blocking, "reason": one.sentence}
            for row in staged.rows
            if row.state is not State.SKIPPED
            for one in row.troubles
        ],
        "batch": result.batch if result else None,
        "added": result.added if result else 0,
        "updated": result.updated if result else 0,
    }
