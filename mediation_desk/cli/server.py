"""``server``: what the administrator of a PostgreSQL server does for a centre with several counters."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mediation_desk import app
from mediation_desk.cli.telling import tell
from mediation_desk.settings import ADDRESS_NAME, Settings
from mediation_desk.shared.files import atomic_write, unwritable
from mediation_desk.shared.server_report import COUNTER_FILE, Login, ServerMade

if TYPE_CHECKING:
    from mediation_desk.app import ServerCare

PATH = click.Path(path_type=Path)
ALL_WELL = "服务器和要求的一样。"


@click.group()
def server() -> None:
    """数据库服务器：建库、升级、检查、整理。--database 写管理员的地址。"""


@server.command()
@click.option("--out", "folder", metavar="DIR", type=PATH, help="口令文件写到哪里（默认当前文件夹）")
@click.option("--new-passwords", is_flag=True, help="给窗口和备份的账号换新口令")
@click.pass_obj
def setup(settings: Settings, folder: Path | None, *, new_passwords: bool) -> None:
    """建角色、库、表和权限；已有的不动，权限改回要求的样子。"""
    place = folder or Path.cwd()
    try:  # before there are passwords to lose
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(place, error) from error
    made = reached(settings).set_up(new_passwords=new_passwords)
    tell(f"库 {made.database} 已经就绪。")
    for login in made.logins:
        file = place / _file_of(made, login)
        atomic_write(file, f"{made.pass_line(login)}\n".encode())
        tell(f"账号 {login.role} 的口令在“{file}”，只有本人可读；抄走以后请删掉。")
    if not made.logins:
        tell("账号原来就有口令，没有改；要换，加 --new-passwords。")
    click.echo("在 pg_hba.conf 里写（网段按实际的改），写在别的行前面，然后重新加载：\n")
    click.echo(made.access_lines)
    atomic_write(place / ADDRESS_NAME, f"{made.address}\n".encode())
    click.echo(
        f"\n每个窗口把 {COUNTER_FILE}、server-ca.pem 和 {ADDRESS_NAME} 放进数据文件夹，以后照常启动就是服务器上的中心。"
    )
    click.echo(f"不放 {ADDRESS_NAME} 的，每次这样启动：\n")
    click.echo(f"    mediation-desk --database {made.address}")


@server.command()
@click.pass_obj
def upgrade(settings: Settings) -> None:
    """升级程序以后，把库升级到新版本；先备份，别的窗口先关掉。"""
    reached(settings).upgrade()
    click.echo("库已经是本程序的版本。")


@server.command()
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_obj
def check(settings: Settings, *, as_json: bool) -> int:
    """检查服务器的版本、设置、加密、时钟和权限；不好的写明怎么办，退出码是 4。"""
    points = reached(settings).check()
    if as_json:
        plain = [
            {"what": one.what, "good": one.good, "found": one.found, "todo": "" if one.good else one.todo}
            for one in points
        ]
        click.echo(json.dumps(plain, ensure_ascii=False, indent=1))
    else:
        for one in points:
            tell(f"{'好' if one.good else '不好'}\t{one.what}\t{one.found}")
            if not one.good:
                tell(f"\t\t{one.todo}。")
    wrong = [one.what for one in points if not one.good]
    if not as_json:
        click.echo(f"要改{len(wrong)}处：{'、'.join(wrong)}。" if wrong else ALL_WELL)
    return 4 if wrong else 0


@server.command()
@click.pass_obj
def wipe(settings: Settings) -> None:
    """销毁案件以后，把删掉的内容从服务器的数据文件里抹去。"""
    left = reached(settings).wipe()
    click.echo("数据表已经整理。")
    for sentence in left.sentences:
        tell(sentence)


def reached(settings: Settings) -> ServerCare:
    """The server, with a password typed unseen where it wants one that lies nowhere."""
    care = app.server_care(settings)
    if care.asks_password():
        care.take_password(str(click.prompt("数据库账号的口令", hide_input=True, err=True)))
    return care


def _file_of(made: ServerMade, login: Login) -> str:
    """What a counter puts into its data folder has the name it is looked for under."""
    return COUNTER_FILE if login.role == made.app else f"{login.role}.pgpass"
