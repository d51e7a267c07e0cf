"""``backup``, ``restore``, ``check``: care of the data."""

from __future__ import annotations

from pathlib import Path

import click

from mediation_desk import app
from mediation_desk.cli.audit import check_chain
from mediation_desk.cli.opening import opened
from mediation_desk.cli.server import reached
from mediation_desk.cli.signing_in import named, sign_in, typed_password
from mediation_desk.settings import Settings, resolve
from mediation_desk.shared.errors import InputError

PATH = click.Path(path_type=Path)
BROKEN_CHAIN = "审计记录核对有异常，请用 check --audit 查看"


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
@click.option(
    "--to", "target", metavar="DIR|URL", default="", help="恢复到哪个文件夹，或者服务器上哪个空的库"
)
@click.pass_context
def restore(context: click.Context, file: Path, target: str) -> None:
    """从备份恢复；从不覆盖已有的数据库。服务器的备份用 --as 账号的口令打开，不写 --as 用恢复码。"""
    settings = context.ensure_object(Settings)
    if "://" not in target and not settings.server:
        folder = Path(target) if target else None
        click.echo(f"已恢复，共{app.restore_backup(settings, file, folder)}件案件。")
        return
    care = reached(resolve(database=target) if target else settings)
    name = named(context)
    secret = typed_password(context, f"{name} 的口令" if name else "恢复码")
    found, sound = app.restore_dump(care.settings, file, name, secret)
    click.echo(f"已恢复，共{found}件案件，{'审计记录核对无误' if sound else BROKEN_CHAIN}。")


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
