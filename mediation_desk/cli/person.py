"""``person``: what is held about somebody, and the register of what people asked for."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from mediation_desk.cases.privacy.requests import NewRequest, PersonRequest, RequestKind
from mediation_desk.cli.opening import DAY, opened
from mediation_desk.cli.telling import tell

_KIND = {
    "read": RequestKind.READ,
    "copy": RequestKind.COPY,
    "correct": RequestKind.CORRECT,
    "delete": RequestKind.DELETE,
}
ON = click.option("--on", type=DAY, metavar="DATE", help="日期，默认今天")


@click.group()
def person() -> None:
    """个人信息：导出一个人的全部信息，登记和答复查阅、复制、更正、删除的请求。"""


@person.command()
@click.argument("who", metavar="ID")
@click.option("--out", required=True, metavar="DIR", type=click.Path(path_type=Path), help="写到哪个文件夹")
@click.option("--reason", required=True, metavar="TEXT", help="为什么导出，例如“本人书面申请”")
@click.pass_context
def export(context: click.Context, who: str, out: Path, reason: str) -> None:
    """导出一个人的全部信息（PDF、DOCX、JSON）；ID 是证件号码，或者“案件编号/代号”。"""
    with opened(context) as desk:
        copy, paths = desk.person_copies.write(desk.actor, who, reason, out)
    for path in paths:
        click.echo(str(path))
    more = f"，另有{copy.elsewhere}件不在您的查看范围内，没有写进去" if copy.elsewhere else ""
    click.echo(f"共{len(copy.cases)}件{more}。", err=True)


@person.command()
@click.option("--kind", required=True, type=click.Choice(list(_KIND)), help="查阅、复制、更正、删除")
@click.option("--name", required=True, metavar="NAME", help="谁提出的")
@click.option("--id-no", default="", metavar="NO", help="证件号码，用来找到案件")
@click.option("--agent", default="", metavar="NAME", help="代为提出的人和关系，例如“周敬（父亲）”")
@click.option("--what", required=True, metavar="TEXT", help="请求的内容")
@ON
@click.pass_context
def request(
    context: click.Context, kind: str, name: str, id_no: str, agent: str, what: str, on: date | None
) -> None:
    """登记一件请求，打印序号和最迟哪天答复。"""
    new = NewRequest(kind=_KIND[kind], name=name, id_no=id_no, agent=agent, what=what, on=on)
    with opened(context) as desk:
        made = desk.requests.add(desk.actor, new)
    tell(f"{made.id}\t{made.kind}\t{made.due_on}")


@person.command()
@click.option("--waiting", is_flag=True, help="只列没有答复的")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_context
def requests(context: click.Context, waiting: bool, as_json: bool) -> None:
    """请求的登记簿：没有答复的在前，最急的在最上面。"""
    from mediation_desk.interchange.plain import plain

    with opened(context) as desk:
        found = desk.requests.listed(desk.actor, waiting=waiting)
        today = desk.requests.local_today
    if as_json:
        rows = [plain(one) | {"overdue": one.overdue(today)} for one in found]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for one in found:
        tell(_line(one, today))
    late = sum(one.is_open and one.overdue(today) for one in found)
    click.echo(f"共{len(found)}件，逾期没有答复的{late}件。", err=True)


@person.command()
@click.argument("number", metavar="N", type=click.IntRange(min=1))
@click.option("--text", metavar="TEXT", help="怎样答复的；不给就只看这件请求和它涉及的案件")
@click.option("--refuse", is_flag=True, help="不予办理，--text 写理由")
@click.pass_context
def answer(context: click.Context, number: int, text: str | None, refuse: bool) -> None:
    """答复一件请求；更正的先到案件里“更正”，再来答复。"""
    with opened(context) as desk:
        if text is not None:
            made = desk.requests.answer(desk.actor, number, text, granted=not refuse)
            tell(_line(made, desk.requests.local_today))
            return
        found = desk.requests.find(desk.actor, number)
        tell(f"{found.kind}\t{found.name}\t{found.what}")
        if found.id_no:
            standing = desk.people.cases(desk.actor, found.id_no)
            for key in standing.keys:
                tell(key)
            click.echo(f"另有{standing.elsewhere}件不在您的查看范围内。", err=True)


def _line(one: PersonRequest, today: date) -> str:
    return f"{one.id}\t{one.kind}\t{one.name}\t{one.on}\t{one.due_on}\t{one.standing(today)}\t{one.what}"
