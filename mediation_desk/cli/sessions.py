"""``case session``: sessions planned, moved, adjourned, cancelled and recorded, by the same steps as on screen."""

from __future__ import annotations

import click

from mediation_desk.cli.given import given
from mediation_desk.cli.opening import opened


@click.command()
@click.argument("key")
@click.option("--json", "source", metavar="FILE|-", required=True, help="要办的事；- 为从标准输入读")
@click.pass_context
def session(context: click.Context, key: str, source: str) -> None:
    """调解会：安排、改期、休会、取消、邀请、记录，打印出第几次；几件事一起写的，要么都办成，要么都不办。"""
    from mediation_desk.interchange.parse import LARGEST
    from mediation_desk.interchange.sessions import number_of, read_session, steps_of

    text = given(source, LARGEST)
    order = read_session(text)
    done: list[int] = []
    with opened(context) as desk:
        file = desk.cases.file(desk.actor, key)
        makers = steps_of(order, desk.cases.local_today)
        taken, saved = desk.cases.perform_together(desk.actor, file.case_key, makers, version=file.version)
        done = [no for step in taken if (no := number_of(step, saved)) is not None]
    click.echo(str(done[-1]) if done else saved.case_key)
