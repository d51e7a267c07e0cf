"""``rekey``: another data key for everybody who may still sign in."""

from __future__ import annotations

import json
from pathlib import Path

import click

from mediation_desk.access.accounts.rekeyed import OLD_COPIES, KeyStanding
from mediation_desk.app import Desk
from mediation_desk.cli.account import tell_code
from mediation_desk.cli.opening import opened
from mediation_desk.cli.telling import tell
from mediation_desk.shared.errors import InputError

PATH = click.Path(path_type=Path)


@click.command()
@click.option("--reason", metavar="TEXT", default="", help="为什么换，例如：王芳离职")
@click.option("--new-sheet", is_flag=True, help="同时换新的恢复单，打印新的恢复码，旧的作废")
@click.option("--sheet", "sheet_file", metavar="FILE", type=PATH, help="新的恢复单写成 PDF（含 --new-sheet）")
@click.option("--second", metavar="NAME", default="", help="规定要两人时，另一位系统管理员；口令随后输入")
@click.option(
    "--files", is_flag=True, help="不换钥匙，只把原有的扫描件等改用现在的钥匙；中断了再来一次接着办"
)
@click.option("--status", is_flag=True, help="不换钥匙，只看上次什么时候换的、以后谁离开了")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON（只用于 --status）")
@click.pass_context
def rekey(
    context: click.Context,
    reason: str,
    new_sheet: bool,
    sheet_file: Path | None,
    second: str,
    files: bool,
    status: bool,
    as_json: bool,
) -> None:
    """换数据的钥匙：知道旧口令的人，以后的数据他再也打不开；在用的账号口令照旧。"""
    if as_json and not status:
        raise InputError("--json 只用于 --status。", field="--json")
    with opened(context) as desk:
        if status:
            _tell(desk.accounts.key_standing(desk.actor), as_json=as_json)
        elif files:
            _files(desk)
        else:
            beside = (second, _asked(second)) if second else None
            told = desk.rekey(reason, new_sheet=new_sheet or sheet_file is not None, second=beside)
            click.echo(told.sentence)
            if told.code:
                tell_code(desk, told.code, sheet_file)
            click.echo(OLD_COPIES)


def _asked(name: str) -> str:
    return str(click.prompt(f"{name} 的口令", hide_input=True, err=True))


def _files(desk: Desk) -> None:
    strange = desk.rekey_files()
    click.echo("原有的文件都已改用现在的钥匙。")
    if strange:
        click.echo(f"有{strange}个文件用哪一把钥匙都打不开，没有动，请核对。")


def _tell(standing: KeyStanding, *, as_json: bool) -> None:
    if as_json:
        plain = {
            "number": standing.number + 1,
            "changed_at": standing.changed_at.isoformat() if standing.changed_at else None,
            "left": [one.name for one in standing.left],
            "waiting": [one.name for one in standing.waiting],
            "old": list(standing.old),
            "files": standing.files,
        }
        click.echo(json.dumps(plain, ensure_ascii=False, indent=1))
        return
    for sentence in standing.sentences():
        tell(sentence)
