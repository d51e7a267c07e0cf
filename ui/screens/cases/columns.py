"""What a line of the list of cases shows, and in which colour."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from mediation_desk.cases.deadlines.lights import signal
from mediation_desk.cases.lifecycle import OPEN, PUT_ASIDE, UNSUCCESSFUL, State
from mediation_desk.cases.summary import CaseSummary
from ui.fields.date_field import show_day
from ui.screens.today.entries import left
from ui.tables.record_model import Column
from ui.tokens import Tone

LOCKED_SIGN = "【限】"
OWN_SIGN = "【回避】"
"""Before the title of a case only named people see."""


def case_columns(today: Callable[[], date]) -> tuple[Column[CaseSummary], ...]:
    """Number, matter, parties, track, state, days left, mediator; the last ones give way first."""
    return (
        Column("编号", lambda case: case.number or "—", width=218, tone=_number_tone, explain=_key),
        Column("纠纷", _title, explain=_signs),
        Column("当事人", lambda case: case.party_names, optional=True),
        Column("种类", lambda case: case.track.value, width=88, optional=True),
        Column("状态", lambda case: case.state.value, width=104, tone=lambda case: state_tone(case.state)),
        Column(
            "期限",
            lambda case: _due(case, today())[0],
            width=108,
            tone=lambda case: _due(case, today())[1],
            sort=lambda case: (case.state not in OPEN, case.due_on or date.max),
            explain=lambda case: _explained(case, today()),
            optional=True,
        ),
        Column("调解员", lambda case: case.presiding_name or "—", width=88, optional=True),
    )


def state_tone(state: State) -> Tone:
    """The colour that goes with a state's word."""
    if state in (State.EFFECTIVE, State.PERFORMING, State.PERFORMED):
        return Tone.DONE
    if state in UNSUCCESSFUL | PUT_ASIDE | {State.ON_LEDGER}:
        return Tone.QUIET
    return Tone.SOON if state in (State.AGREED_UNSIGNED, State.SUSPENDED) else Tone.ACCENT


def _title(case: CaseSummary) -> str:
    signs = (LOCKED_SIGN if case.locked_on else "", OWN_SIGN if case.own else "")
    at_work = f"（{case.open_at}）" if case.open_at else ""
    return " ".join((*filter(None, signs), case.title)) + at_work


def _signs(case: CaseSummary) -> str:
    locked = f"限制查看（{show_day(case.locked_on)}起）：只有指定的人看得到" if case.locked_on else ""
    own = "涉及您本人或者您登记的亲属，应当回避" if case.own else ""
    at_work = f"{case.open_at}：两个人可以同时写，保存时放在一起比" if case.open_at else ""
    return "\n".join(filter(None, (locked, own, at_work)))


def _number_tone(case: CaseSummary) -> Tone:
    return Tone.INK if case.number else Tone.QUIET


def _key(case: CaseSummary) -> str:
    return f"{case.number or '还没有编号'}\n案件代码 {case.case_key}"


def _explained(case: CaseSummary, today: date) -> str:
    if case.due_on is None:
        return ""
    if case.state is State.SUSPENDED:
        return "中止中，期限不计；恢复以后顺延"
    light = signal(case.due_on, today).text if case.state in OPEN else ""
    return "，".join(words for words in (f"调解期限 {show_day(case.due_on)}", light) if words)


def _due(case: CaseSummary, today: date) -> tuple[str, Tone]:
    if case.due_on is None or case.state not in OPEN:
        return "—", Tone.QUIET
    if case.state is State.SUSPENDED:
        return "中止中", Tone.QUIET
    return left(case.due_on, today)
