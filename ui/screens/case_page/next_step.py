"""The one next action of a case: computed, never chosen."""

from __future__ import annotations

from dataclasses import dataclass

from mediation_desk.agreements.performance import due_day
from mediation_desk.cases.choosing.disclosing import missing_disclosures
from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.steps.closing import skips_visit
from mediation_desk.hearings.model import SessionResult
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
        case State.REGISTERED:
            return NextStep("受理", "overview", "accept")
        case State.ACCEPTED:
            return NextStep("请各方选定调解员", "choice", "marks")
        case State.SELECTING:
            return NextStep("再选一轮，或者指派", "choice", "marks")
        case State.PREPARING:
            if missing_disclosures(view.file):
                return NextStep("请调解员披露", "choice", "disclose")
            return NextStep("安排第一次调解", "sessions", "plan")
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
    if view.state is State.ROUTED:
        return None
    first = min((row for row in file.performance if row.done_on is None), key=due_day, default=None)
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
