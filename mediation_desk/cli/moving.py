"""``move``: a whole centre to another database."""

from __future__ import annotations

import json

import click

from mediation_desk.cli.opening import opened
from mediation_desk.cli.telling import tell
from mediation_desk.settings import resolve
from mediation_desk.shared.errors import InputError


@click.command()
@click.option("--to", "url", metavar="URL", default="", help="搬到哪个空的数据库，写法同 --database")
@click.option("--keep-using", is_flag=True, help="已经搬走的中心，仍在原处使用")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_context
def move(context: click.Context, url: str, *, keep_using: bool, as_json: bool) -> None:
    """把整个中心搬到另一个空的数据库，逐表核对以后才切换；原来的数据不删。"""
    if bool(url) == keep_using:
        raise InputError("--to 与 --keep-using 要给一个，也只能给一个。", field="--to")
    with opened(context) as desk:
        if keep_using:
            desk.mover.keep_using(desk.actor)
            click.echo("这个中心仍在这里使用。搬过去的那一份请不要再用，否则两边的数据会不一样。")
            return
        with click.progressbar(length=1, label="搬迁数据", hidden=as_json) as bar:

            def watch(done: int, total: int) -> bool:
                bar.length = max(total, 1)
                bar.update(done - bar.pos)
                return True

            moved = desk.mover.move(desk.actor, resolve(database=url), watch)
    if as_json:
        report = {
            "place": moved.place,
            "rows": moved.rows,
            "figures": moved.tables_of_figures,
            "papers": moved.papers,
            "files": moved.files,
            "audit": moved.head,
        }
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
        return
    tell(f"已经搬到“{moved.place}”：{len(moved.rows)}个数据表，{moved.total}行，两边逐行相同。")
    tell(f"统计表{moved.tables_of_figures}张、抽查的文书{moved.papers}份相同；审计码相同：{moved.head}。")
    tell(f"数据文件夹里复制了{moved.files}个文件。以后请用新的地址打开；这里只供查看。")
