"""``case perform|waive|urge|accelerate``: what becomes of promises; ``obligations``: what is still owed everywhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import click

from mediation_desk.cases.deadlines.service import MOST
from mediation_desk.cases.lifecycle import state_on
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.breaking import Accelerate, Urge
from mediation_desk.cases.steps.performing import Perform, Waive
from mediation_desk.cases.steps.step import Step
from mediation_desk.cases.summary import OpenPromise
from mediation_desk.cli.opening import DAY, opened
from mediation_desk.cli.telling import tell
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.money import figures, parse_yuan

ON = click.option("--on", type=DAY, metavar="DATE", help="日期，默认今天")
CLAUSE = click.option("--clause", required=True, type=click.IntRange(min=1), metavar="N", help="协议第几条")
INSTALMENT = click.option(
    "--instalment", type=click.IntRange(min=1), metavar="N", help="第几期；按月支付的，第几个月"
)
AMOUNT = click.option("--amount", metavar="X", help="金额（元），不写就是余下的全部")


@click.command()
@click.argument("key")
@CLAUSE
@INSTALMENT
@AMOUNT
@click.option("--proof", metavar="TEXT", help="凭据，例如转账回单")
@click.option("--payer", metavar="PARTY", help="几方共同负担的，谁付的：姓名或代号")
@click.option("--due", type=DAY, metavar="DATE", help="条款里才写明日期的事：应当哪天做到")
@click.option("--on", type=DAY, metavar="DATE", required=True, help="哪天做到")
@click.pass_context
def perform(
    context: click.Context,
    key: str,
    clause: int,
    instalment: int | None,
    amount: str | None,
    proof: str | None,
    payer: str | None,
    due: date | None,
    on: date,
) -> None:
    """登记履行：付了一笔，或者做了一件；只付一部分的，余下的仍旧待履行。"""

    def step(file: CaseFile, day: date) -> Step:
        return Perform(
            clause=clause,
            instalment=instalment,
            on=day,
            amount=_yuan(amount),
            evidence=proof,
            payer=_ref(file, payer, "payer") if payer else None,
            due_on=due,
        )

    _take(context, key, step, on)


@click.command()
@click.argument("key")
@CLAUSE
@INSTALMENT
@AMOUNT
@click.option("--by", required=True, metavar="PARTY", help="谁免除：债权人的姓名或代号")
@click.option("--reason", required=True, metavar="TEXT", help="理由")
@ON
@click.pass_context
def waive(
    context: click.Context,
    key: str,
    clause: int,
    instalment: int | None,
    amount: str | None,
    by: str,
    reason: str,
    on: date | None,
) -> None:
    """登记免除：债权人不要了的一项，或者其中一部分；记录在案，不删除。"""

    def step(file: CaseFile, day: date) -> Step:
        return Waive(
            clause=clause,
            instalment=instalment,
            amount=_yuan(amount),
            on=day,
            by=_ref(file, by, "by"),
            reason=reason,
        )

    _take(context, key, step, on)


@click.command()
@click.argument("key")
@click.option("--of", required=True, metavar="PARTY", help="督促谁：姓名或代号")
@click.option("--how", default="", metavar="TEXT", help="怎样送达")
@click.option("--served", type=DAY, metavar="DATE", help="送达日期")
@ON
@click.pass_context
def urge(context: click.Context, key: str, of: str, how: str, served: date | None, on: date | None) -> None:
    """督促履行：登记发出了督促履行通知书；用 case print --form urging 印。"""

    def step(file: CaseFile, day: date) -> Step:
        return Urge(of=_ref(file, of, "of"), on=day, how=how, served_on=served)

    _take(context, key, step, on)


@click.command()
@click.argument("key")
@ON
@click.pass_context
def accelerate(context: click.Context, key: str, on: date | None) -> None:
    """加速到期：按违约条款，登记剩余款项全部到期；哪天起、合计多少由条款算出。"""
    _take(context, key, lambda _file, day: Accelerate(on=day), on)


@click.command()
@click.option("--due-by", "last", type=DAY, metavar="DATE", help="到哪天为止到期的（默认全部）")
@click.option("--limit", default=MOST, show_default=True, metavar="N", type=click.IntRange(min=1))
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_context
def obligations(context: click.Context, last: date | None, limit: int, as_json: bool) -> None:
    """所有案件里还没有结清的：案件、条款、谁付给谁、还欠多少、到期、逾期几天。"""
    with opened(context) as desk:
        found = desk.deadlines.promises(desk.actor, last, limit=limit)
        if as_json:
            desk.exports.count(desk.actor, "obligations", len(found))
        today = desk.deadlines.local_today
    if as_json:
        click.echo(json.dumps([_plain(one, today) for one in found], ensure_ascii=False, indent=1))
        return
    for one in found:
        money = f"{figures(one.amount)}元" if one.amount is not None else "—"
        late = _late(one, today)
        tell(
            "\t".join(
                (
                    one.number or one.case_key,
                    _part(one),
                    " → ".join(name for name in (one.payer, one.payee) if name) or one.title,
                    money,
                    one.due_on.isoformat(),
                    f"逾期{late}天" if late else "未到期",
                )
            )
        )
    if len(found) == limit:
        click.echo(f"只列出最早的{limit}项，请用 --due-by 或者 --limit。", err=True)


def _take(context: click.Context, key: str, step: Callable[[CaseFile, date], Step], on: date | None) -> None:
    with opened(context) as desk:
        file = desk.cases.file(desk.actor, key)
        wanted = step(file, on or desk.cases.local_today)
        saved = desk.cases.perform(desk.actor, file.case_key, wanted, version=file.version)
        state = state_on(saved, desk.cases.local_today)
    tell(f"{saved.case_key}\t{saved.intake.number or '—'}\t{state}\t{wanted.sentence(saved)}")


def _ref(file: CaseFile, name: str, field: str) -> str:
    for party in file.parties:
        if name in (party.ref, party.name):
            return party.ref
    raise InputError(f"本案没有叫“{name}”的当事人。", field=field)


def _yuan(text: str | None) -> Decimal | None:
    return parse_yuan(text, field="amount") if text is not None else None


def _part(one: OpenPromise) -> str:
    return f"第{one.clause}条" + (f"第{one.instalment}期" if one.instalment else "")


def _late(one: OpenPromise, today: date) -> int:
    return max((today - one.due_on).days, 0)


def _plain(one: OpenPromise, today: date) -> dict[str, object]:
    return {
        "case": one.case_key,
        "number": one.number,
        "title": one.title,
        "clause": one.clause,
        "instalment": one.instalment,
        "payer": one.payer,
        "payee": one.payee,
        "remaining": f"{one.amount:.2f}" if one.amount is not None else None,
        "due": one.due_on.isoformat(),
        "late_days": _late(one, today),
        "why": one.why,
    }


PROMISE_STEPS: tuple[click.Command, ...] = (perform, waive, urge, accelerate)
