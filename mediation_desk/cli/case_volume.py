"""``case volume``: what belongs into the volume of a case, and what is missing."""

from __future__ import annotations

import json

import click

from mediation_desk.cli.opening import opened
from mediation_desk.cli.telling import tell
from mediation_desk.documents.volume.checklist import Checklist, Entry, Standing

_EXIT_MISSING = 3


@click.command()
@click.argument("key")
@click.option("--check", is_flag=True, required=True, help="列出卷内应有的文书：有、缺、为什么")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_context
def volume(context: click.Context, key: str, check: bool, as_json: bool) -> int:
    """卷宗核对：应有什么，缺什么，为什么；缺了必须有的，退出码是 3。"""
    with opened(context) as desk:
        found = desk.volumes.checklist(desk.actor, key)
    if as_json:
        click.echo(json.dumps(_plain(found), ensure_ascii=False, indent=1))
    else:
        click.echo(f"{found.sentence}{found.finding}")
        for entry in found.due:
            todo = f"\t{entry.todo}" if entry.todo else ""
            tell(f"{entry.standing}\t{entry.need}\t{entry.title}\t{entry.why}（{entry.basis}）{todo}")
    (must, have) = found.must
    return 0 if must == have else _EXIT_MISSING


def _plain(found: Checklist) -> dict[str, object]:
    (must, have), (needed, present) = found.must, found.needed
    return {
        "variant": found.variant.value,
        "required": {"due": must, "present": have},
        "as_needed": {"due": needed, "present": present},
        "unsorted_pages": found.unsorted,
        "entries": [_line(entry) for entry in found.entries],
    }


def _line(entry: Entry) -> dict[str, object]:
    return {
        "key": entry.key,
        "title": entry.title,
        "need": entry.need.value,
        "standing": entry.standing.value,
        "why": entry.why,
        "basis": entry.basis,
        "todo": entry.todo if entry.standing is Standing.MISSING else "",
        "scans": len(entry.filling.scans),
    }
