"""Acts to be made to fail: what is done in the room and around it, each act after the one before went through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from mediation_desk.access.actor import COUNTER, Actor
from mediation_desk.access.roles import Role
from mediation_desk.app import Desk
from mediation_desk.cases.beside import OrderKind
from mediation_desk.cases.counter.people import By
from mediation_desk.cases.minutes.model import Answer as Word
from mediation_desk.cases.minutes.model import Reading
from mediation_desk.cases.steps.choosing import Designate
from mediation_desk.cases.steps.hearing import PlanSession
from mediation_desk.cases.steps.orders import Receive, RefuseOrder, ReplyOrder, VoidOrder
from mediation_desk.cases.steps.routing import AppointSponsor, Supervise
from mediation_desk.cases.steps.step import Step
from mediation_desk.experts.choice.ballot import Answer
from mediation_desk.hearings.board.notes import NoteKind, Release, Terms, Wall, Withdrawn
from mediation_desk.hearings.model import SessionMode, SessionResult
from mediation_desk.shared.track import Track
from tests.persistence import remote_acts as remote
from tests.persistence import scanning_acts as scanning
from tests.persistence.lifecycle_stories import ACCEPT, MET, brought
from tests.persistence.routing_acts import DAY, HOUSING, LABOUR, STREET, route
from tests.persistence.test_board import line
from tests.persistence.test_case_steps import CHOICE, PARTIES, PLAN, RECORDER, REGISTER, recorded
from tests.persistence.test_choosing import mediator
from tests.persistence.undone import Act, Make

Acts = Iterator[tuple[str, Make]]
TODAY = date(2026, 7, 1)
CLERK = Actor(account="登记员", display_name="登记员", roles=(Role.CLERK,))
_ORDERED: tuple[Step, ...] = (
    route(to=STREET),
    RefuseOrder(no=1, on=DAY, reason="不属本单位管辖。"),
    route(OrderKind.HAND_OVER, LABOUR),
    VoidOrder(no=2, on=DAY, reason="单位选错了"),
    route(OrderKind.HAND_OVER, HOUSING),
    Receive(no=3, on=DAY, by="经办人"),
    Supervise(on=DAY, about=3, reason="群众催问"),
    ReplyOrder(no=3, on=DAY, reply="已办。"),
    AppointSponsor(on=DAY, name="高远", reason="群众多次来访"),
)
_SCANNED: tuple[Step, ...] = (
    replace(remote.PAPER, original=True),
    scanning.FILED,
    scanning.TURNED,
    scanning.REFILED,
    scanning.VOIDED,
    scanning.RETURNED,
)
_REMOTE: tuple[Step, ...] = (
    remote.ARRANGED,
    remote.AGREED,
    remote.JOINED,
    remote.RECORDING,
    remote.held(SessionResult.TO_CONTINUE, ("A1", "远程视频"), ("B1", "远程视频")),
)


def room(desk: Desk) -> Acts:
    """From the choice of the mediators to the record; a failed act is done again as it was."""
    hire(desk)
    yield from _choosing(desk)
    yield from _disclosing(desk)
    key = in_room(desk, mode=SessionMode.CAUCUS)
    yield from _board(desk, key)
    yield from _minutes(desk, key)
    yield from _steps(desk, _begun(desk), _ORDERED)
    yield from _steps(desk, in_room(desk), _SCANNED)
    yield from _steps(desk, in_room(desk, mode=SessionMode.REMOTE), _REMOTE)
    yield from _around(desk, key)


def hire(desk: Desk) -> None:
    """Three mediators everybody may choose, where they are not there yet."""
    there = {one.card.pool_no for one in desk.experts.pool(COUNTER)}
    for number in sorted({"M01", "M02", "M03"} - there):
        tracks = (Track.PEOPLES, Track.ADMINISTRATIVE)
        desk.experts.engage(COUNTER, mediator(number, f"调解员{number}", tracks=tracks))


def again(act: Act) -> Make:
    """What failed left the state before it: the same act can follow."""
    return lambda: act


def in_room(desk: Desk, *more: Step, mode: SessionMode = SessionMode.ON_SITE) -> str:
    """A case whose first session is planned, and after these steps."""
    return _begun(desk, ACCEPT, CHOICE, replace(PLAN, mode=mode), *more)


def _begun(desk: Desk, *steps: Step, track: Track = Track.PEOPLES) -> str:
    told = (
        replace(one, override_reason="同一时间另有一案") if isinstance(one, PlanSession) else one
        for one in steps
    )
    return brought(desk.cases, tuple(told), replace(REGISTER, track=track)).case_key


def _steps(desk: Desk, key: str, steps: tuple[Step, ...]) -> Acts:
    for step in steps:
        yield (
            type(step).__name__,
            again(lambda step=step: desk.cases.perform(COUNTER, key, step)),  # type: ignore[misc]  # bound at once
        )
    yield f"{type(steps[-1]).__name__} back", again(lambda: _taken_back(desk, key))


def _taken_back(desk: Desk, key: str) -> object:
    return desk.cases.take_back(COUNTER, key, version=desk.cases.file(COUNTER, key).version)


def _choosing(desk: Desk) -> Acts:
    key, choosing = _begun(desk, ACCEPT), desk.choosing
    yield "choosing.open_round", again(lambda: choosing.open_round(COUNTER, key))
    yield "choosing.end_round", again(lambda: choosing.end_round(COUNTER, key, "当事人改日再选"))
    choosing.open_round(COUNTER, key)
    for party in ("A1", "B1"):
        yield (
            "choosing.mark",
            again(
                lambda party=party: choosing.mark(  # type: ignore[misc]  # bound at once
                    COUNTER, key, party, ranks=("M02", "M01"), strikes=(), sealed=True
                )
            ),
        )
    yield (
        "choosing.conclude",
        again(lambda: choosing.conclude(COUNTER, key, on=TODAY, recorder=RECORDER)),
    )


def _disclosing(desk: Desk) -> Acts:
    named = Designate(on=TODAY, presiding="M01")
    key, told = _begun(desk, ACCEPT, named, track=Track.ADMINISTRATIVE), desk.disclosures
    accepts = Answer(party="B1", on=TODAY, accepts=True)
    objects = Answer(party="A1", on=TODAY, accepts=False, ground="近亲属", detail="系对方亲戚")
    yield (
        "disclosures.disclose",
        again(lambda: told.disclose(COUNTER, key, "M01", "与被申请人系远亲", TODAY)),
    )
    yield "disclosures.answer", again(lambda: told.answer(COUNTER, key, "M01", accepts))
    yield "disclosures.answer no", again(lambda: told.answer(COUNTER, key, "M01", objects))
    yield (
        "disclosures.rule_on",
        again(lambda: told.rule_on(COUNTER, key, "M01", granted=False, by="试验机关", on=TODAY)),
    )


def _board(desk: Desk, key: str) -> Acts:
    boards = desk.boards
    fact = boards.write(COUNTER, key, line("a", kind=NoteKind.FACT))
    talk = boards.write(COUNTER, key, line("b", "最低八百", wall=Wall.SIDE, side="A1"))
    terms = Terms(payer="B1", payee="A1", amount=Decimal("800.00"), due_on=date(2026, 8, 1))
    offer = boards.write(COUNTER, key, line("c", "出八百", speaker="B1", kind=NoteKind.OFFER, terms=terms))
    consent = Release(by="A1", on=MET, how="当面同意")
    back = Withdrawn(on=MET, by="B1", reason="家里不同意")
    yield "boards.attend", again(lambda: boards.attend(COUNTER, key, 1, "A1", "到场"))
    yield "boards.release", again(lambda: boards.release(COUNTER, key, talk.no, consent))
    boards.strike(COUNTER, key, fact.no, "记错了人")
    yield "boards.restore", again(lambda: boards.restore(COUNTER, key, fact.no))
    fact = boards.board(COUNTER, key, 1).notes[0]
    yield (
        "boards.rewrite",
        again(lambda: boards.rewrite(COUNTER, key, fact, replace(fact, text="雨水倒灌三次"))),
    )
    yield (
        "boards.rewrite beside",
        again(lambda: boards.rewrite(COUNTER, key, fact, replace(fact, text="地板泡坏"))),
    )
    yield "boards.accept", again(lambda: boards.accept(COUNTER, key, offer.no, ("A1",), MET))
    yield "boards.withdraw", again(lambda: boards.withdraw(COUNTER, key, offer.no, back))


def _minutes(desk: Desk, key: str) -> Acts:
    minutes = desk.minutes
    for code in ("recusal", "rights"):
        desk.boards.open(COUNTER, key, 1, code)
    found = minutes.minutes(COUNTER, key, 1)
    assert found is not None
    working = found.working
    yield (
        "minutes.save",
        again(lambda: minutes.save(COUNTER, key, working, f"{working.text}\n又及。")),
    )
    found = minutes.minutes(COUNTER, key, 1)
    assert found is not None
    text = found.working.text
    minutes.read_out(COUNTER, key, 1, Reading.ALOUD, by="何笔录", text=text)
    for ref in ("A1", "B1"):
        yield (
            "minutes.answer",
            again(lambda ref=ref: minutes.answer(COUNTER, key, 1, ref, Word.AGREES, text=text)),  # type: ignore[misc]  # bound at once
        )
    frozen = replace(recorded(SessionResult.TO_CONTINUE), record=text)
    yield "minutes.freeze", again(lambda: minutes.freeze(COUNTER, key, frozen))


def _around(desk: Desk, key: str) -> Acts:
    name = PARTIES[0].name
    chosen = desk.counter.recognise(CLERK, name)[0]
    yield "counter.recall", again(lambda: desk.counter.recall(CLERK, name, By.ANY, chosen))
    yield "presence.sit", again(lambda: desk.presence.sit(COUNTER, key))
    yield "presence.look", again(lambda: desk.presence.look(COUNTER, key))
    yield "routing.worklist", again(lambda: desk.routing.worklist(COUNTER))
