"""A case in every state, brought there by the steps a counter takes; and a step of the tests' own to probe with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, time
from decimal import Decimal
from typing import ClassVar

from mediation_desk.access.actor import COUNTER
from mediation_desk.access.permissions import Permission
from mediation_desk.agreements.model import Clause, ClauseKind, Instalment, Satisfaction, VisitWay
from mediation_desk.cases.beside import Order, OrderKind, Standstill
from mediation_desk.cases.lifecycle import State, state_on
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.registering import Register
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.agreeing import Compose
from mediation_desk.cases.steps.choosing import RecordChoice
from mediation_desk.cases.steps.closing import Close, PutAway
from mediation_desk.cases.steps.hearing import PlanSession, RecordSession
from mediation_desk.cases.steps.intake import Accept, End
from mediation_desk.cases.steps.performing import Perform, Visit
from mediation_desk.cases.steps.signing import Sign
from mediation_desk.cases.steps.step import Around, Step
from mediation_desk.cases.transitions import ROUTE, SUSPEND, Transition
from mediation_desk.cases.vocabulary import Cause, DayUnit, Result, Retention, SuspensionCause
from mediation_desk.hearings.model import SessionResult
from tests.persistence.test_case_steps import CHOICE, CLAUSES, PLAN, REGISTER, recorded

ON = date(2026, 3, 10)
MET = date(2026, 3, 16)
REMEDIES = ("向人民法院起诉",)
WAIVER = Clause(no=1, kind=ClauseKind.WAIVE, text="双方再无其他争议。")
LATER = replace(
    CLAUSES[0],
    instalments=(
        Instalment(no=1, due_on=date(2026, 8, 10), amount=Decimal("450.00")),
        Instalment(no=2, due_on=date(2026, 9, 10), amount=Decimal("450.00")),
    ),
)
"""Due after the day of the tests, 1 July 2026; those of ``CLAUSES`` are overdue by then."""


@dataclass(frozen=True)
class Planted:
    """A step whose change the test decides, judged by the service like any other."""

    transition: Transition
    change: Callable[[CaseFile], CaseFile] = lambda file: file
    title: ClassVar[str] = "试"
    permission: ClassVar[Permission] = Permission.CASE_READ

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """What the test wants."""
        return self.change(file)

    def sentence(self, file: CaseFile) -> str:
        """Nothing to tell."""
        return "试"


def _sent_on(file: CaseFile) -> CaseFile:
    order = Order(no=1, kind=OrderKind.HAND_OVER, to="试验县住建局", given_on=ON, given_by="窗口")
    return replace(file, beside=replace(file.beside, orders=(order,)))


def _standing_still(file: CaseFile) -> CaseFile:
    stop = Standstill(
        cause=SuspensionCause.APPRAISAL, reason="鉴定", notice_on=ON, from_on=ON, unit=DayUnit.DAYS
    )
    return replace(file, beside=replace(file.beside, standstill=stop))


ACCEPT = Accept(on=ON)
APART = RecordChoice(on=date(2026, 3, 11), candidates=("M01", "M02"), marks={"A1": ("M01",), "B1": ("M02",)})
ROUTED = Planted(ROUTE, _sent_on)
STANDSTILL = Planted(SUSPEND, _standing_still)
VISIT = Visit(
    on=date(2026, 6, 1), way=VisitWay.PHONE, by="M01", of=("A1",), situation="已了结",
    satisfaction=Satisfaction.SATISFIED,
)  # fmt: skip
CLOSE = Close(on=date(2026, 6, 2), evaluation="事了人和")
PUT_AWAY = PutAway(on=date(2026, 6, 2), retention=Retention.LONG, pages=20, documents=("卷宗封面",))
PERFORMED = (
    Perform(clause=1, instalment=1, on=date(2026, 4, 9)),
    Perform(clause=1, instalment=2, on=date(2026, 5, 9)),
)


def ended(kind: Result, cause: Cause, on: date = MET, **more: object) -> End:
    """An ending with everything it asks for."""
    return End(kind=kind, cause=cause, on=on, reason="说明", told_remedies=REMEDIES, **more)  # type: ignore[arg-type]


REFUSED = ended(Result.NOT_ACCEPTED, Cause.OUT_OF_SCOPE)
FAILED = ended(Result.FAILED, Cause.TOO_FAR_APART)
TERMINATED = ended(Result.TERMINATED, Cause.UNREACHABLE)
WITHDRAWN = ended(Result.WITHDRAWN, Cause.WITHDRAWN, by=("A1",))


def signatures(clauses: tuple[Clause, ...] = CLAUSES) -> tuple[Step, ...]:
    """From the planned session to an agreement in force."""
    places = ("A1", "B1", "M01", "R01", "ORG")
    return (
        recorded(SessionResult.AGREED),
        Compose(clauses=clauses, copies=3),
        *(Sign(ref=ref, method="签名并按指印", on=MET) for ref in places),
    )


_IN_ROOM: tuple[Step, ...] = (ACCEPT, CHOICE, PLAN)
_AGREED = (*_IN_ROOM, *signatures())
WAYS: dict[State, tuple[Step, ...]] = {
    State.REGISTERED: (),
    State.ROUTED: (ROUTED,),
    State.NOT_ACCEPTED: (REFUSED,),
    State.ACCEPTED: (ACCEPT,),
    State.SELECTING: (ACCEPT, APART),
    State.PREPARING: (ACCEPT, CHOICE),
    State.MEDIATING: _IN_ROOM,
    State.SUSPENDED: (ACCEPT, STANDSTILL),
    State.AGREED_UNSIGNED: (*_IN_ROOM, *signatures()[:2]),
    State.EFFECTIVE: (*_IN_ROOM, *signatures((WAIVER,))),
    State.PERFORMING: (*_IN_ROOM, *signatures((LATER,))),
    State.BREACHED: _AGREED,
    State.PERFORMED: (*_AGREED, *PERFORMED),
    State.FAILED: (*_IN_ROOM, recorded(SessionResult.FAILED), FAILED),
    State.TERMINATED: (ACCEPT, TERMINATED),
    State.WITHDRAWN: (ACCEPT, WITHDRAWN),
    State.FOLLOWED_UP: (*_AGREED, *PERFORMED, VISIT),
    State.CLOSED: (*_AGREED, *PERFORMED, VISIT, CLOSE),
    State.ARCHIVED: (*_AGREED, *PERFORMED, VISIT, CLOSE, PUT_AWAY),
}
"""The steps that lead a case, registered a moment ago, into each state."""

HELD_AND_AGREED: tuple[Step, ...] = (*_IN_ROOM, recorded(SessionResult.AGREED))
HELD_AND_FAILED: tuple[Step, ...] = (*_IN_ROOM, recorded(SessionResult.FAILED))
NEXT_TIME: RecordSession = recorded(SessionResult.TO_CONTINUE)
SECOND_PLAN = replace(PLAN, date=date(2026, 3, 20), start=time(14, 0))


class _Whatever:
    """Every case on file was seen by the counter."""

    def __contains__(self, key: object) -> bool:
        return True


def registered(cases: CaseService, command: Register = REGISTER) -> CaseFile:
    """A fresh case, on purpose also where the same dispute is on file already."""
    return cases.register(COUNTER, command, despite=_Whatever())


def brought(cases: CaseService, steps: tuple[Step, ...], register: Register = REGISTER) -> CaseFile:
    """A fresh case after these steps."""
    file = registered(cases, register)
    for step in steps:
        file = cases.perform(COUNTER, file.case_key, step, version=file.version)
    return file


def in_state(cases: CaseService, state: State) -> CaseFile:
    """A fresh case in ``state``; its session may fall on that of another case of the same database."""
    side_by_side = (
        replace(step, override_reason="同一时间另有一案") if isinstance(step, PlanSession) else step
        for step in WAYS[state]
    )
    file = brought(cases, tuple(side_by_side))
    assert state_on(file, cases.local_today) is state
    return file
