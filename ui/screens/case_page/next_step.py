"""The one next action of a case: computed, never chosen."""

from __future__ import annotations

from dataclasses import dataclass

from mediation_desk.agreements.performance import due_day
from mediation_desk.cases.beside import Order, OrderKind, OrderStatus
from mediation_desk.cases.choosing.disclosing import missing_disclosures
from mediation_desk.cases.kept import owed
from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.steps.closing import skips_visit
from mediation_desk.hearings.model import SessionResult
from ui.screens.case_page.routing.rules import unit_named, waiting
from ui.screens.case_page.view import SUCCESSFUL, CaseView

_NUMERALS = "零一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to do, and where: the tab and the form on it."""

    caption: str
    tab: str
    form: str


def next_step(view: CaseView) -> NextStep | None:
    """The next action; None when the case is closed and nothing is open."""
    if view.file.beside.binned is not None:
        return NextStep("从回收站放回", "overview", "restore")
    return _by_state(view)


def _by_state(view: CaseView) -> NextStep | None:
    match view.state:
        case State.ON_LEDGER:
            return None
        case State.REGISTERED | State.ROUTED:
            return _undecided(view)
        case State.ACCEPTED:
            return NextStep("请各方选定调解员", "choice", "marks")
        case State.SELECTING:
            return NextStep("再选一轮，或者指派", "choice", "marks")
        case State.PREPARING:
            return _preparing(view)
        case State.MEDIATING:
            return _mediating(view)
        case State.SUSPENDED:
            return NextStep("恢复调解", "overview", "resume")
        case State.AGREED_UNSIGNED:
            return NextStep(f"收签署：还差 {len(view.file.missing_signatures)} 处", "agreement", "sign")
    return _afterwards(view)


def ordinal(number: int) -> str:
    """``第三次``; figures from eleven on."""
    return f"第{_NUMERALS[number]}次" if number <= 10 else f"第{number}次"


def may_accept(view: CaseView) -> bool:
    """Whether acceptance is the matter of this desk: nobody else has the case, or a body of ours received it."""
    order = view.file.beside.moving_order
    if view.state is State.ROUTED and order is not None:
        return (
            order.kind is OrderKind.ASSIGN and order.status is OrderStatus.AT_WORK and _is_ours(view, order)
        )
    return view.state is State.REGISTERED and view.file.beside.undecided_order is None


def _preparing(view: CaseView) -> NextStep:
    if missing_disclosures(view.file):
        return NextStep("请调解员披露", "choice", "disclose")
    return NextStep("安排第一次调解", "sessions", "plan")


def _undecided(view: CaseView) -> NextStep:
    if view.file.beside.undecided_order is not None:
        return NextStep("由值班长决定交办", "overview", "assign")
    order = view.file.beside.moving_order
    if order is None:
        return NextStep("受理", "overview", "accept")
    if order.status is OrderStatus.DONE:
        if any(one.order is None for one in waiting(view.file)):
            return NextStep("向移送单位反馈", "overview", "reply")
        return NextStep("结案", "papers", "close")
    unit = unit_named(order.to)
    name = unit.short if unit is not None else order.to
    if order.status is OrderStatus.WAITING:
        return NextStep(f"等{name}签收", "overview", "order")
    if may_accept(view):
        return NextStep("受理", "overview", "accept")
    return NextStep(f"等{name}办结反馈", "overview", "order")


def _is_ours(view: CaseView, order: Order) -> bool:
    unit = unit_named(order.to)
    return unit is not None and unit.body_for(view.file.track) is not None


def _mediating(view: CaseView) -> NextStep:
    if view.file.presiding is None:
        return NextStep("请各方另选调解员", "choice", "marks")
    planned = view.planned
    if planned is not None:
        return NextStep(f"记录{ordinal(planned.no)}调解", "sessions", "record")
    if view.last_result in SUCCESSFUL:
        return NextStep("拟定协议", "agreement", "compose")
    if view.last_result is SessionResult.FAILED:
        return NextStep("结束调解", "overview", "end")
    return NextStep(f"安排{ordinal(len(view.file.sessions) + 1)}调解", "sessions", "plan")


def _afterwards(view: CaseView) -> NextStep | None:
    file = view.file
    first = min(owed(file), key=due_day, default=None)
    if first is not None:
        part = f"第{first.instalment}期" if first.instalment else ""
        return NextStep(f"登记履行：第{first.clause}条{part}", "performance", "perform")
    if view.state is State.ARCHIVED:
        return None
    if view.state is State.CLOSED:
        return NextStep("归档", "papers", "archive")
    if not file.followups and not skips_visit(file):
        return NextStep("回访", "performance", "visit")
    return NextStep("结案", "papers", "close")
