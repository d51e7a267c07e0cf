"""``backup``, ``restore``, ``check``: care of the data."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from mediation_desk import app
from mediation_desk.backups.ports import Login
from mediation_desk.backups.salvaged import Salvaged
from mediation_desk.cli.audit import check_chain
from mediation_desk.cli.opening import opened
from mediation_desk.cli.server import reached
from mediation_desk.cli.signing_in import sign_in, sign_in_name, typed_password
from mediation_desk.settings import Settings, resolve
from mediation_desk.shared.errors import InputError

PATH = click.Path(path_type=Path)
DUMP = ".dump"
NO_TRIAL = "服务器的备份要试恢复，请用 server setup 另建一个空的库，恢复到那里看看。"
BROKEN_CHAIN = "审计记录核对有异常，请用 check --audit 查看"


@click.command()
@click.option(
    "--to",
    "folder",
    metavar="DIR",
    type=PATH,
    help="只备份到这个文件夹（默认：数据文件夹的 backups 和第二备份位置）",
)
@click.pass_context
def backup(context: click.Context, folder: Path | None) -> None:
    """备份正在使用的数据，打开核验过才算数；打印出它在哪里。"""
    with opened(context) as desk:
        click.echo(str(desk.backups.make(desk.actor, folder).path))


@click.command()
@click.argument("path", metavar="FILE|FOLDER", type=PATH)
@click.option(
    "--to",
    "target",
    metavar="DIR|URL",
    default="",
    help="恢复到哪个文件夹（默认数据文件夹），或者服务器上哪个空的库",
)
@click.option("--trial", is_flag=True, help="只试一试：全部核对，什么也不留下")
@click.option("--code", is_flag=True, help="用恢复单上的恢复码打开，不用账号和口令")
@click.option("--incomplete", is_flag=True, help="缺的附件不要了，其余照样恢复")
@click.pass_context
def restore(
    context: click.Context, path: Path, target: str, *, trial: bool, code: bool, incomplete: bool
) -> None:
    """从备份恢复；全部核对过才放进去，从不覆盖已有的数据库。加密的备份要 --as 账号（备份那时的口令）或者 --code。"""
    settings: Settings = context.obj
    if path.suffix == DUMP:
        if trial:
            raise InputError(NO_TRIAL, field="--trial")
        _into_server(context, path, resolve(database=target) if target else settings, code=code)
        return
    folder = Path(target) if target else None
    restoring = app.Restoring(settings)
    login = _login(context, code=code) if restoring.wants_password(path) else None
    if trial:
        done, what = restoring.try_out(path, login), "可以恢复"
    else:
        done, what = restoring.restore(path, login, folder, incomplete=incomplete), "已恢复"
    click.echo(f"{what}，共{done.cases}件案件，{done.attachments}个附件。")
    if done.anchor is not None:
        click.echo(f"{done.anchor.text}：请与最近一张日结单上的审计码对照，恢复到的就是那时的样子。")
    for name in done.lost:
        click.echo(f"没有恢复的附件：{name}")


def _into_server(context: click.Context, dump: Path, settings: Settings, *, code: bool) -> None:
    sealed = app.wants_password(dump)
    care = reached(settings)
    found, sound = app.restore_dump(care.settings, dump, _login(context, code=code) if sealed else None)
    click.echo(f"已恢复，共{found}件案件，{'审计记录核对无误' if sound else BROKEN_CHAIN}。")


@click.command()
@click.argument("file", required=False, metavar="FILE", type=PATH)
@click.option(
    "--to", "folder", metavar="DIR", required=True, type=PATH, help="救出来的放到哪个文件夹（要空的）"
)
@click.option(
    "--from-cases", "copies", metavar="DIR", type=PATH, help="数据库没有了：从备份位置里的 cases 重建"
)
@click.option("--code", is_flag=True, help="用恢复单上的恢复码打开，不用账号和口令")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_context
def salvage(
    context: click.Context, file: Path | None, folder: Path, copies: Path | None, *, code: bool, as_json: bool
) -> int:
    """从损坏的数据库里救出还读得出的；原文件不动。没有好的备份时才用。"""
    settings: Settings = context.obj
    restoring = app.Restoring(settings)
    if (file is None) == (copies is None):
        raise InputError("请写损坏的数据库文件，或者 --from-cases 和单件副本的文件夹。", field="FILE")
    if file is not None:
        login = _login(context, code=code) if restoring.wants_password(file) else None
        found = restoring.salvage(file, folder, login)
    else:
        found = restoring.rebuild(copies or Path(), folder, _login(context, code=code))
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False))
    else:
        _tell(found, folder)
    return 0 if found.whole else 1


def _tell(found: Salvaged, folder: Path) -> None:
    click.echo(f"救出{found.cases}件案件，放在“{folder}”。")
    for lost in found.lost:
        what = f"有{lost.gaps}处读不出来" if lost.gaps else f"有{lost.dropped}行失去了所属的案件，没有留下"
        click.echo(f"表 {lost.table}：读出{lost.read}行，{what}。")
    for word, keys in (
        ("请逐件核对", found.affected),
        ("整件没有了", found.missing),
        ("副本坏了", found.broken),
    ):
        for key in keys:
            click.echo(f"{word}：{key}")
    click.echo("没有丢失。" if found.whole else "请对照卷宗和最近的备份把缺的补上，核对以后再用。")


def _login(context: click.Context, *, code: bool) -> Login:
    if code:
        return Login(secret=typed_password(context, "恢复码"), code=True)
    name = sign_in_name(context)
    return Login(name=name, secret=typed_password(context, f"{name} 的口令"))


@click.command()
@click.option("--audit", is_flag=True, help="核对审计记录：指出改动、删除、对调、截断、伪造、重复、清空")
@click.option("--anchor", "anchors", metavar="CODE", multiple=True, help="纸上的审计码，可以给几个")
@click.option("--deep", is_flag=True, help="从头到尾查：每一页、每个附件、每条审计记录")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_context
def check(context: click.Context, *, audit: bool, anchors: tuple[str, ...], deep: bool, as_json: bool) -> int:
    """检查数据库是否完好，列出各组件的版本；--deep 连附件和审计记录一起查；--audit 细看审计记录。"""
    if audit:
        return check_chain(context, anchors, as_json=as_json)
    if anchors:
        raise InputError("--anchor 只用于 --audit。", field="--audit")
    desk = app.open_desk(context.ensure_object(Settings), create=False)
    try:
        if deep or not desk.storage.is_open:  # encrypted: nobody can look into it without a password
            sign_in(context, desk)
        found = _looked(desk, as_json=as_json) if deep else app.check_quickly(desk)
    finally:
        desk.close()
    if as_json:
        told = asdict(found) | {"sound": found.sound, "components": app.component_versions()}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        _tell_checkup(found)
        click.echo("；".join(f"{name}：{version}" for name, version in app.component_versions().items()))
    return 0 if found.sound else 4


def _looked(desk: app.Desk, *, as_json: bool) -> app.Checkup:
    with click.progressbar(length=1, label="核对附件", hidden=as_json) as bar:

        def watch(done: int, of: int) -> bool:
            bar.length = max(of, 1)
            bar.update(done - bar.pos)
            return True

        return app.check_deeply(desk, watch)


def _tell_checkup(found: app.Checkup) -> None:
    click.echo(f"数据库完好，共{found.cases}件案件。")
    if not found.deep:
        return
    wrong = f"缺{len(found.missing)}个，坏{len(found.spoilt)}个"
    click.echo(f"附件{found.files}个，{'都在，都完好' if not (found.missing or found.spoilt) else wrong}。")
    for word, hashes in (("缺", found.missing), ("坏", found.spoilt)):
        for sha256 in hashes:
            click.echo(f"{word}：{sha256}")
    click.echo("审计记录核对无误。" if found.trail_sound else BROKEN_CHAIN + "。")
