"""``case``: new, import, export, list, show, print."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from mediation_desk.app import Desk
from mediation_desk.cases.lifecycle import state_of
from mediation_desk.cases.steps.personal import NoteTransfer
from mediation_desk.cases.summary import CaseQuery
from mediation_desk.cli.given import given
from mediation_desk.cli.handing_over import handed_over
from mediation_desk.cli.opening import opened
from mediation_desk.cli.telling import tell
from mediation_desk.shared.errors import DeskError, InputError, StorageError
from mediation_desk.shared.files import atomic_write

PATH = click.Path(path_type=Path)
_WHOLE = "整件案件（mediation-case/1）"


@click.group()
def case() -> None:
    """案件：登记、导入、导出、列表、查看、打印。"""


@case.command("import")
@click.argument("files", nargs=-1, required=True, type=PATH)
@click.pass_context
def import_(context: click.Context, files: tuple[Path, ...]) -> int:
    """导入 mediation-case/1 文件；每个文件一次事务，出错的文件什么也不留下。"""
    worst = 0
    with opened(context, create=True) as desk:
        for path in files:
            try:
                tell(_import(desk, path))
            except DeskError as error:
                tell(f"{path}：{error.message}", err=True)
                worst = max(worst, error.exit_code)
    return worst


def _import(desk: Desk, path: Path) -> str:
    from mediation_desk.interchange.parse import LARGEST
    from mediation_desk.interchange.reader import read_case

    text = given(path, LARGEST)
    file, new = desk.cases.take_over(desk.actor, read_case(text))
    number = file.intake.number or "—"
    return f"{file.case_key}\t{number}\t{state_of(file)}{'' if new else '（已在库中）'}"


@case.command()
@click.option("--json", "source", metavar="FILE|-", required=True, help="登记的内容；- 为从标准输入读")
@click.option("--despite", metavar="KEY", multiple=True, help="已看过、不是同一件事的案件，可以写几个")
@click.pass_context
def new(context: click.Context, source: str, despite: tuple[str, ...]) -> None:
    """登记一件新案，打印出案件代码；和接待登记是同一套规则。"""
    from mediation_desk.interchange.parse import LARGEST
    from mediation_desk.interchange.registration import read_registration

    text = given(source, LARGEST)
    with opened(context, create=True) as desk:
        command = read_registration(text, desk.centre, desk.cases.local_today)
        try:
            file = desk.cases.register(desk.actor, command, despite=despite)
        except InputError as error:
            place = f"{error.pointer}：" if error.pointer else ""
            raise InputError(f"{place}{error.message}", pointer=error.pointer) from error
    click.echo(file.case_key)


@case.command()
@click.argument("key")
@click.option("--out", metavar="FILE", type=PATH, help="写入文件；不给则打印到屏幕")
@handed_over
@click.pass_context
def export(
    context: click.Context, key: str, out: Path | None, with_private_notes: bool, to: str, ground: str
) -> None:
    """导出一案为 mediation-case/1；本人没有同意公开的单方谈话不写进去。"""
    from mediation_desk.cases.walls import withheld
    from mediation_desk.interchange.writer import dump_case

    with opened(context) as desk:
        left_out = 0 if with_private_notes else withheld(desk.cases.file(desk.actor, key))
        given = NoteTransfer(to=to, what=_WHOLE, ground=ground, on=desk.cases.local_today) if to else None
        file = desk.cases.export(desk.actor, key, with_private_notes=with_private_notes, transfer=given)
        text = dump_case(file, with_private_notes=with_private_notes)
    _tell_withheld(left_out)
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        atomic_write(out, text.encode())
    except OSError as error:
        raise StorageError(f"写不进“{out}”：{error.strerror}。") from error
    click.echo(str(out))


@case.command("list")
@click.option("--search", metavar="TEXT", default="", help="任何词语，同 case search")
@click.option("--limit", metavar="N", default=200, show_default=True, type=click.IntRange(min=1))
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_context
def list_(context: click.Context, search: str, limit: int, as_json: bool) -> None:
    """案件列表，新的在前。"""
    with opened(context) as desk:
        found = desk.cases.summaries(desk.actor, CaseQuery(search=search, limit=limit))
        if as_json:
            desk.exports.count(desk.actor, "case list", len(found))
    if as_json:
        _json([_plain(line) for line in found])
        return
    for line in found:
        tell(f"{line.case_key}\t{line.number or '—'}\t{line.state}\t{line.title}")


@case.command()
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_context
def search(context: click.Context, text: str, as_json: bool) -> None:
    """搜案件：编号、姓名、拼音、证件或电话尾号、车牌、案卷里的任何词；分组列出最新的几件。"""
    with opened(context) as desk:
        found = desk.finding.look(desk.actor, text)
        if as_json:
            desk.exports.count(desk.actor, "case search", len(found.hits))
    if as_json:
        _json(_plain(found))
        return
    if not found.hits:
        click.echo("没有找到。", err=True)
        return
    if found.near:
        click.echo("没有写成这样的；下面是写法或读音相近的姓名。", err=True)
    for group in found.groups:
        click.echo(f"{group.group}{'（还有更多）' if group.more else ''}")
        for hit in group.hits:
            tell(f"  {hit.case_key}\t{hit.number or '—'}\t{hit.title}\t{hit.label}：{hit.text}")


def _tell_withheld(count: int) -> None:
    if count:
        click.echo(f"有{count}条单方谈话没有本人的同意，没有写进去（LR-22）。", err=True)


def _plain(record: object) -> object:
    from mediation_desk.interchange.plain import plain

    return plain(record)


def _json(data: object) -> None:
    import json

    click.echo(json.dumps(data, ensure_ascii=False, indent=1))


@case.command()
@click.argument("key")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_context
def show(context: click.Context, key: str, as_json: bool) -> None:
    """一案的概况与经过。"""
    from mediation_desk.cases.walls import withheld
    from mediation_desk.interchange.writer import write_case

    with opened(context) as desk:
        file = desk.cases.view(desk.actor, key)
        history = desk.cases.history(desk.actor, file.case_key)
    if as_json:
        _tell_withheld(withheld(file))
        _json({"state": state_of(file).value, "case": write_case(file)})
        return
    click.echo(f"{file.title}\n{file.intake.number or file.case_key}  {file.track}  {state_of(file)}")
    for party in file.parties:
        tell(f"{party.side}  {party.name}")
    for entry in history:
        tell(f"{entry.on}  {entry.sentence}")


@case.command("print")
@click.argument("keys", metavar="KEY...", nargs=-1, required=True)
@click.option(
    "--form",
    required=True,
    metavar="all|FORM",
    help="all 为本案能打印的全部；volume 为整卷，只有 PDF；或 agreement、record、…",
)
@click.option(
    "--format", "kind", type=click.Choice(["pdf", "docx", "both"]), default="both", show_default=True
)
@click.option("--out", required=True, metavar="DIR", type=PATH)
@click.option(
    "--template",
    metavar="N",
    type=click.IntRange(min=0),
    help="用第 N 号模板（旧文书记着的），0 为内置的格式",
)
@click.option("--split", is_flag=True, help="卷宗（--form volume）一件一个文件，页码不变")
@click.option("--pdfa", is_flag=True, help="卷宗存成归档格式 PDF/A；已经归档的案件总是这样")
@click.pass_context
def print_(
    context: click.Context,
    keys: tuple[str, ...],
    form: str,
    kind: Literal["pdf", "docx", "both"],
    out: Path,
    template: int | None,
    split: bool,
    pdfa: bool,
) -> int:
    """把文书写成 PDF、DOCX，打印出写好的路径；可以写几件案件，每件要么全写好、要么一个也不写。"""
    if pdfa and form != "volume":
        raise InputError("只有卷宗（--form volume）可以存成归档格式。", field="pdfa")
    if split and form != "volume":
        raise InputError("只有卷宗（--form volume）可以分件。", field="split")
    formats: tuple[Literal["pdf", "docx"], ...] = ("pdf", "docx") if kind == "both" else (kind,)
    forms, worst = None if form == "all" else (form,), 0
    with opened(context) as desk:
        for key in keys:
            try:
                if form == "volume":
                    paths = desk.volumes.write(desk.actor, key, out, split=split, pdfa=pdfa)
                else:
                    paths = desk.printing.write_all(desk.actor, key, formats, out, forms, template=template)
                for path in paths:
                    click.echo(str(path))
            except DeskError as error:
                if len(keys) == 1:
                    raise
                tell(f"{key}：{error.message}", err=True)
                worst = max(worst, error.exit_code)
    return worst
