"""``case agree``: an agreement composed, or an oral one registered, as on screen."""

from __future__ import annotations

import click

from mediation_desk.agreements.lawful.judging import judge, to_look_at
from mediation_desk.cases.composing import matter_of
from mediation_desk.cases.lifecycle import state_of
from mediation_desk.cases.steps.agreeing import AgreeOrally
from mediation_desk.cli.given import given
from mediation_desk.cli.opening import opened
from mediation_desk.cli.telling import tell


@click.command()
@click.argument("key")
@click.option("--json", "source", metavar="FILE|-", required=True, help="协议的内容；- 为从标准输入读")
@click.pass_context
def agree(context: click.Context, key: str, source: str) -> None:
    """拟定协议，或者登记口头协议；没有人签署以前，再来一次就替换原稿。"""
    from mediation_desk.interchange.agreeing import read_agreement
    from mediation_desk.interchange.parse import LARGEST

    text = given(source, LARGEST)
    with opened(context) as desk:
        file = desk.cases.file(desk.actor, key)
        step = read_agreement(text, file)
        saved = desk.cases.perform(desk.actor, file.case_key, step, version=file.version)
    tell(f"{saved.case_key}\t{saved.intake.number or '—'}\t{state_of(saved)}")
    agreement = saved.agreement
    oral = isinstance(step, AgreeOrally)
    clauses = agreement.clauses if agreement else ()
    matter = matter_of(saved, clauses, saved.beside.terms, unresolved=saved.unresolved, oral=oral)
    for finding in to_look_at(judge(matter)):
        click.echo(f"请核对 {finding.code}：{finding.sentence}", err=True)


AGREEING: tuple[click.Command, ...] = (agree,)
