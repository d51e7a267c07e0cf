"""``account``: open, list, change, lock, open again, reset; one's own password; the sheet from the safe."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from mediation_desk.access.accounts.granting import post_of
from mediation_desk.access.accounts.model import Account, Post, folded_name
from mediation_desk.app import Desk, open_desk
from mediation_desk.cli.opening import opened
from mediation_desk.cli.signing_in import chosen_password, password_file, sign_in_name, typed_password
from mediation_desk.cli.telling import tell
from mediation_desk.settings import Settings
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.files import atomic_write

PATH = click.Path(path_type=Path)
SHEET = "恢复码（只显示这一次，请抄在纸上封存，丢了口令只有它能打开数据）：{code}"
ONCE = "一次性口令（只显示这一次，第一次登录就要改）：{password}"


@click.group()
def account() -> None:
    """账号：开立、查看、改角色、停用、启用、重置口令、改本人口令、用恢复码打开。"""


def _post_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """What an administrator says about an account; left out is left as it was."""
    for option in (
        click.option("--relative", "relatives", multiple=True, metavar="NAME", help="近亲属姓名，可以写多个"),
        click.option("--phone", metavar="NO", help="本人电话（只用来提示本人的案件）"),
        click.option("--id-no", metavar="NO", help="本人证件号码（只用来提示本人的案件）"),
        click.option("--card", "pool_no", metavar="NO", help="调解员名册编号"),
        click.option("--body", metavar="NAME", help="所属单位或调解组织（不写为全中心）"),
        click.option("--display-name", metavar="NAME", help="姓名"),
        click.option("--role", "roles", multiple=True, metavar="ROLE", help="角色，可以写多个"),
    ):
        command = option(command)
    return command


def _sheet_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Where the sheet goes, if anywhere."""
    told = "把恢复单写成 PDF，打印以后删掉这个文件"
    return click.option("--sheet", "sheet_file", metavar="FILE", type=PATH, help=told)(command)


@account.command()
@click.argument("name")
@click.option("--first", is_flag=True, help="建立这个中心的第一个账号：系统管理员")
@_sheet_option
@_post_options
@click.pass_context
def add(context: click.Context, /, name: str, first: bool, sheet_file: Path | None, **said: Any) -> None:
    """开立账号，打印一次性口令；--first 建立第一个系统管理员，打印恢复码。"""
    if first:
        _first(context, name, said, sheet_file)
        return
    with opened(context) as desk:
        password = desk.accounts.add(desk.actor, name, _post(Post(display_name="", roles=()), said))
    click.echo(ONCE.format(password=password))


def _first(context: click.Context, name: str, said: dict[str, Any], sheet_file: Path | None) -> None:
    other = [key for key, value in said.items() if value and key != "display_name"]
    if other:
        raise InputError("第一个账号是系统管理员，只写账号和 --display-name。", field="--first")
    desk = open_desk(context.ensure_object(Settings))
    try:
        password = chosen_password(f"{name} 的新口令", password_file(context))
        code = desk.accounts.first(name, said["display_name"] or name, password)
        tell_code(desk, code, sheet_file)
    finally:
        desk.close()


@account.command("list")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_context
def list_(context: click.Context, as_json: bool) -> None:
    """全部账号：账号、姓名、角色、单位、状态、最近登录。"""
    with opened(context) as desk:
        found = desk.accounts.accounts(desk.actor)
    if as_json:
        click.echo(json.dumps([_plain(one) for one in found], ensure_ascii=False, indent=1))
        return
    for one in found:
        last = one.signed_in_at.astimezone().strftime("%Y-%m-%d %H:%M") if one.signed_in_at else "从未登录"
        state = "停用" if not one.active else "待改口令" if one.must_change else "在用"
        tell("\t".join((one.name, one.display_name, "、".join(one.roles), one.body or "全中心", state, last)))


@account.command()
@click.argument("name")
@_post_options
@click.pass_context
def role(context: click.Context, /, name: str, **said: Any) -> None:
    """改一个账号的角色、单位、姓名、名册编号；没写的不变。"""
    with opened(context) as desk:
        wanted = folded_name(name)
        seen = next((one for one in desk.accounts.accounts(desk.actor) if one.name == wanted), None)
        if seen is None:
            raise InputError(f"没有账号“{wanted}”。", field="name")
        after = desk.accounts.assign(desk.actor, seen, _post(post_of(seen), said))
    tell("\t".join((after.name, after.display_name, "、".join(after.roles), after.body or "全中心")))


@account.command()
@click.argument("name")
@click.pass_context
def lock(context: click.Context, name: str) -> None:
    """停用一个账号：它的口令不再打开任何东西。"""
    with opened(context) as desk:
        desk.accounts.lock(desk.actor, name)
    click.echo(f"已停用{name}。")


@account.command("open")
@click.argument("name")
@click.pass_context
def open_(context: click.Context, name: str) -> None:
    """重新启用一个停用的账号，打印一次性口令。"""
    with opened(context) as desk:
        password = desk.accounts.open_again(desk.actor, name)
    click.echo(ONCE.format(password=password))


@account.command()
@click.argument("name")
@click.pass_context
def reset(context: click.Context, name: str) -> None:
    """重置忘记的口令，打印一次性口令；等待的时间也一并取消。"""
    with opened(context) as desk:
        password = desk.accounts.reset(desk.actor, name)
    click.echo(ONCE.format(password=password))


@account.command()
@click.option("--new-password-file", metavar="FILE", type=PATH, help="新口令所在的文件，只许本人可读")
@click.pass_context
def password(context: click.Context, new_password_file: Path | None) -> None:
    """改 --as 这个账号自己的口令。"""
    name = sign_in_name(context)
    desk = open_desk(context.ensure_object(Settings), create=False)
    try:
        old = typed_password(context, f"{name} 现在的口令")
        actor = desk.accounts.sign_in(name, old)
        new = chosen_password("新口令", new_password_file)
        desk.accounts.change_password(actor, old, new)
    finally:
        desk.close()
    click.echo("口令已经改好。")


@account.command()
@click.argument("name")
@click.option("--new-password-file", metavar="FILE", type=PATH, help="新口令所在的文件，只许本人可读")
@_sheet_option
@click.pass_context
def recover(
    context: click.Context, name: str, new_password_file: Path | None, sheet_file: Path | None
) -> None:
    """用恢复码打开数据，给系统管理员 NAME 设新口令，打印新的恢复码；旧的恢复码作废。"""
    desk = open_desk(context.ensure_object(Settings), create=False)
    try:
        code = typed_password(context, "恢复码")
        new = chosen_password(f"{name} 的新口令", new_password_file)
        tell_code(desk, desk.accounts.recover(code, name, new), sheet_file)
    finally:
        desk.close()


@account.command()
@_sheet_option
@click.pass_context
def sheet(context: click.Context, sheet_file: Path | None) -> None:
    """换一张恢复单：打印新的恢复码，旧的作废。"""
    with opened(context) as desk:
        tell_code(desk, desk.accounts.renew_recovery(desk.actor), sheet_file)


def tell_code(desk: Desk, code: str, sheet_file: Path | None) -> None:
    """On screen before anything else can go wrong: nothing tells it again."""
    click.echo(SHEET.format(code=code))
    if sheet_file is not None:
        atomic_write(sheet_file, desk.account_papers.recovery_sheet(desk.actor, code))
        click.echo(str(sheet_file))


def _post(before: Post, said: dict[str, Any]) -> Post:
    return replace(before, **{part: value for part, value in said.items() if value not in (None, ())})


def _plain(one: Account) -> dict[str, object]:
    """What a list shows: nobody's identity number, phone or relatives."""
    return {
        "name": one.name,
        "display_name": one.display_name,
        "roles": one.roles,
        "body": one.body or None,
        "card": one.pool_no or None,
        "active": one.active,
        "must_change": one.must_change,
        "created_by": one.created_by or None,
        "signed_in_at": one.signed_in_at.isoformat() if one.signed_in_at else None,
    }
