"""``case notice``: a notice goes out and gets its number."""

from __future__ import annotations

from datetime import date

import click

from mediation_desk.cases.official_notice import NoticeKind
from mediation_desk.cases.steps.notifying import IssueNotice
from mediation_desk.cli.opening import DAY, opened
from mediation_desk.cli.telling import tell


@click.command()
@click.argument("key")
@click.option(
    "--kind", required=True, type=click.Choice([kind.value for kind in NoticeKind]), help="哪一种通知书"
)
@click.option("--about", type=int, metavar="N", help="第几次中止、延期、督促；默认最近一次")
@click.option("--what", multiple=True, metavar="TEXT", help="补正：缺哪一项材料，可以写几次")
@click.option("--due", type=DAY, metavar="DATE", help="补正：最迟哪天")
@click.option("--on", type=DAY, metavar="DATE", help="日期，默认今天")
@click.pass_context
def notice(
    context: click.Context,
    key: str,
    kind: str,
    about: int | None,
    what: tuple[str, ...],
    due: date | None,
    on: date | None,
) -> None:
    """发出通知：给文号，记在案件里；用 case print 印。"""
    with opened(context) as desk:
        file = desk.cases.file(desk.actor, key)
        step = IssueNotice(
            kind=NoticeKind(kind),
            on=on or desk.cases.local_today,
            about=about,
            what="\n".join(what),
            due_on=due,
        )
        saved = desk.cases.perform(desk.actor, file.case_key, step, version=file.version)
    tell(f"{saved.case_key}\t{saved.beside.notices[-1].number}")
