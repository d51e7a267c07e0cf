"""``template``: check, add, list, use, starter, fields."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from mediation_desk.cases.paper_templates import Slot
from mediation_desk.cli.opening import opened
from mediation_desk.cli.sheets import content
from mediation_desk.cli.telling import tell
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.files import atomic_write

PATH = click.Path(path_type=Path)


@click.group()
def template() -> None:
    """文书模板：检查、存入、查看、启用、取起始模板。"""


def _slot_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """What a template is for."""
    for option in (
        click.option("--body", default="", metavar="NAME", help="只给这一个调解组织用（默认都用）"),
        click.option(
            "--track", default="", metavar="TRACK", help="只给这一种调解用，如 人民调解（默认都用）"
        ),
        click.option("--form", "form_key", required=True, metavar="FORM", help="agreement、rights、…"),
    ):
        command = option(command)
    return command


@template.command()
@click.argument("file", type=PATH)
@click.option("--form", "form_key", default="", metavar="FORM", help="准备给哪一种文书用")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
def check(file: Path, form_key: str, as_json: bool) -> int:
    """检查一个 .docx 能不能做模板：不认识的字段在哪里、是不是别的字段、有没有印不出来的东西。"""
    from mediation_desk.documents.registry import form
    from mediation_desk.documents.templates.checking import check as look

    if form_key:
        form(form_key)
    found = look(content(file), file.name)
    if as_json:
        unknown = [
            {"field": one.name, "place": one.place, "text": one.text, "suggestion": one.suggestion or None}
            for one in found.unknown
        ]
        data = {"good": found.good, "fields": found.fields, "unknown": unknown, "troubles": found.troubles}
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
    else:
        for sentence in found.sentences:
            click.echo(sentence)
        if found.good:
            click.echo(found.summary)
    return 0 if found.good else InputError.exit_code


@template.command()
@click.argument("file", type=PATH)
@_slot_options
@click.option("--note", default="", metavar="TEXT", help="这一版改了什么")
@click.pass_context
def add(context: click.Context, file: Path, form_key: str, track: str, body: str, note: str) -> None:
    """存入一版模板，打印它的号；还没有启用。"""
    with opened(context, create=True) as desk:
        slot = Slot(form=form_key, track=track, body=body)
        kept = desk.templates.add(desk.actor, slot, content(file), file.name, note)
    tell(f"{kept.id}\t第{kept.no}版")


@template.command("list")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_context
def list_(context: click.Context, as_json: bool) -> None:
    """全部模板的各版，正在用的后面写着“在用”。"""
    with opened(context) as desk:
        states = desk.templates.slots(desk.actor)
    lines = [(state, version) for state in states for version in state.versions]
    if as_json:
        data = [
            {
                "id": version.id,
                "form": version.slot.form,
                "track": version.slot.track,
                "body": version.slot.body,
                "no": version.no,
                "name": version.name,
                "note": version.note,
                "by": version.by,
                "at": version.at.isoformat(),
                "sha256": version.sha256,
                "in_use": version == state.used,
            }
            for state, version in lines
        ]
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
        return
    for state, version in lines:
        slot, used = version.slot, "在用" if version == state.used else ""
        for_whom = "、".join(word for word in (slot.track, slot.body) if word) or "全部"
        tell(f"{version.id}\t{slot.form}\t{for_whom}\t第{version.no}版\t{version.name}\t{used}".rstrip())


@template.command()
@click.argument("number", metavar="N|built-in")
@_slot_options
@click.pass_context
def use(context: click.Context, number: str, form_key: str, track: str, body: str) -> None:
    """从现在起用第 N 号模板（add、list 打印的号），built-in 为改回内置的格式。"""
    if number != "built-in" and not number.isdecimal():
        raise InputError("应写模板的号，或者 built-in。")
    chosen = None if number == "built-in" else int(number)
    with opened(context) as desk:
        desk.templates.use(desk.actor, Slot(form=form_key, track=track, body=body), chosen)
    click.echo("已改回内置的格式。" if chosen is None else "已启用。")


@template.command()
@click.option("--form", "form_key", default="", metavar="FORM", help="起始模板；不写就是字段表")
@click.option("--out", required=True, metavar="FILE", type=PATH, help="写成哪个 .docx")
def starter(form_key: str, out: Path) -> None:
    """写出一种文书的起始模板，字段已经放好；或者写出字段表。"""
    from mediation_desk.documents.templates.starters import field_table
    from mediation_desk.documents.templates.starters import starter as begin

    atomic_write(out, begin(form_key) if form_key else field_table())
    click.echo(str(out))
