"""``retention``: what is past its period, lists of destruction, and carrying them out."""

from __future__ import annotations

import json
from pathlib import Path

import click

from mediation_desk.cases.archiving.rules import archive_rules
from mediation_desk.cases.destroying.model import Applied, DestructionList
from mediation_desk.cli.opening import opened
from mediation_desk.cli.telling import tell


@click.group()
def retention() -> None:
    """保管期限与销毁：到期的案卷、销毁清册、批准、执行。"""


@retention.command("list")
@click.option("--lists", "of_lists", is_flag=True, help="列出销毁清册，不列案卷")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_context
def list_(context: click.Context, of_lists: bool, as_json: bool) -> None:
    """到期的案卷：案件、卷号、归档、期限、到期、鉴定、在第几号清册。"""
    from mediation_desk.interchange.plain import plain

    with opened(context) as desk:
        if of_lists:
            lists = desk.destruction.lists(desk.actor)
            if as_json:
                click.echo(json.dumps(plain(lists), ensure_ascii=False, indent=1))
            for made in () if as_json else lists:
                click.echo(_head(made))
            return
        due = desk.destruction.due(desk.actor)
    if as_json:
        click.echo(json.dumps(plain(due), ensure_ascii=False, indent=1))
        return
    rules = archive_rules()
    for one in due:
        verdict = one.verdict or "未鉴定"
        listed = f"第{one.listed}号清册" if one.listed else "—"
        ends = one.ends_on.isoformat() if one.ends_on else "—"
        tell(
            f"{one.case_key}\t{one.volume_no}\t{one.archived_on}\t{rules.kept(one.retention).name}\t{ends}"
            f"\t{verdict}\t{listed}"
        )
    click.echo(f"共{len(due)}卷。{rules.basis}", err=True)


@retention.command()
@click.argument("keys", metavar="[KEY]...", nargs=-1)
@click.option("--opinion", metavar="TEXT", default="", help="鉴定意见（默认为规则里的写法）")
@click.option("--out", metavar="DIR", type=click.Path(path_type=Path), help="打印清册（PDF、DOCX）")
@click.pass_context
def prepare(context: click.Context, keys: tuple[str, ...], opinion: str, out: Path | None) -> None:
    """把鉴定为销毁的案卷编入一份新的销毁清册；不写案件就是全部。"""
    with opened(context) as desk:
        made = desk.destruction.prepare(desk.actor, keys, opinion)
        click.echo(_head(made))
        if out is not None:
            for path in desk.destruction_papers.write(desk.actor, made.id, ("pdf", "docx"), out):
                click.echo(str(path))


@retention.command()
@click.argument("number", metavar="N", type=click.IntRange(min=1))
@click.option("--refuse", metavar="REASON", default="", help="不同意，写明理由；案卷可以另编清册")
@click.pass_context
def approve(context: click.Context, number: int, refuse: str) -> None:
    """批准第 N 号销毁清册；要由编制以外的人批准。"""
    with opened(context) as desk:
        click.echo(_head(desk.destruction.decide(desk.actor, number, refusal=refuse)))


@retention.command()
@click.argument("number", metavar="N", type=click.IntRange(min=1))
@click.option("--supervisor", metavar="NAME", required=True, help="监销人")
@click.pass_context
def apply(context: click.Context, number: int, supervisor: str) -> int:
    """执行批准了的清册：销毁数据和文件；中断了再来一次就接着做。"""
    with opened(context) as desk:
        done = desk.destruction.apply(desk.actor, number, supervisor)
    _tell(done)
    return 3 if done.left else 0


def _head(made: DestructionList) -> str:
    return f"{made.id}\t{made.status}\t{len(made.lines)}卷\t编制 {made.prepared_by}\t批准 {made.decided_by or '—'}"


def _tell(done: Applied) -> None:
    click.echo(
        f"第{done.list_id}号清册：这次销毁{done.destroyed}卷，删除文件{done.files}个，还剩{done.left}卷。"
    )
    for key, why in done.stayed:
        click.echo(f"{key}：{why}", err=True)
    for sentence in done.leftover.sentences:
        click.echo(sentence, err=True)
    for backup in done.backups:
        click.echo(f"备份{backup.name}里还有这些案卷，最晚留到{backup.ages_out_on}。", err=True)
