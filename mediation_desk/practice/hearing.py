"""Who mediates an invented case, how that came about, and the sessions."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import time
from functools import cache
from typing import Any

from mediation_desk.cases.vocabulary import Result
from mediation_desk.experts.model import (
    CaseMediator,
    Choice,
    MediatorCard,
    Recorder,
    Role,
    Selection,
    SelectionMode,
)
from mediation_desk.hearings.model import Attendance, Session, SessionMode, SessionResult
from mediation_desk.parties.model import Party, PartyKind
from mediation_desk.practice.dice import Dice, Weighted
from mediation_desk.practice.material import centre
from mediation_desk.practice.plan import Plan
from mediation_desk.shared.track import Track

DISCLOSURE = "经披露，与各方当事人及代理人均无亲属或者利害关系，各方无回避申请"

_HOURS = tuple((time(start, 0), time(start + 1, 40)) for start in (9, 10, 14, 15, 16))
_MODES = Weighted(((SessionMode.ON_SITE, 88), (SessionMode.REMOTE, 5), (SessionMode.MIXED, 7)))
_TALK = (
    "核实经过，听取各方陈述，核对证据，各方对基本事实没有争议。",
    "分析责任和法律规定，各方就数额交换意见，差距缩小。",
    "围绕履行期限和方式协商，就主要条款交换意见。",
)
_OUTCOMES = {
    Result.AGREED: ("经劝解疏导，各方对方案没有异议，达成一致。", SessionResult.AGREED),
    Result.PARTLY: ("就主要请求达成一致，其余请求分歧较大，各方同意另行处理。", SessionResult.PARTLY),
    Result.FAILED: ("各方坚持己见，对责任和数额分歧较大，未能达成一致。", SessionResult.FAILED),
}
_HOW = {
    PartyKind.GROUP: "代表人到场",
    PartyKind.SOLE_TRADER: "经营者到场",
    PartyKind.COMPANY: "法定代表人到场",
}
_ARRIVALS = {
    (ref, how): Attendance(ref=ref, how=how)
    for ref in ("A1", "A2", "B1", "B2", "B3", "C1")
    for how in ("到场", "代理人到场", *_HOW.values())
}


@dataclass(slots=True, frozen=True)
class Hearing:
    """The part of a case file that happens in the mediation room."""

    mediators: tuple[CaseMediator, ...] = ()
    recorder: Recorder | None = None
    selection: Choice | None = None
    sessions: tuple[Session, ...] = ()


def hear(plan: Plan, dice: Dice, parties: tuple[Party, ...]) -> Hearing:
    """As far as the day has come."""
    if not (plan.is_accepted and plan.past(plan.started)):
        return Hearing()
    shown = _shown(plan.body.short, plan.story.specialty, plan.delegated)
    refs = tuple(party.ref for party in parties)
    if not plan.is_chosen:
        begun = {refs[0]: shown.numbers[:1]} if len(shown.cards) > 1 else {}
        mode = SelectionMode.PARTIES
        return Hearing(selection=Choice(mode=mode, candidates=shown.numbers, choices=begun))
    winner, assisting = dice.pick(shown.cards), dice.pick(shown.cards)
    selection, how, by = _choice(plan, dice, refs, shown, winner)
    team = [_appointed(plan, winner, Role.PRESIDING, how, by)]
    if assisting is not winner and dice.chance(0.3):
        team.append(_appointed(plan, assisting, Role.ASSISTING, Selection.DESIGNATED, ()))
    recorder = centre().recorders[plan.body.short]
    sessions = tuple(_sessions(plan, dice, parties, winner.pool_no, recorder.pool_no))
    return Hearing(tuple(team), recorder if sessions else None, selection, sessions)


@dataclass(slots=True, frozen=True)
class _Shown:
    """Who stands on the list of candidates."""

    cards: tuple[MediatorCard, ...]
    numbers: tuple[str, ...]


@cache
def _shown(short: str, specialty: str, delegated: bool) -> _Shown:
    """The candidates for such a case."""
    cards = _candidates(short, specialty, delegated)
    return _Shown(cards, tuple(card.pool_no for card in cards))


def _candidates(short: str, specialty: str, delegated: bool) -> tuple[MediatorCard, ...]:
    """Officials for their agency, court mediators for the court, otherwise who knows the kind of dispute."""
    body, cards = centre().bodies[short], centre().cards.values()
    if not body.type.is_committee:
        return tuple(card for card in cards if card.organisation == body.name)
    pool = [card for card in cards if card.pool_no.startswith("M")]
    able = [card for card in pool if specialty in card.specialties]
    return tuple(dict.fromkeys((*able, *pool[:2])))[: 3 if delegated else 4]


def _choice(
    plan: Plan, dice: Dice, refs: tuple[str, ...], shown: _Shown, winner: MediatorCard
) -> tuple[Choice, Selection, tuple[str, ...]]:
    """The marks lead to ``winner`` by the published rule: on every list, first on all of them but at most one."""
    won = (winner.pool_no,)
    if plan.track is Track.ADMINISTRATIVE:
        return Choice(mode=SelectionMode.AGENCY, choices={}, result=won), Selection.AGENCY, ()
    if dice.chance(0.1):
        accepted = dict.fromkeys(refs, won)
        choice = Choice(mode=SelectionMode.DESIGNATION, candidates=won, choices=accepted, result=won)
        return choice, Selection.ACCEPTED, refs
    numbers = shown.numbers
    marks: dict[str, tuple[str, ...]] = dict.fromkeys(refs, won)
    other = dice.pick(numbers)
    if other != winner.pool_no:
        marks[dice.pick(refs)] = (other, winner.pool_no) if dice.chance(0.4) else (winner.pool_no, other)
    mode = SelectionMode.COURT_ROSTER if plan.track is Track.JUDICIAL else SelectionMode.PARTIES
    return Choice(mode=mode, candidates=numbers, choices=marks, result=won), Selection.CHOSEN, refs


@cache
def _card_fields(pool_no: str) -> dict[str, Any]:
    card = centre().cards[pool_no]
    return {item.name: getattr(card, item.name) for item in fields(card)}


def _appointed(
    plan: Plan, card: MediatorCard, role: Role, how: Selection, by: tuple[str, ...]
) -> CaseMediator:
    return CaseMediator(
        **_card_fields(card.pool_no),
        role=role,
        selection=how,
        selected_by=by,
        selected_on=plan.chosen,
        disclosure=DISCLOSURE,
    )


def _place(plan: Plan, dice: Dice) -> str:
    """Bodies in the centre's house meet in its rooms, the others in their own."""
    room, house = dice.pick(centre().rooms), next(iter(centre().bodies.values())).address
    return room if plan.body.address.startswith(house) else f"{plan.body.name}调解室"


def _sessions(
    plan: Plan, dice: Dice, parties: tuple[Party, ...], presiding: str, recorder: str
) -> list[Session]:
    sessions: list[Session] = []
    for no, meeting in enumerate(plan.meetings, start=1):
        if not plan.past(meeting.planned_on):
            break
        start, end = dice.pick(_HOURS)
        common: dict[str, Any] = {
            "no": no,
            "date": meeting.on,
            "start": start,
            "place": _place(plan, dice),
            "mode": _MODES.pick(dice),
            "presided_by": presiding,
            "recorder": recorder,
        }
        if not plan.past(meeting.on):
            sessions.append(Session(**common))
            break
        last = no == len(plan.meetings)
        talk, result = (
            _OUTCOMES.get(plan.result, (_TALK[1], SessionResult.TO_CONTINUE))
            if last
            else (
                _TALK[(no - 1) % len(_TALK)],
                SessionResult.TO_CONTINUE,
            )
        )
        sessions.append(
            Session(
                **common,
                end=end,
                attendees=tuple([_ARRIVALS[party.ref, _how(party)] for party in parties]),
                rights_notice_given=no == 1,
                record=talk,
                result=result,
            )
        )
    return sessions


def _how(party: Party) -> str:
    return "代理人到场" if party.agents else _HOW.get(party.kind, "到场")
