"""``audit``: list, close; and the check of the chain behind ``check --audit``."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import click

from mediation_desk.audit.anchors import typed_anchor
from mediation_desk.audit.findings import Report
from mediation_desk.audit.reading import EntryQuery, Line
from mediation_desk.audit.wording import Kind
from mediation_desk.cli.opening import DAY, opened
from mediation_desk.cli.telling import tell
from mediation_desk.shared.clock import local_moment

PATH = click.Path(path_type=Path)


@click.group()
def audit() -> None:
    """审计记录：谁在什么时候看了、改了、打印了什么。"""


@audit.command("list")
@click.option("--case", "case", metavar="KEY", default="", help="只看这件案件")
@click.option("--person", metavar="TEXT", default="", help="只看以此人为当事人的案件：姓名或者证件号码")
@click.option("--account", metavar="NAME", default="", help="只看这个账号")
@click.option(
    "--kind", metavar="KIND", type=click.Choice([kind.value for kind in Kind]), help="只看这一类操作"
)
@click.option("--from", "first", metavar="DAY", type=DAY, help="从哪天起")
@click.option("--to", "last", metavar="DAY", type=DAY, help="到哪天止")
@click.option("--flagged", is_flag=True, help="只看要留意的")
@click.option("--limit", metavar="N", default=200, show_default=True, type=click.IntRange(1, 500))
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_context
def list_(
    context: click.Context,
    case: str,
    person: str,
    account: str,
    kind: str | None,
    first: date | None,
    last: date | None,
    flagged: bool,
    limit: int,
    as_json: bool,
) -> None:
    """审计记录，新的在前；查阅本身也记一条。"""
    query = EntryQuery(
        first=local_moment(first) if first else None,
        last=local_moment(last + timedelta(days=1)) if last else None,
        account=account,
        kind=Kind(kind) if kind else None,
        case_key=case,
        person=person,
        flagged=flagged,
        limit=limit,
    )
    with opened(context) as desk:
        lines = desk.audit.lines(desk.actor, query)
    if as_json:
        click.echo(json.dumps([_plain(line) for line in lines], ensure_ascii=False, indent=2))
        return
    for line in lines:
        at = line.at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
        tell(f"{line.seq}\t{at}\t{line.account}\t{line.case_key or '—'}\t{line.sentence}")


@audit.command()
@click.option("--on", metavar="DAY", type=DAY, help="哪一天（默认今天）")
@click.option("--out", "folder", metavar="DIR", type=PATH, required=True, help="日结单写到哪个文件夹")
@click.pass_context
def close(context: click.Context, on: date | None, folder: Path) -> None:
    """日结：写出日结单，印有审计码；请签名后与电脑分开存放。"""
    with opened(context) as desk:
        for path in desk.audit_papers.closing_sheet(desk.actor, ("pdf",), folder, on):
            click.echo(str(path))


def check_chain(context: click.Context, codes: tuple[str, ...], *, as_json: bool) -> int:
    """Check the chain and tell; 4 where something is wrong with it."""
    given = tuple(map(typed_anchor, codes))
    with opened(context) as desk, click.progressbar(length=100, label="核对审计记录", hidden=as_json) as bar:
        done = 0

        def watch(now: int, of: int) -> bool:
            nonlocal done
            reached = now * 100 // max(of, 1)
            bar.update(reached - done)
            done = reached
            return True

        report = desk.audit.check(desk.actor, given, watch=watch)
        bar.update(100 - done)
    if as_json:
        click.echo(json.dumps(report_plain(report), ensure_ascii=False, indent=2))
    else:
        for sentence in report.sentences:
            click.echo(sentence)
    return 0 if report.sound else 4


def report_plain(report: Report) -> dict[str, Any]:
    """The report as JSON knows it."""
    counts = report.counts
    return {
        "sound": report.sound,
        "first": report.first,
        "last": report.last,
        "counts": {name: getattr(counts, name) for name in counts.__dataclass_fields__},
        "anchors": report.anchors,
        "head": report.head.text if report.head else None,
        "findings": [
            {"kind": one.kind.name.lower(), "first": one.first, "last": one.last, "sentence": one.sentence}
            for one in report.findings
        ],
    }


def _plain(line: Line) -> dict[str, Any]:
    return {
        "seq": line.seq,
        "at": line.at.isoformat(),
        "account": line.account,
        "action": line.action,
        "title": line.title,
        "kind": line.kind.value,
        "case": line.case_key,
        "person": line.person,
        "result": line.result.value,
        "clock": line.clock,
        "details": dict(line.details),
        "words": dict(line.words),
        "flagged": line.flagged,
    }
