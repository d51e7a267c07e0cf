"""``desk``, ``demo``, ``tour``: the window, a synthetic centre, the walk through the main job."""

from __future__ import annotations

from pathlib import Path

import click

from mediation_desk import app
from mediation_desk.settings import Settings
from mediation_desk.shared.errors import DeskError


@click.command()
@click.pass_obj
def desk(settings: Settings) -> int:
    """打开调解台（不给命令时也是它）。"""
    try:
        return app.run_window(settings)
    except DeskError as error:
        app.refuse_window(error.message)
        raise


@click.command()
@click.option("--cases", metavar="N", default=200, show_default=True, type=click.IntRange(min=1))
@click.option("--seed", metavar="S", default=1, show_default=True, type=int)
@click.option("--years", metavar="Y", default=2, show_default=True, type=click.IntRange(1, 20))
@click.pass_obj
def demo(settings: Settings, cases: int, seed: int, years: int) -> None:
    """用虚构的中心填满一个空数据库（演练用）：专家、调解室、若干年的案件。"""
    with click.progressbar(length=cases, label="生成案件") as bar:
        app.fill_demo(settings, cases, seed, bar.update, years)
    click.echo(f"已生成{cases}件案件。")


@click.command()
@click.option("--out", required=True, metavar="DIR", type=click.Path(path_type=Path))
def tour(out: Path) -> None:
    """用真实的窗口走一遍主要流程，留下协议、统计表和每个界面的图片。"""
    for path in app.run_tour(out):
        click.echo(str(path))
