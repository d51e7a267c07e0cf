"""``case route`` and ``orders``: send a case on, answer for a unit, and every unit's list."""

from __future__ import annotations

import json
from datetime import date

import click

from mediation_desk.cases.beside import OrderKind
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.routing.worklist import OrderLine, Span, Worklist
from mediation_desk.cases.steps.orders import Receive, RefuseOrder, ReplyOrder, VoidOrder
from mediation_desk.cases.steps.routing import Route, Supervise
from mediation_desk.cases.steps.step import Step
from mediation_desk.cli.opening import DAY, opened
from mediation_desk.cli.telling import tell
from mediation_desk.shared.errors import InputError

SPANS = {"today": Span.TODAY, "week": Span.WEEK, "month": Span.MONTH, "quarter": Span.QUARTER}


@click.command()
@click.argument("key")
@click.option("--kind", type=click.Choice([kind.value for kind in OrderKind]), help="转办、交办、协办、督办")
@click.option("--to", metavar="UNIT", default="", help="单位的名称、简称、代码或拼音")
@click.option("--person", metavar="NAME", default="", help="责任人；签收时为签收人")
@click.option("--helper", "helpers", metavar="UNIT", multiple=True, help="协办单位，可以多次")
@click.option("--due", metavar="DATE", type=DAY, help="办理期限（默认按 routing.toml）")
@click.option("--reason", metavar="TEXT", default="", help="事项、要求、理由")
@click.option("--decided-by", metavar="NAME", default="", help="两次退回后，决定交办的值班长")
@click.option("--on", metavar="DATE", type=DAY, help="哪一天（默认今天）")
@click.option("--order", "no", metavar="N", type=int, help="第几号（只有一件没办完的，可以不写）")
@click.option("--receive", is_flag=True, help="签收")
@click.option("--refuse", metavar="REASON", help="退回")
@click.option("--reply", metavar="TEXT", help="反馈办理结果，销号")
@click.option("--void", metavar="REASON", help="作废")
@click.pass_context
def route(
    context: click.Context,
    key: str,
    kind: str | None,
    to: str,
    person: str,
    helpers: tuple[str, ...],
    due: date | None,
    reason: str,
    decided_by: str,
    on: date | None,
    no: int | None,
    receive: bool,
    refuse: str | None,
    reply: str | None,
    void: str | None,
) -> None:
    """转办、交办、协办、督办一案；或者替单位签收、退回、反馈，替中心作废。"""
    asked = [kind is not None, receive, refuse is not None, reply is not None, void is not None]
    if sum(asked) != 1:
        raise click.UsageError("--kind、--receive、--refuse、--reply、--void 须写明其中一项。")
    with opened(context) as desk:
        file = desk.cases.file(desk.actor, key)
        day = on or desk.cases.local_today
        if kind == OrderKind.SUPERVISE.value:
            step: Step = Supervise(on=day, about=no, person=person, due_on=due, reason=reason)
        elif kind is not None:
            step = Route(
                on=day,
                kind=OrderKind(kind),
                to=to,
                task=reason,
                person=person,
                due_on=due,
                helpers=helpers,
                decided_by=decided_by,
            )
        else:
            step = _answer(_number(file, no), day, person, refuse, reply, void)
        after = desk.cases.perform(desk.actor, file.case_key, step, version=file.version)
    tell(f"{after.case_key}\t{step.sentence(after)}")


def _answer(no: int, on: date, person: str, refuse: str | None, reply: str | None, void: str | None) -> Step:
    if refuse is not None:
        return RefuseOrder(no=no, on=on, reason=refuse)
    if reply is not None:
        return ReplyOrder(no=no, on=on, reply=reply)
    return VoidOrder(no=no, on=on, reason=void) if void is not None else Receive(no=no, on=on, by=person)


def _number(file: CaseFile, no: int | None) -> int:
    if no is not None:
        return no
    still = file.beside.open_orders
    if len(still) != 1:
        told = "、".join(f"第{order.no}号{order.kind}（{order.to}）" for order in still)
        reason = f"没办完的有{told}" if still else "没有没办完的"
        raise InputError(f"请用 --order 写明第几号：{reason}。", field="--order")
    return still[0].no


@click.command()
@click.option("--unit", metavar="UNIT", default="", help="只看这个单位（默认全部）")
@click.option("--person", metavar="NAME", default="", help="只看这个责任人或者签收人")
@click.option("--period", type=click.Choice(list(SPANS)), default="today", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_context
def orders(context: click.Context, unit: str, person: str, period: str, as_json: bool) -> None:
    """任务清单：今天、本周、本月、本季没办完的和办完的。"""
    with opened(context) as desk:
        found = desk.routing.worklist(desk.actor, unit, SPANS[period], person=person)
        if as_json:
            desk.exports.count(desk.actor, "orders", len(found.lines))
    if as_json:
        click.echo(json.dumps(_plain(found), ensure_ascii=False, indent=1))
        return
    for line in found.lines:
        tell("\t".join(_cells(line, found.on)))
    counts = found.counts
    click.echo(f"没办完{counts.open}件，逾期{counts.overdue}件，办完{counts.done}件")


def _cells(line: OrderLine, on: date) -> tuple[str, ...]:
    due = line.due_on.isoformat() if line.due_on else "—"
    seen = line.signal(on)
    shown = seen.text if seen is not None else line.status.value
    return (f"{line.case_key}#{line.no}", line.kind, line.to, line.person or "—", due, shown, line.title)


def _plain(found: Worklist) -> object:
    from mediation_desk.interchange.plain import plain

    lines = [{**_dict(plain(line)), "light": _light(line, found.on)} for line in found.lines]
    return {
        "unit": found.unit,
        "from": found.first.isoformat(),
        "to": found.last.isoformat(),
        "counts": plain(found.counts),
        "orders": lines,
    }


def _light(line: OrderLine, on: date) -> str | None:
    seen = line.signal(on)
    return seen.light.value if seen is not None else None


def _dict(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}
