"""``backup``, ``restore``, ``check``: care of the data."""

from __future__ import annotations

from pathlib import Path

import click

from mediation_desk import app
from mediation_desk.cli.opening import opened
from mediation_desk.settings import Settings

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
@click.pass_obj
def check(settings: Settings) -> None:
    """检查数据库是否完好。"""
    click.echo(f"数据库完好，共{app.check_database(settings)}件案件。")
