"""The state machine of a case (§4.1, §4.2): every change the allowed and the refused way, through the service."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from mediation_desk.access.actor import COUNTER, Actor
from mediation_desk.access.roles import Role
from mediation_desk.agreements.court import Will, WillWay
from mediation_desk.agreements.model import CONFIRMED
from mediation_desk.cases import steps as step_modules
from mediation_desk.cases import transitions
from mediation_desk.cases.archiving.model import Verdict
from mediation_desk.cases.lifecycle import UNDECIDED, State, state_on
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.official_notice import NoticeKind
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.agreeing import AgreeOrally, Compose
from mediation_desk.cases.steps.archiving import (
    Appraise,
    LendVolume,
    PutOnShelf,
    RecordDestruction,
    ReturnVolume,
)
from mediation_desk.cases.steps.binning import PutInBin, TakeOut
from mediation_desk.cases.steps.breaking import Accelerate, Urge
from mediation_desk.cases.steps.choosing import Designate
from mediation_desk.cases.steps.closing import Reply
from mediation_desk.cases.steps.confirming import ApplyForConfirmation, ApplyForEnforcement, RecordRuling
from mediation_desk.cases.steps.correcting import Correct
from mediation_desk.cases.steps.court_papers import RecordWills
from mediation_desk.cases.steps.disclosing import Disclose
from mediation_desk.cases.steps.intake import Accept
from mediation_desk.cases.steps.investigating import Investigate, SignInvestigation
from mediation_desk.cases.steps.inviting import InviteGuests, RecordConsents
from mediation_desk.cases.steps.moving import MoveTrack
from mediation_desk.cases.steps.notifying import IssueNotice
from mediation_desk.cases.steps.performing import Waive
from mediation_desk.cases.steps.rearranging import AdjournSession, CancelSession, MoveSession
from mediation_desk.cases.steps.recording import AddToRecord
from mediation_desk.cases.steps.recusing import DecideRecusal
from mediation_desk.cases.steps.reviewing import ReviewQuality
from mediation_desk.cases.steps.signing import Sign, VoidSignatures
from mediation_desk.cases.steps.step import Around, Step
from mediation_desk.cases.steps.summoning import GiveNotice, ProveDelivery
from mediation_desk.cases.steps.waiting import LeaveWaiting, Wait
from mediation_desk.cases.transitions import TRANSITIONS, Transition
from mediation_desk.cases.vocabulary import Cause, Difficulty, Result, SourceStat
from mediation_desk.experts.model import RecusalGround, RecusalResult
from mediation_desk.hearings.arrangement import Guest, Subject
from mediation_desk.hearings.model import SessionResult
from mediation_desk.hearings.summons import NoticeWay
from mediation_desk.parties.model import Agent, Authority, Gender
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.track import Track
from tests.persistence import lifecycle_stories as told
from tests.persistence import remote_acts as remote
from tests.persistence import scanning_acts as scans
from tests.persistence.lifecycle_stories import MET, ON, Planted, brought, ended, in_state
from tests.persistence.test_case_steps import BODY, CHOICE, CLAUSES, PLAN, REGISTER, cases, recorded

__all__ = ["cases"]

OFFICE = replace(BODY, name="试验县住房和城乡建设局", short="试住建")
MOVE = MoveTrack(on=date(2026, 3, 12), track=Track.ADMINISTRATIVE, body=OFFICE, reason="属行政调解范围")
CORRECTED = Correct(to=replace(REGISTER, facts="雨水倒灌，院墙倒塌。"), reason="笔误")
RECUSED = DecideRecusal(
    by="B1", requested_on=date(2026, 3, 12), mediator="M01", ground=RecusalGround.OTHER, detail="表亲",
    decided_by=BODY.name, on=date(2026, 3, 13), result=RecusalResult.GRANTED,
)  # fmt: skip
ORAL = AgreeOrally(clauses=CLAUSES, confirmed_by=("A1", "B1"), reason="各方要求口头")
COURT = ApplyForConfirmation(on=date(2026, 3, 20), court="试验法院", case_no="（2026）试诉前调确1号")
WILLING = RecordWills(
    on=MET, wills=tuple(Will(ref=ref, on=MET, how=WillWay.FACE_TO_FACE) for ref in ("A1", "B1"))
)
UNWILLING = replace(WILLING, wills=(WILLING.wills[0], replace(WILLING.wills[1], agrees=False)))
RULED = RecordRuling(on=date(2026, 4, 2), result=CONFIRMED)
ENFORCED = ApplyForEnforcement(on=date(2026, 6, 20), by="A1", against=("B1",))
NOTICE = GiveNotice(no=1, refs=("A1", "B1"), on=date(2026, 3, 12), way=NoticeWay.IN_PERSON)
ARRIVED = ProveDelivery(no=1, ref="B1", delivered_on=date(2026, 3, 13), proof="回执")
ADDED = AddToRecord(session_no=1, text="会后补交照片两张。")
TOLD = IssueNotice(kind=NoticeKind.ACCEPTANCE, on=date(2026, 3, 12))
INQUIRY = Investigate(
    on=date(2026, 3, 11), place="院墙边", by=("M01",), of=("A1", "B1"), content="查看倒塌的院墙。"
)
REPLY = Reply(on=date(2026, 3, 12), content="已受理", to="试验信访局")
FORGIVEN = Waive(clause=1, instalment=1, on=date(2026, 4, 9), by="A1", reason="对方确有困难")
URGED = Urge(of="B1", on=date(2026, 4, 13), how="当面送达")
INVITED = InviteGuests(no=1, guests=(Guest(session_no=1, name="顾凡", capacity="自然资源所"),))
ASKED = RecordConsents(about=Subject.OPEN, on=MET, agreed=("A1",), refused=("B1",))
SIGN = Sign(ref="A1", method="签名并按指印", on=MET)
VOIDED = VoidSignatures(on=MET, reason="金额写错")

SHELVED = PutOnShelf(on=date(2026, 6, 3), place="A2-03-4-12")
LENT = LendVolume(on=date(2026, 6, 3), who="顾凡", why="核对边界")
BACK = ReturnVolume(on=date(2026, 6, 10))
KEPT_ON = Appraise(
    on=date(2026, 6, 20), verdict=Verdict.KEEP, reason="还要查", decided_by="张一", second="李二", years=10
)
DESTROYED = RecordDestruction(on=date(2026, 6, 25), by="张一", witness="李二")
REVIEWED = ReviewQuality(on=date(2026, 6, 2), by="张一", ticked=("binding.bound",))

AGREED = told.WAYS[State.BREACHED]


@dataclass(frozen=True)
class Allowed:
    """After ``way`` the step is taken and the case stands in ``leads_to``."""

    way: tuple[Step, ...]
    step: Step
    leads_to: State


@dataclass(frozen=True)
class Refused:
    """After ``way`` the step is refused, with this rule and these words."""

    way: tuple[Step, ...]
    step: Step
    rule: str
    words: str = ""


def at(state: State) -> tuple[Step, ...]:
    return told.WAYS[state]


ALLOWED: dict[Transition, tuple[Allowed, ...]] = {
    transitions.REFUSE: (Allowed((), told.REFUSED, State.NOT_ACCEPTED),),
    transitions.ACCEPT: (Allowed((), told.ACCEPT, State.ACCEPTED),),
    transitions.CHOOSE: (
        Allowed(at(State.ACCEPTED), CHOICE, State.PREPARING),
        Allowed(at(State.ACCEPTED), told.APART, State.SELECTING),
        Allowed(at(State.SELECTING), Designate(on=date(2026, 3, 12), presiding="M03"), State.PREPARING),
    ),
    transitions.SEAT: (
        Allowed(at(State.PREPARING), Disclose(mediator="M01", text="无利害关系", on=MET), State.PREPARING),
        Allowed(at(State.PREPARING), RECUSED, State.ACCEPTED),
    ),
    transitions.CONVENE: (
        Allowed(at(State.PREPARING), PLAN, State.MEDIATING),
        Allowed((*at(State.MEDIATING), told.NEXT_TIME), told.SECOND_PLAN, State.MEDIATING),
        Allowed((*at(State.PREPARING), remote.REMOTE_PLAN), remote.ARRANGED, State.MEDIATING),
        Allowed(at(State.MEDIATING), told.SECOND_PLAN, State.MEDIATING),
    ),
    transitions.HOLD: (
        Allowed(at(State.MEDIATING), recorded(SessionResult.AGREED), State.MEDIATING),
        Allowed(at(State.MEDIATING), CancelSession(no=1, reason="当事人改期"), State.PREPARING),
        Allowed(
            at(State.MEDIATING), MoveSession(no=1, reason="改期", date=date(2026, 3, 17)), State.MEDIATING
        ),
        Allowed(at(State.MEDIATING), AdjournSession(no=1, reason="补证据", at=time(10, 30)), State.MEDIATING),
    ),
    transitions.ASK: (
        Allowed(at(State.MEDIATING), INVITED, State.MEDIATING),
        Allowed(at(State.PREPARING), ASKED, State.PREPARING),
    ),
    transitions.SUMMON: (
        Allowed(at(State.MEDIATING), NOTICE, State.MEDIATING),
        Allowed((*at(State.MEDIATING), NOTICE), ARRIVED, State.MEDIATING),
    ),
    transitions.WAIT: (
        Allowed(at(State.PREPARING), Wait(), State.PREPARING),
        Allowed(at(State.ACCEPTED), Wait(preferred="周三下午"), State.ACCEPTED),
        Allowed((*at(State.PREPARING), Wait()), LeaveWaiting(reason="已经和解"), State.PREPARING),
    ),
    transitions.COMPOSE: (
        Allowed(told.HELD_AND_AGREED, Compose(clauses=CLAUSES, copies=3), State.AGREED_UNSIGNED),
        Allowed(at(State.AGREED_UNSIGNED), Compose(clauses=CLAUSES, copies=4), State.AGREED_UNSIGNED),
    ),
    transitions.SIGN: (
        Allowed(at(State.AGREED_UNSIGNED), SIGN, State.AGREED_UNSIGNED),
        Allowed(AGREED[:-1], Sign(ref="ORG", method="印章", on=MET), State.BREACHED),
        Allowed(at(State.EFFECTIVE)[:-1], Sign(ref="ORG", method="印章", on=MET), State.EFFECTIVE),
        Allowed(at(State.PERFORMING)[:-1], Sign(ref="ORG", method="印章", on=MET), State.PERFORMING),
    ),
    transitions.VOID_SIGNATURES: (
        Allowed((*at(State.AGREED_UNSIGNED), SIGN), VOIDED, State.AGREED_UNSIGNED),
    ),
    transitions.AGREE_ORALLY: (Allowed(told.HELD_AND_AGREED, ORAL, State.BREACHED),),
    transitions.REFUSE_TO_SIGN: (
        Allowed(at(State.AGREED_UNSIGNED), ended(Result.FAILED, Cause.REFUSES_TO_SIGN), State.FAILED),
    ),
    transitions.END: (
        Allowed(told.HELD_AND_FAILED, told.FAILED, State.FAILED),
        Allowed(at(State.SELECTING), told.TERMINATED, State.TERMINATED),
        Allowed(at(State.SUSPENDED), told.TERMINATED, State.TERMINATED),
    ),
    transitions.WITHDRAW: (
        Allowed((), told.WITHDRAWN, State.WITHDRAWN),
        Allowed(at(State.AGREED_UNSIGNED), told.WITHDRAWN, State.WITHDRAWN),
    ),
    transitions.PERFORM: (
        Allowed(AGREED, told.PERFORMED[0], State.BREACHED),
        Allowed((*AGREED, told.PERFORMED[0]), told.PERFORMED[1], State.PERFORMED),
        Allowed((*AGREED, told.VISIT, told.CLOSE), told.PERFORMED[0], State.CLOSED),
        Allowed((*AGREED, FORGIVEN), replace(FORGIVEN, instalment=2), State.PERFORMED),
    ),
    transitions.URGE: (
        Allowed(AGREED, URGED, State.BREACHED),
        Allowed((*AGREED, told.VISIT, told.CLOSE), URGED, State.CLOSED),
    ),
    transitions.APPLY_TO_COURT: (Allowed((*AGREED, WILLING), COURT, State.BREACHED),),
    transitions.RULING: (Allowed((*AGREED, WILLING, COURT), RULED, State.BREACHED),),
    transitions.ENFORCE: (Allowed((*AGREED, WILLING, COURT, RULED), ENFORCED, State.BREACHED),),
    transitions.VISIT: (
        Allowed(at(State.PERFORMED), told.VISIT, State.FOLLOWED_UP),
        Allowed(at(State.FAILED), told.VISIT, State.FOLLOWED_UP),
        Allowed(AGREED, told.VISIT, State.BREACHED),
        Allowed(at(State.CLOSED), replace(told.VISIT, on=date(2026, 6, 3)), State.CLOSED),
    ),
    transitions.CLOSE: (
        Allowed(at(State.FOLLOWED_UP), told.CLOSE, State.CLOSED),
        Allowed(at(State.WITHDRAWN), told.CLOSE, State.CLOSED),
        Allowed(at(State.NOT_ACCEPTED), told.CLOSE, State.CLOSED),
    ),
    transitions.ARCHIVE: (Allowed(at(State.CLOSED), told.PUT_AWAY, State.ARCHIVED),),
    transitions.KEEP: (
        Allowed(at(State.ARCHIVED), SHELVED, State.ARCHIVED),
        Allowed(at(State.ARCHIVED), LENT, State.ARCHIVED),
        Allowed((*at(State.ARCHIVED), LENT), BACK, State.ARCHIVED),
    ),
    transitions.REVIEW: (
        Allowed(at(State.FOLLOWED_UP), REVIEWED, State.FOLLOWED_UP),
        Allowed(at(State.WITHDRAWN), REVIEWED, State.WITHDRAWN),
        Allowed(at(State.ARCHIVED), REVIEWED, State.ARCHIVED),
    ),
    transitions.CORRECT: tuple(
        Allowed(at(state), CORRECTED, state)
        for state in (State.REGISTERED, State.ROUTED, State.MEDIATING, State.BREACHED, State.CLOSED)
    ),
    transitions.MOVE_TRACK: (
        Allowed((), MOVE, State.REGISTERED),
        Allowed(at(State.ROUTED), MOVE, State.ROUTED),
        Allowed(at(State.PREPARING), MOVE, State.ACCEPTED),
        Allowed(at(State.MEDIATING), MOVE, State.ACCEPTED),
    ),
    transitions.NOTE: (
        Allowed(at(State.ACCEPTED), REPLY, State.ACCEPTED),
        Allowed(at(State.ACCEPTED), TOLD, State.ACCEPTED),
        Allowed(at(State.BREACHED), remote.PAPER, State.BREACHED),
        Allowed((*at(State.PREPARING), remote.MIXED_PLAN), remote.AGREED, State.MEDIATING),
        Allowed((*at(State.PREPARING), remote.REMOTE_PLAN, remote.AGREED), remote.JOINED, State.MEDIATING),
        Allowed(told.HELD_AND_AGREED, ADDED, State.MEDIATING),
        Allowed(AGREED, ADDED, State.BREACHED),
        Allowed(at(State.PREPARING), INQUIRY, State.PREPARING),
        Allowed((*at(State.PREPARING), INQUIRY), SignInvestigation(no=1), State.PREPARING),
        Allowed(at(State.MEDIATING), scans.FILED, State.MEDIATING),
        Allowed((*AGREED, scans.FILED), scans.TURNED, State.BREACHED),
        Allowed((*AGREED, scans.FILED), scans.REFILED, State.BREACHED),
        Allowed((*at(State.CLOSED), scans.FILED), scans.VOIDED, State.CLOSED),
        Allowed((*AGREED, replace(remote.PAPER, original=True)), scans.RETURNED, State.BREACHED),
    ),
    transitions.PUT_IN_BIN: (
        Allowed((), PutInBin(reason="重复登记"), State.REGISTERED),
        Allowed(at(State.ARCHIVED), PutInBin(reason="重复登记"), State.ARCHIVED),
    ),
    transitions.TAKE_OUT: (
        Allowed((*at(State.MEDIATING), PutInBin(reason="重复登记")), TakeOut(), State.MEDIATING),
    ),
}

WITHOUT_REASON = ended(Result.TERMINATED, Cause.UNREACHABLE)
REFUSED: dict[Transition, tuple[Refused, ...]] = {
    transitions.REFUSE: (
        Refused(at(State.ACCEPTED), told.REFUSED, "T-4", "尚未受理"),
        Refused((), replace(told.REFUSED, told_remedies=()), "LR-10", "救济途径"),
    ),
    transitions.ACCEPT: (
        Refused(at(State.ACCEPTED), Accept(on=ON), "T-5", "还没有决定"),
        Refused((), Accept(on=ON, parties_willing=False), "LR-5", "第十七条"),
        Refused(at(State.ROUTED), Accept(on=ON), "T-3", "已转办试验县住建局"),
    ),
    transitions.CHOOSE: (
        Refused((), CHOICE, "T-6", "已经受理"),
        Refused(at(State.ACCEPTED), replace(CHOICE, marks={"A1": ("M01",)}), "LR-6", "贾讲理"),
    ),
    transitions.SEAT: (
        Refused(at(State.ACCEPTED), RECUSED, "T-7", "已经选定调解员"),
        Refused(at(State.PREPARING), replace(RECUSED, mediator="M03"), "LR-17", "不是本案现任"),
    ),
    transitions.CONVENE: (
        Refused((told.ACCEPT,), PLAN, "T-8", "主持调解员"),
        Refused((), PLAN, "T-8", "还没有受理"),
        Refused(at(State.NOT_ACCEPTED), PLAN, "LR-5", "第十七条"),
        Refused(at(State.WITHDRAWN), PLAN, "LR-5", "第十七条"),
        Refused(at(State.FAILED), PLAN, "LR-5", "第十七条"),
        Refused(at(State.MEDIATING), PLAN, "T-9", "这个时间"),
        Refused(at(State.MEDIATING), remote.ARRANGED, "T-8", "不是远程或者混合"),
    ),
    transitions.HOLD: (
        Refused(at(State.PREPARING), recorded(SessionResult.AGREED), "T-9", "已经安排"),
        Refused((), recorded(SessionResult.AGREED), "T-8", "还没有受理"),
        Refused(at(State.WITHDRAWN), recorded(SessionResult.AGREED), "LR-5", "第十七条"),
        Refused(
            (*at(State.MEDIATING), told.SECOND_PLAN),
            replace(told.NEXT_TIME, no=2),
            "T-9",
            "第1次调解会还没有记录",
        ),
        Refused(at(State.MEDIATING), recorded(SessionResult.AGREED, rights=False), "LR-16", "第三十条"),
    ),
    transitions.ASK: (
        Refused((), ASKED, "T-8", "还没有受理"),
        Refused(at(State.WITHDRAWN), ASKED, "LR-5", "第十七条"),
        Refused((*at(State.MEDIATING), told.NEXT_TIME), INVITED, "T-9", "已有记录"),
    ),
    transitions.SUMMON: (
        Refused(at(State.PREPARING), NOTICE, "T-8", "已经安排"),
        Refused(at(State.MEDIATING), replace(NOTICE, on=date(2026, 3, 17)), "T-8", "在这以前"),
        Refused((*at(State.MEDIATING), told.NEXT_TIME), NOTICE, "T-8", "不用再通知"),
        Refused(at(State.MEDIATING), ARRIVED, "T-8", "还没有通知"),
    ),
    transitions.WAIT: (
        Refused((), Wait(), "等候", "已经受理"),
        Refused(at(State.MEDIATING), Wait(), "等候", "已经安排好"),
        Refused(at(State.PREPARING), LeaveWaiting(reason="已经和解"), "等候", "不在等候"),
    ),
    transitions.COMPOSE: (
        Refused(at(State.PREPARING), Compose(clauses=CLAUSES, copies=3), "T-12", "达成了一致"),
        Refused(at(State.MEDIATING), Compose(clauses=CLAUSES, copies=3), "T-12", "没有达成协议"),
        Refused(told.HELD_AND_AGREED, Compose(clauses=CLAUSES, copies=2), "LR-13", "份"),
        Refused((*at(State.AGREED_UNSIGNED), SIGN), Compose(clauses=CLAUSES, copies=3), "T-13", "已有人签署"),
    ),
    transitions.SIGN: (Refused(at(State.MEDIATING), SIGN, "T-13", "已经拟定"),),
    transitions.VOID_SIGNATURES: (
        Refused(at(State.EFFECTIVE), VOIDED, "T-13", "还没有生效"),
        Refused(at(State.AGREED_UNSIGNED), VOIDED, "T-13", "还没有人签署"),
    ),
    transitions.AGREE_ORALLY: (
        Refused(at(State.PREPARING), ORAL, "T-14", "第二十八条"),
        Refused(told.HELD_AND_FAILED, ORAL, "T-14", "没有达成协议"),
    ),
    transitions.REFUSE_TO_SIGN: (
        Refused(at(State.MEDIATING), ended(Result.FAILED, Cause.REFUSES_TO_SIGN), "T-15", "已经拟定"),
    ),
    transitions.END: (
        Refused((), told.TERMINATED, "T-16", "已经受理"),
        Refused(AGREED, told.FAILED, "T-16", "还没有结束"),
        Refused(at(State.ACCEPTED), replace(told.TERMINATED, told_remedies=(" ",)), "LR-10", "第二十六条"),
    ),
    transitions.WITHDRAW: (Refused(at(State.EFFECTIVE), told.WITHDRAWN, "T-17", "没有生效"),),
    transitions.PERFORM: (
        Refused(at(State.AGREED_UNSIGNED), told.PERFORMED[0], "T-18", "已经生效"),
        Refused(AGREED, replace(told.PERFORMED[0], on=date(2026, 3, 15)), "T-18", "早于协议生效"),
        Refused(AGREED, replace(FORGIVEN, by="B1"), "T-18", "债权人甄有理"),
    ),
    transitions.URGE: (
        Refused(at(State.MEDIATING), URGED, "T-19", "已经生效"),
        Refused(at(State.PERFORMING), URGED, "T-19", "不用督促"),
        Refused(AGREED, Accelerate(on=date(2026, 5, 20)), "T-19", "没有约定"),
    ),
    transitions.APPLY_TO_COURT: (
        Refused(at(State.AGREED_UNSIGNED), COURT, "T-20", "三十日"),
        Refused((*AGREED, WILLING), replace(COURT, on=date(2026, 4, 16)), "LR-15", "第三十三条"),
        Refused(AGREED, COURT, "LR-15", "共同"),
        Refused((*AGREED, UNWILLING), COURT, "LR-15", "不同意申请"),
        Refused((*AGREED, WILLING, COURT), COURT, "T-20", "已经向试验法院申请"),
    ),
    transitions.RULING: (
        Refused(at(State.MEDIATING), RULED, "T-21", "司法确认"),
        Refused(AGREED, RULED, "T-21", "还没有申请"),
    ),
    transitions.ENFORCE: (
        Refused(at(State.FAILED), ENFORCED, "T-22", "确认有效"),
        Refused((*AGREED, WILLING, COURT), ENFORCED, "T-22", "没有经司法确认"),
    ),
    transitions.VISIT: (Refused(at(State.MEDIATING), told.VISIT, "T-23", "已经结束"),),
    transitions.CLOSE: (
        Refused(at(State.MEDIATING), told.CLOSE, "T-24", "已经回访"),
        Refused(at(State.PERFORMED), told.CLOSE, "T-24", "还没有回访"),
        Refused(at(State.ROUTED), told.CLOSE, "T-24", "试验县住建局还没有反馈"),
    ),
    transitions.ARCHIVE: (Refused(at(State.FOLLOWED_UP), told.PUT_AWAY, "T-25", "已经结案"),),
    transitions.KEEP: (
        Refused(at(State.CLOSED), SHELVED, "档案", "已经归档"),
        Refused((*at(State.ARCHIVED), LENT), LENT, "档案", "还没有归还"),
        Refused(at(State.ARCHIVED), BACK, "档案", "没有借出"),
        Refused(at(State.ARCHIVED), KEPT_ON, "档案", "还没有到期"),
        Refused(at(State.ARCHIVED), DESTROYED, "档案", "没有鉴定为销毁"),
    ),
    transitions.REVIEW: (Refused(at(State.MEDIATING), REVIEWED, "评查", "已经结束"),),
    transitions.CORRECT: (Refused(at(State.ARCHIVED), CORRECTED, "更正", "还没有归档"),),
    transitions.MOVE_TRACK: (
        Refused(at(State.AGREED_UNSIGNED), MOVE, "转轨", "还没有达成协议"),
        Refused(at(State.SUSPENDED), MOVE, "转轨", "没有中止"),
        Refused((*at(State.MEDIATING), told.NEXT_TIME), MOVE, "转轨", "已经开过调解会"),
    ),
    transitions.NOTE: (
        Refused(at(State.ARCHIVED), REPLY, "记事", "还没有归档"),
        Refused((), TOLD, "T-5", "还没有受理"),
        Refused(
            (*at(State.PREPARING), remote.REMOTE_PLAN), remote.JOINED, "在线调解规则第四条", "还没有同意"
        ),
        Refused(at(State.ARCHIVED), ADDED, "记事", "还没有归档"),
        Refused(at(State.ARCHIVED), INQUIRY, "记事", "还没有归档"),
        Refused(
            (*at(State.PREPARING), replace(INQUIRY, signed=True)), SignInvestigation(no=1), "F-08", "已经记下"
        ),
        Refused(at(State.ARCHIVED), scans.FILED, "记事", "还没有归档"),
        Refused(at(State.MEDIATING), ADDED, "T-9", "还没有记录"),
    ),
    transitions.PUT_IN_BIN: (
        Refused((PutInBin(reason="重复"),), PutInBin(reason="重复"), "回收站", "请先放回"),
    ),
    transitions.TAKE_OUT: (Refused((), TakeOut(), "回收站", "不在回收站"),),
}


def each(table: dict[Transition, tuple[Any, ...]], *, first: bool) -> list[Any]:
    """The first story of every change, or all the others."""
    return [
        pytest.param(story, id=f"{transition.no}-{transition.title}-{number}")
        for transition, stories in table.items()
        for number, story in enumerate(stories)
        if (number == 0) is first
    ]


on_sqlite = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
"""Rules do not depend on the database: one story of each change on both is enough."""


@pytest.mark.parametrize("story", each(ALLOWED, first=True))
def test_a_change_is_made_where_it_may_be(cases: CaseService, story: Allowed) -> None:
    made(cases, story)


@on_sqlite
@pytest.mark.parametrize("story", each(ALLOWED, first=False))
def test_a_change_is_made_from_elsewhere_too(cases: CaseService, story: Allowed) -> None:
    made(cases, story)


def made(cases: CaseService, story: Allowed) -> None:
    before = brought(cases, story.way)
    after = cases.perform(COUNTER, before.case_key, story.step, version=before.version)

    assert state_on(after, cases.local_today) is story.leads_to
    assert cases.file(COUNTER, after.case_key) == after
    assert after.version == before.version + 1 == len(cases.history(COUNTER, after.case_key))


@pytest.mark.parametrize("story", each(REFUSED, first=True))
def test_a_change_is_refused_with_its_rule_and_what_is_missing(cases: CaseService, story: Refused) -> None:
    refused_as_told(cases, story)


@on_sqlite
@pytest.mark.parametrize("story", each(REFUSED, first=False))
def test_a_change_is_refused_by_the_rules_of_its_step_too(cases: CaseService, story: Refused) -> None:
    refused_as_told(cases, story)


def refused_as_told(cases: CaseService, story: Refused) -> None:
    before = brought(cases, story.way)
    with pytest.raises(RuleError) as refused:
        cases.perform(COUNTER, before.case_key, story.step, version=before.version)

    assert refused.value.rule == story.rule
    assert story.words in refused.value.message
    assert cases.file(COUNTER, before.case_key) == before, "nothing was stored"
    assert len(cases.history(COUNTER, before.case_key)) == before.version


class Reached(Exception):
    """The service let a step through."""


@dataclass(frozen=True)
class Probe(Planted):
    """Tells that it was let through, and changes nothing."""

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        raise Reached


@on_sqlite
def test_every_change_in_every_state_is_let_through_or_refused_as_declared(cases: CaseService) -> None:
    """All states against all changes; a refusal names the change's number, the state and what is needed."""
    assert set(State) - set(told.WAYS) == {State.ON_LEDGER}, "no step leads there: an old register does"
    for state in told.WAYS:
        file = in_state(cases, state)
        for transition in TRANSITIONS:
            if state in transition.sources:
                with pytest.raises(Reached):
                    cases.perform(COUNTER, file.case_key, Probe(transition))
                continue
            with pytest.raises(RuleError) as refused:
                cases.perform(COUNTER, file.case_key, Probe(transition))
            if any(state in one.states for one in transition.barred):
                assert refused.value.rule == ("T-8" if state in UNDECIDED else "LR-5")
                assert "人民调解法第十七条" in refused.value.message
            else:
                assert refused.value.rule == transition.no
                assert transition.needs in refused.value.message
            assert state in refused.value.message


@on_sqlite
def test_a_binned_case_takes_no_step_but_out(cases: CaseService) -> None:
    for state in (State.REGISTERED, State.MEDIATING, State.ARCHIVED):
        file = in_state(cases, state)
        cases.perform(COUNTER, file.case_key, PutInBin(reason="重复登记"))
        for transition in TRANSITIONS:
            let = Reached if transition is transitions.TAKE_OUT else RuleError
            with pytest.raises(let):
                cases.perform(COUNTER, file.case_key, Probe(transition))


def test_a_step_that_leads_elsewhere_is_a_bug_and_stores_nothing(cases: CaseService) -> None:
    """The control: an "acceptance" that sends the case on instead."""
    file = in_state(cases, State.REGISTERED)
    astray = Planted(transitions.ACCEPT, lambda before: before)
    with pytest.raises(AssertionError, match="T-5"):
        cases.perform(COUNTER, file.case_key, astray)

    assert cases.file(COUNTER, file.case_key) == file


def step_classes() -> list[type[Any]]:
    """Every step there is."""
    found = []
    for module in pkgutil.iter_modules(step_modules.__path__):
        loaded = importlib.import_module(f"{step_modules.__name__}.{module.name}")
        found += [
            one
            for _name, one in inspect.getmembers(loaded, inspect.isclass)
            if one.__module__ == loaded.__name__ and hasattr(one, "apply") and hasattr(one, "transition")
        ]
    return [one for one in found if one.__name__ not in ("Step", "Around")]


def test_no_change_and_no_step_goes_untested() -> None:
    """Each declared change has an allowed and a refused story here, or its steps are tested in a file beside."""
    here = Path(__file__).parent
    files = (*here.glob("test_*.py"), *here.glob("*_acts.py"))
    beside = "".join(path.read_text("utf-8") for path in files)
    used = {type(story.step) for stories in ALLOWED.values() for story in stories}
    used |= {type(story.step) for stories in REFUSED.values() for story in stories}
    used |= {type(step) for way in told.WAYS.values() for step in way}
    makers: dict[str, list[str]] = {}
    for step in step_classes():
        if not isinstance(step.transition, property):
            makers.setdefault(step.transition.title, []).append(step.__name__)
        assert step in used or re.search(rf"\b{step.__name__}\(", beside), f"{step.__name__} has no test"
    for transition in TRANSITIONS:
        tested = transition in ALLOWED and transition in REFUSED
        there = all(f"{name}(" in beside for name in makers.get(transition.title, ()))
        assert tested or there, f"{transition.no} {transition.title} has no test"


# The rules of law that concern cases (LR-1 to LR-19; LR-20 to LR-22 as far as they exist)


@on_sqlite
def test_a_clear_refusal_of_one_party_blocks_every_session(cases: CaseService) -> None:
    """LR-5, refused: not accepted, and what is not accepted is not heard."""
    file = in_state(cases, State.REGISTERED)
    other = ended(Result.NOT_ACCEPTED, Cause.OTHER_SIDE_REFUSES)
    file = cases.perform(COUNTER, file.case_key, other)
    with pytest.raises(RuleError):
        cases.perform(COUNTER, file.case_key, PLAN)


@on_sqlite
def test_the_effective_day_is_the_last_signature(cases: CaseService) -> None:
    """LR-12, allowed: computed, never typed."""
    later = date(2026, 3, 18)
    file = brought(cases, (*AGREED[:-1], Sign(ref="ORG", method="印章", on=later)))
    assert file.effective_on == later


@on_sqlite
def test_a_missing_signature_leaves_the_agreement_without_effect(cases: CaseService) -> None:
    """LR-12, refused: nothing is promised yet, nothing can be performed."""
    file = brought(cases, AGREED[:-1])
    assert (file.effective_on, file.performance) == (None, ())


@on_sqlite
def test_an_oral_agreement_takes_effect_on_the_day_all_agree(cases: CaseService) -> None:
    """LR-14, allowed."""
    assert brought(cases, (*told.HELD_AND_AGREED, ORAL)).effective_on == MET


@on_sqlite
def test_an_oral_agreement_not_confirmed_by_all_is_refused(cases: CaseService) -> None:
    """LR-14, refused."""
    file = brought(cases, told.HELD_AND_AGREED)
    with pytest.raises(RuleError) as refused:
        cases.perform(COUNTER, file.case_key, replace(ORAL, confirmed_by=("A1",)))
    assert refused.value.rule == "LR-14"


def agent(authority: Authority) -> Agent:
    return Agent(name="卢倩", gender=Gender.FEMALE, phone="13800005678", authority=authority, poa_on=ON)


@on_sqlite
@pytest.mark.parametrize("authority", Authority)
def test_only_a_special_power_signs_the_agreement(cases: CaseService, authority: Authority) -> None:
    """LR-18."""
    first, second = REGISTER.parties
    register = replace(REGISTER, parties=(replace(first, agents=(agent(authority),)), second))
    file = brought(cases, at(State.AGREED_UNSIGNED), register)
    signed = Sign(ref="A1", method="代理人签名并按指印", on=MET)
    if authority is Authority.SPECIAL:
        assert "A1" not in cases.perform(COUNTER, file.case_key, signed).missing_signatures
        return
    with pytest.raises(RuleError) as refused:
        cases.perform(COUNTER, file.case_key, signed)
    assert refused.value.rule == "LR-18"


def test_a_session_is_closed_unless_somebody_opens_it() -> None:
    """LR-8, the default."""
    assert not PLAN.public


@on_sqlite
def test_a_referred_case_is_closed_after_the_reply_only(cases: CaseService) -> None:
    """T-24: who sent the case learns the result first."""
    register = replace(REGISTER, source_stat=SourceStat.REFERRED, source_org="试验信访局")
    file = brought(cases, at(State.FOLLOWED_UP), register)
    with pytest.raises(RuleError, match="还没有向试验信访局反馈"):
        cases.perform(COUNTER, file.case_key, told.CLOSE)
    file = cases.perform(COUNTER, file.case_key, Reply(on=date(2026, 6, 2), content="已履行"))
    assert cases.perform(COUNTER, file.case_key, told.CLOSE).beside.closing is not None


@on_sqlite
def test_a_hard_case_is_closed_with_an_approval(cases: CaseService) -> None:
    """§4.5."""
    file = brought(cases, at(State.FOLLOWED_UP), replace(REGISTER, difficulty=Difficulty.DIFFICULT))
    with pytest.raises(InputError) as missing:
        cases.perform(COUNTER, file.case_key, told.CLOSE)
    assert missing.value.field == "approved_by"
    leader = Actor(account="zhao", display_name="赵主任", roles=(Role.LEADER,))
    with pytest.raises(RuleError, match="现在登录的是赵主任"):
        cases.perform(leader, file.case_key, replace(told.CLOSE, approved_by="钱主任"))
    own = replace(leader, pool_no=file.mediators[0].pool_no)
    with pytest.raises(RuleError, match="不能批准自己的案件"):
        cases.perform(own, file.case_key, replace(told.CLOSE, approved_by="赵主任"))
    closed = cases.perform(leader, file.case_key, replace(told.CLOSE, approved_by="赵主任"))
    assert state_on(closed, cases.local_today) is State.CLOSED


def test_nobody_is_told_that_mediation_is_compulsory() -> None:
    """LR-1: no word of the desk says so, on screen or on paper."""
    root = Path(__file__).parents[2]
    files = [
        *root.glob("mediation_desk/**/*.py"),
        *root.glob("ui/**/*.py"),
        *root.glob("resources/**/*.toml"),
    ]
    assert len(files) > 300
    compulsory = re.compile("必须(接受|参加|进行)调解|强制调解|应当先行调解|不得拒绝调解")
    assert not [str(path) for path in files if compulsory.search(path.read_text("utf-8"))]


def test_nothing_of_a_case_is_a_fee() -> None:
    """LR-2: there is no place to write one."""
    from dataclasses import fields, is_dataclass

    seen: set[type[Any]] = set()

    def names(kind: type[Any]) -> Iterator[str]:
        if kind in seen or not is_dataclass(kind):
            return
        seen.add(kind)
        module = inspect.getmodule(kind)
        for field in fields(kind):
            yield field.name
            for word in re.findall(r"\w+", str(field.type)):
                inner = getattr(module, word, None)
                if inspect.isclass(inner):
                    yield from names(inner)

    found = set(names(CaseFile))
    assert {"claims", "amount"} <= found
    assert not [name for name in found if re.search(r"(^|_)(fee|charge|cost)s?(_|$)", name)]


TESTED: dict[str, tuple[str, ...]] = {
    "LR-1": ("test_lifecycle.py::test_nobody_is_told_that_mediation_is_compulsory",),
    "LR-2": ("test_lifecycle.py::test_nothing_of_a_case_is_a_fee",),
    "LR-3": ("../unit/test_pool_bodies.py",),
    "LR-4": ("../unit/test_pool_rules.py",),
    "LR-5": ("test_lifecycle.py::test_a_clear_refusal_of_one_party_blocks_every_session",),
    "LR-6": ("../unit/test_interchange.py", "../unit/test_choice_rule.py"),
    "LR-8": ("test_lifecycle.py::test_a_session_is_closed_unless_somebody_opens_it",),
    "LR-10": ("test_case_steps.py::test_failed_case_needs_remedies_and_gets_a_notice",),
    "LR-11": (
        "../unit/test_checks.py",
        "test_lifecycle.py::test_an_oral_agreement_takes_effect_on_the_day_all_agree",
    ),
    "LR-12": ("test_lifecycle.py::test_a_missing_signature_leaves_the_agreement_without_effect",),
    "LR-13": ("test_case_steps.py::test_too_few_copies", "test_case_steps.py::test_whole_line"),
    "LR-14": ("test_lifecycle.py::test_an_oral_agreement_not_confirmed_by_all_is_refused",),
    "LR-15": ("test_case_steps.py::test_whole_line",),
    "LR-16": ("test_case_steps.py::test_rights_come_first",),
    "LR-17": ("test_choosing.py", "test_choosing_refusals.py"),
    "LR-18": ("test_lifecycle.py::test_only_a_special_power_signs_the_agreement",),
    "LR-19": (
        "../unit/test_checks.py",
        "test_signing_steps.py::test_a_group_counts_as_signed_only_with_a_complete_annex",
    ),
    "LR-22": ("../unit/test_checks.py",),
}
"""Where each rule is tried the allowed and the refused way, beside the tables above."""


@pytest.mark.parametrize("rule", TESTED)
def test_the_pointer_of_a_rule_leads_to_a_test(rule: str) -> None:
    for pointer in TESTED[rule]:
        file, _, name = pointer.partition("::")
        text = (Path(__file__).parent / file).read_text("utf-8")
        assert f"def {name}" in text if name else "def test_" in text
