"""``case consent`` and ``case transfer``: who agreed to the use of personal information, who outside was given it."""

from __future__ import annotations

from datetime import date

import click

from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.privacy.consents import consent_states, subjects
from mediation_desk.cases.privacy.model import ConsentScope, ConsentWay
from mediation_desk.cases.privacy.transfers import transfers_of
from mediation_desk.cases.steps.personal import NoteConsent, NoteTransfer, WithdrawConsent
from mediation_desk.cases.steps.step import Step
from mediation_desk.cli.opening import DAY, opened
from mediation_desk.cli.telling import tell
from mediation_desk.shared.errors import InputError

_HOW = {"signature": ConsentWay.SIGNED, "fingerprint": ConsentWay.FINGERPRINT, "oral": ConsentWay.ORAL}
ON = click.option("--on", type=DAY, metavar="DATE", help="日期，默认今天")


@click.command()
@click.argument("key")
@click.option(
    "--of", "names", multiple=True, metavar="PERSON", help="谁：姓名或者代号，可以写几次；all 是每个人"
)
@click.option(
    "--how", type=click.Choice(list(_HOW)), default="signature", show_default=True, help="怎样表示的"
)
@click.option("--sensitive", is_flag=True, help="对敏感个人信息的单独同意")
@click.option("--refused", is_flag=True, help="不同意")
@click.option("--guardian", default="", metavar="NAME", help="不满十四周岁的，监护人的姓名")
@click.option("--relation", default="", metavar="TEXT", help="监护人与本人的关系")
@click.option("--withdraw", default="", metavar="REASON", help="撤回同意，写明原因")
@ON
@click.pass_context
def consent(
    context: click.Context,
    key: str,
    names: tuple[str, ...],
    how: str,
    sensitive: bool,
    refused: bool,
    guardian: str,
    relation: str,
    withdraw: str,
    on: date | None,
) -> None:
    """登记谁同意处理个人信息，或者撤回；不写 --of 就列出每个人的情况和依据。"""
    scope = ConsentScope.SENSITIVE if sensitive else ConsentScope.GENERAL
    with opened(context) as desk:
        file, day = desk.cases.file(desk.actor, key), on or desk.cases.local_today
        refs = _refs(file, names)
        step: Step
        if refs and withdraw:
            if len(refs) > 1:
                raise InputError("撤回的一次写一个人。", field="of")
            step = WithdrawConsent(of=refs[0], on=day, reason=withdraw, scope=scope)
            file = desk.cases.perform(desk.actor, file.case_key, step, version=file.version)
        elif refs:
            step = NoteConsent(
                of=refs,
                on=day,
                how=_HOW[how],
                agreed=not refused,
                scope=scope,
                guardian=guardian,
                relation=relation,
            )
            file = desk.cases.perform(desk.actor, file.case_key, step, version=file.version)
    for state in consent_states(file, day):
        lacking = "".join(f"\t缺：{one}" for one in state.lacking)
        tell(f"{state.subject.ref}\t{state.subject.name}\t{state.words}\t{state.rule}{lacking}")


@click.command()
@click.argument("key")
@click.option("--to", default="", metavar="NAME", help="提供给谁")
@click.option("--what", default="", metavar="TEXT", help="提供了什么")
@click.option("--ground", default="", metavar="TEXT", help="依据，例如“本人书面同意”")
@ON
@click.pass_context
def transfer(context: click.Context, key: str, to: str, what: str, ground: str, on: date | None) -> None:
    """登记把案件里的个人信息提供给了谁；不写 --to 就列出已经提供的。"""
    with opened(context) as desk:
        file = desk.cases.file(desk.actor, key)
        if to:
            step = NoteTransfer(to=to, what=what, ground=ground, on=on or desk.cases.local_today)
            file = desk.cases.perform(desk.actor, file.case_key, step, version=file.version)
    for one in transfers_of(file):
        tell(f"{one.on}\t{one.to}\t{one.what}\t{one.ground}\t{one.by}")


def _refs(file: CaseFile, names: tuple[str, ...]) -> tuple[str, ...]:
    people = subjects(file)
    if names == ("all",):
        return tuple(one.ref for one in people)
    found = []
    for name in names:
        ref = next((one.ref for one in people if name in (one.ref, one.name)), None)
        if ref is None:
            raise InputError(f"本案没有叫“{name}”的自然人。", field="of")
        found.append(ref)
    return tuple(found)
