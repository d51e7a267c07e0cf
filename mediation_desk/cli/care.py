"""``backup``, ``restore``, ``check``: care of the data."""

from __future__ import annotations

from pathlib import Path

import click

from mediation_desk import app
from mediation_desk.cli.audit import check_chain
from mediation_desk.cli.opening import opened
from mediation_desk.cli.signing_in import sign_in
from mediation_desk.settings import Settings
from mediation_desk.shared.errors import InputError

PATH = click.Path(path_type=Path)


@click.command()
@click.option(
    "--to", "folder", metavar="DIR", type=PATH, help="备份放到哪个文件夹（默认数据文件夹的 backups）"
)
@click.pass_context
def backup(context: click.Context, folder: Path | None) -> None:
    """备份正在使用的数据库；备份件经过打开检查。"""
    with opened(context) as desk:
        click.echo(str(desk.back_up(desk.actor, folder)))


@click.command()
@click.argument("file", type=PATH)
@click.option("--to", "folder", metavar="DIR", type=PATH, help="恢复到哪个文件夹（默认数据文件夹）")
@click.pass_obj
def restore(settings: Settings, file: Path, folder: Path | None) -> None:
    """从备份恢复；从不覆盖已有的数据库。"""
    click.echo(f"已恢复，共{app.restore_backup(settings, file, folder)}件案件。")


@click.command()
@click.option("--audit", is_flag=True, help="核对审计记录：指出改动、删除、对调、截断、伪造、重复、清空")
@click.option("--anchor", "anchors", metavar="CODE", multiple=True, help="纸上的审计码，可以给几个")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON（只用于 --audit）")
@click.pass_context
def check(context: click.Context, audit: bool, anchors: tuple[str, ...], as_json: bool) -> int:
    """检查数据库是否完好，列出各组件的版本；--audit 核对审计记录。"""
    if audit:
        return check_chain(context, anchors, as_json=as_json)
    if anchors or as_json:
        raise InputError("--anchor 和 --json 只用于 --audit。", field="--audit")
    desk = app.open_desk(context.ensure_object(Settings), create=False)
    try:
        if not desk.storage.is_open:  # encrypted: nobody can look into it without a password
            sign_in(context, desk)
        found = desk.check()
    finally:
        desk.close()
    click.echo(f"数据库完好，共{found}件案件。")
    click.echo("；".join(f"{name}：{version}" for name, version in app.component_versions().items()))
    return 0
