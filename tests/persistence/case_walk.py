"""Random commands to many cases through the real service; after each, what must hold is looked at.

What may follow what is written here a second time, by hand from the domain (§4.2), so that a wrong declaration
is found and not believed.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from decimal import Decimal

from sqlalchemy import func, select

from db.tables.beside import numbers_given
from db.tables.bookings import bookings
from db.tables.centre import audit, number_series
from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER
from mediation_desk.agreements.court import Will, WillWay
from mediation_desk.agreements.model import CONFIRMED, Satisfaction, VisitWay
from mediation_desk.cases.checks import problems
from mediation_desk.cases.lifecycle import OPEN, UNSUCCESSFUL, State, state_of, state_on
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.numbering import CASE_CODES, numbers_of
from mediation_desk.cases.registering import registration_of
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.agreeing import AgreeOrally, Compose
from mediation_desk.cases.steps.archiving import LendVolume, PutOnShelf, ReturnVolume
from mediation_desk.cases.steps.binning import PutInBin, TakeOut
from mediation_desk.cases.steps.breaking import Accelerate, ServeUrging, Urge
from mediation_desk.cases.steps.choosing import Designate, RecordChoice
from mediation_desk.cases.steps.closing import Close, PutAway, Reply
from mediation_desk.cases.steps.confirming import (
    ApplyForConfirmation,
    ApplyForEnforcement,
    RecordRuling,
    WithdrawFromCourt,
)
from mediation_desk.cases.steps.correcting import Correct
from mediation_desk.cases.steps.court_papers import RecordWills
from mediation_desk.cases.steps.disclosing import Disclose
from mediation_desk.cases.steps.hearing import PlanSession, RecordSession
from mediation_desk.cases.steps.intake import Accept, End
from mediation_desk.cases.steps.investigating import Investigate
from mediation_desk.cases.steps.inviting import InviteGuests, RecordConsents
from mediation_desk.cases.steps.moving import MoveTrack
from mediation_desk.cases.steps.performing import Expect, Perform, Visit, Waive
from mediation_desk.cases.steps.rearranging import AdjournSession, CancelSession, MoveSession
from mediation_desk.cases.steps.recording import AddToRecord
from mediation_desk.cases.steps.recusing import DecideRecusal
from mediation_desk.cases.steps.reviewing import ReviewQuality
from mediation_desk.cases.steps.signing import Sign, VoidSignatures
from mediation_desk.cases.steps.step import Step
from mediation_desk.cases.steps.summoning import GiveNotice, ProveDelivery
from mediation_desk.cases.steps.timing import Extend, Resume, Suspend
from mediation_desk.cases.steps.waiting import LeaveWaiting, Wait
from mediation_desk.cases.vocabulary import Cause, Result, Retention
from mediation_desk.experts.model import RecusalGround, RecusalResult
from mediation_desk.hearings.arrangement import Guest, Subject
from mediation_desk.hearings.model import Attendance, SessionResult
from mediation_desk.hearings.summons import NoticeWay
from mediation_desk.hearings.waiting import Urgency
from mediation_desk.shared.errors import DeskError
from mediation_desk.shared.track import Track
from tests.persistence.lifecycle_stories import registered
from tests.persistence.test_case_steps import BODY, CLAUSES, RECORDER, REGISTER

FIRST, SPAN = date(2026, 3, 10), 110
OFFICE = replace(BODY, name="试验县住房和城乡建设局", short="试住建")
MEDIATORS = ("M01", "M02", "M03")
ROOMS = ("T1", "T2", "没有这间")
GUEST = Guest(session_no=0, name="顾凡", capacity="自然资源所")
_ROOM = "选择调解员 告知与调查 调解中"
_FORCE = "协议生效 履行中 未履行 履行完毕"
_STOPPED = "中止"
_OVER = "不予受理 调解不成 终止 撤回"

_OVER_OR_DONE = UNSUCCESSFUL | {State.EFFECTIVE, State.PERFORMED, State.FOLLOWED_UP}

LEADS: dict[str, tuple[str, str]] = {
    "Accept": ("已登记", "已受理"),
    "RecordChoice": (f"已受理 {_ROOM}", _ROOM),
    "Designate": (f"已受理 {_ROOM}", _ROOM),
    "Disclose": ("告知与调查 调解中", "告知与调查 调解中"),
    "DecideRecusal": ("告知与调查 调解中", f"已受理 {_ROOM}"),
    "Suspend": (f"已受理 {_ROOM}", _STOPPED),
    "Resume": (_STOPPED, f"已受理 {_ROOM}"),
    "Extend": (f"已受理 {_ROOM}", f"已受理 {_ROOM}"),
    "PlanSession": ("告知与调查 调解中", "调解中"),
    "GiveNotice": ("调解中", "调解中"),
    "ProveDelivery": ("调解中", "调解中"),
    "Wait": (f"已受理 {_ROOM}", f"已受理 {_ROOM}"),
    "LeaveWaiting": (f"已受理 {_ROOM}", f"已受理 {_ROOM}"),
    "CancelSession": ("调解中", "告知与调查 调解中"),
    "MoveSession": ("调解中", "调解中"),
    "AdjournSession": ("调解中", "调解中"),
    "InviteGuests": ("告知与调查 调解中", "告知与调查 调解中"),
    "RecordConsents": ("告知与调查 调解中", "告知与调查 调解中"),
    "RecordSession": ("调解中", "调解中"),
    "Compose": ("调解中 达成待签署", "达成待签署"),
    "Sign": ("达成待签署", f"达成待签署 {_FORCE}"),
    "VoidSignatures": ("达成待签署", "达成待签署"),
    "AgreeOrally": ("调解中", _FORCE),
    "End": (f"已登记 已受理 {_ROOM} {_STOPPED} 达成待签署", _OVER),
    "Perform": (f"{_FORCE} 结案 归档", f"{_FORCE} 回访 结案 归档"),
    "Waive": (f"{_FORCE} 结案 归档", f"{_FORCE} 回访 结案 归档"),
    "Expect": (f"{_FORCE} 回访 结案 归档", f"{_FORCE} 回访 结案 归档"),
    "Urge": (f"{_FORCE} 结案 归档", f"{_FORCE} 结案 归档"),
    "ServeUrging": (f"{_FORCE} 回访 结案 归档", f"{_FORCE} 回访 结案 归档"),
    "Accelerate": (f"{_FORCE} 结案 归档", f"{_FORCE} 结案 归档"),
    "ApplyForConfirmation": (f"{_FORCE} 回访 结案", f"{_FORCE} 回访 结案"),
    "RecordRuling": (f"{_FORCE} 回访 结案 归档", f"{_FORCE} 回访 结案 归档"),
    "WithdrawFromCourt": (f"{_FORCE} 回访 结案 归档", f"{_FORCE} 回访 结案 归档"),
    "ApplyForEnforcement": (f"{_FORCE} 结案 归档", f"{_FORCE} 结案 归档"),
    "Visit": (f"{_FORCE} {_OVER} 回访 结案", f"{_FORCE} 回访 结案"),
    "Close": (f"{_FORCE} {_OVER} 回访", "结案"),
    "PutAway": ("结案", "归档"),
    "PutOnShelf": ("归档", "归档"),
    "LendVolume": ("归档", "归档"),
    "ReturnVolume": ("归档", "归档"),
    "ReviewQuality": (f"{_FORCE} {_OVER} 回访 结案 归档", f"{_FORCE} {_OVER} 回访 结案 归档"),
    "MoveTrack": (f"已登记 已受理 {_ROOM}", "已登记 已受理"),
}
"""From and to, by step; corrections, replies, additions and the bin leave the state alone (the bin also in 归档)."""
STAYS = ("Correct", "Reply", "RecordWills", "AddToRecord", "Investigate", "PutInBin", "TakeOut")


@dataclass
class Known:
    """What the walk expects to find of one case."""

    file: CaseFile
    before: list[CaseFile] = field(default_factory=list)
    overrides: int = 0


class Walk:
    """``go(commands)``; raises ``AssertionError`` at the first thing that must not be."""

    def __init__(self, storage: Storage, cases: CaseService, seed: int, *, most: int = 12) -> None:
        self._storage, self._cases, self._most = storage, cases, most
        self._chance = random.Random(seed)
        self._known: list[Known] = []
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()

    def go(self, commands: int, *, look: int = 100) -> None:
        """So many commands; the number series, the audit trail and the bookings are looked at every ``look``."""
        for number in range(1, commands + 1):
            self._one()
            if number % look == 0:
                self._look_at_everything()
        self._look_at_everything()

    def states(self) -> Counter[State]:
        """Where the cases stand now."""
        return Counter(state_of(one.file) for one in self._known)

    # Commands

    def _one(self) -> None:
        chance = self._chance
        if len(self._known) < self._most or chance.random() < 0.02:
            register = replace(REGISTER, received_on=self._day(), occurred_on=FIRST)
            self._known.append(Known(registered(self._cases, register)))
            return
        one = chance.choice(self._known[-self._most :])
        if chance.random() < 0.06:
            self._take_back(one)
            return
        step = self._fitting(one.file) if chance.random() < 0.7 else self._any(one.file)
        stale = chance.random() < 0.02
        self._perform(one, step, one.file.version - stale)

    def _perform(self, one: Known, step: Step, version: int) -> None:
        before, name = one.file, type(step).__name__
        try:
            after = self._cases.perform(COUNTER, before.case_key, step, version=version)
        except DeskError as error:
            self.refused[name] += 1
            if not error.message.strip("。"):
                raise AssertionError(f"{name} was refused without a word") from error
            if self._chance.random() < 0.1:
                assert self._stored(before) == before, f"{name} was refused, and something was stored"
            return
        assert version == before.version, f"{name} was let through on an old version"
        self.done[name] += 1
        self._judge_state(step, before, after)
        assert after.version == before.version + 1
        one.before.append(before)
        one.overrides += _overrides(step, before)
        self._keep(one, after)

    def _take_back(self, one: Known) -> None:
        try:
            after = self._cases.take_back(COUNTER, one.file.case_key, version=one.file.version)
        except DeskError:
            self.refused["take_back"] += 1
            return
        self.done["take_back"] += 1
        expected = replace(one.before.pop(), version=one.file.version + 1)
        assert after == expected, "what was taken back is not what was there"
        self._keep(one, after)

    def _keep(self, one: Known, after: CaseFile) -> None:
        one.file = after
        assert not problems(after), problems(after)
        assert self._stored(after) == after, "what is stored is not what was returned"
        assert len(self._cases.history(COUNTER, after.case_key)) == after.version, "one change, one line"

    def _judge_state(self, step: Step, before: CaseFile, after: CaseFile) -> None:
        name, today = type(step).__name__, self._cases.local_today
        was, becomes = state_on(before, today), state_on(after, today)
        if name in STAYS:
            assert becomes is was, f"{name} changed {was} into {becomes}"
            assert name in ("PutInBin", "TakeOut") or was is not State.ARCHIVED
        else:
            sources, targets = (words.split() for words in LEADS[name])
            assert was in sources, f"{name} was taken in {was}"
            assert becomes in targets, f"{name} led from {was} to {becomes}"
        assert before.beside.binned is None or name == "TakeOut", f"{name} was taken in the bin"

    # What must hold

    def _stored(self, file: CaseFile) -> CaseFile:
        return self._cases.file(COUNTER, file.case_key)

    def _look_at_everything(self) -> None:
        with self._storage.read() as work:
            rows = work.connection.execute(select(numbers_given)).mappings().all()
            last = {
                (row.body, row.kind, row.year): row.last
                for row in work.connection.execute(
                    select(number_series).where(number_series.c.kind != CASE_CODES)
                )
            }
            written: dict[str | None, int] = dict(
                work.connection.execute(
                    select(audit.c.case_key, func.count()).group_by(audit.c.case_key)
                ).all()
            )
            taken = work.connection.execute(
                select(func.count()).select_from(bookings).where(bookings.c.case_id.is_not(None))
            ).scalar_one()
        series: dict[tuple[str, str, int], list[int]] = {}
        for row in rows:
            series.setdefault((row["body"], row["kind"], row["year"]), []).append(row["serial"])
        assert series.keys() == last.keys()
        for name, serials in series.items():
            assert sorted(serials) == list(range(1, last[name] + 1)), f"a gap or a double in {name}"
        in_force = {(row["number"], row["case_key"]) for row in rows if row["voided_on"] is None}
        borne = {(number, one.file.case_key) for one in self._known for number, _kind in numbers_of(one.file)}
        assert in_force == borne, "the register of numbers and the cases disagree"
        for one in self._known:
            assert written[one.file.case_key] == one.file.version + one.overrides, "one change, one entry"
        assert taken == sum(_sittings(one.file) for one in self._known), "time is taken that nobody needs"

    # Inventing commands

    def _day(self) -> date:
        return FIRST + timedelta(days=self._chance.randrange(SPAN))

    def _after(self, file: CaseFile) -> date:
        """A day on which something can plausibly have happened next."""
        days = [file.intake.received_on, *(one.on for one in file.closed_loop)]
        days += [session.date for session in file.sessions] + [one.on for one in file.followups]
        return max(days) + timedelta(days=self._chance.choice((0, 0, 0, 1, 3)))

    def _fitting(self, file: CaseFile) -> Step:  # one branch a state
        """A step that may well be taken now."""
        on, chance = self._after(file), self._chance
        match state_of(file):
            case State.REGISTERED:
                return chance.choice((Accept(on=on), Accept(on=on), self._end(file, on), self._any(file)))
            case State.SUSPENDED:
                return Resume(on=on)
            case State.ACCEPTED | State.SELECTING:
                return self._choice(on)
            case State.PREPARING:
                return self._plan(on)
            case State.MEDIATING:
                return self._in_room(file, on)
            case State.AGREED_UNSIGNED:
                return Sign(ref=file.missing_signatures[0], method="签名并按指印", on=on)
            case state if state in _OVER_OR_DONE:
                return chance.choice((self._visit(file, on), Close(on=on, evaluation="事了人和")))
            case State.PERFORMING | State.BREACHED:
                return self._payment(file, on)
            case State.CLOSED | State.ARCHIVED:
                return self._to_the_archive(file, on)
        return self._any(file)

    def _in_room(self, file: CaseFile, on: date) -> Step:
        planned = next((session for session in file.sessions if not session.held), None)
        if planned is not None and self._chance.random() < 0.15:
            return CancelSession(no=planned.no, reason="当事人改期")
        if planned is not None and self._chance.random() < 0.3:
            return self._rearrange(planned.no, on)
        if planned is not None and self._chance.random() < 0.3:
            return self._notice(planned.no, planned.date)
        if planned is not None:
            return self._record(planned.no)
        if file.presiding is None:
            return self._choice(on)
        results = [session.result for session in file.sessions]
        if results[-1] in (SessionResult.AGREED, SessionResult.PARTLY):
            oral = AgreeOrally(clauses=CLAUSES, confirmed_by=("A1", "B1"), reason="各方要求口头")
            drafts = (Compose(clauses=CLAUSES, copies=3), Compose(clauses=CLAUSES[1:], copies=3), oral)
            return self._chance.choice(drafts)
        return self._end(file, on) if results[-1] is SessionResult.FAILED else self._plan(on)

    def _any(self, file: CaseFile) -> Step:
        """Anything, fitting or not."""
        on, chance = self._after(file), self._chance
        made: tuple[Callable[[], Step], ...] = (
            lambda: Accept(on=self._day(), parties_willing=chance.random() < 0.8),
            lambda: self._end(file, on),
            lambda: self._choice(on),
            lambda: Designate(on=on, presiding=chance.choice((*MEDIATORS, "M99")), recorder=RECORDER),
            lambda: Disclose(mediator=chance.choice(MEDIATORS), text=chance.choice(("无", "")), on=on),
            lambda: self._recusal(file, on),
            lambda: self._plan(self._day()),
            lambda: self._record(chance.randrange(1, 4)),
            lambda: self._notice(chance.randrange(1, 4), self._day()),
            lambda: ProveDelivery(no=1, ref=chance.choice(("A1", "Z9")), delivered_on=on),
            lambda: Wait(urgency=chance.choice(tuple(Urgency)), note=chance.choice(("", "伤者待赔"))),
            lambda: LeaveWaiting(reason=chance.choice(("已和解", ""))),
            lambda: CancelSession(no=chance.randrange(1, 4), reason=chance.choice(("改期", ""))),
            lambda: self._rearrange(chance.randrange(1, 4), self._day()),
            lambda: Compose(clauses=CLAUSES[: chance.randrange(3)], copies=chance.randrange(1, 5)),
            lambda: Sign(ref=chance.choice(("A1", "B1", "M01", "R01", "ORG")), method="签名", on=on),
            lambda: VoidSignatures(on=on, reason=chance.choice(("笔误", ""))),
            lambda: self._payment(file, self._day()),
            lambda: self._visit(file, on),
            lambda: self._waiver(file, on),
            lambda: Urge(of=chance.choice(("B1", "A1", "B9")), on=on, how=chance.choice(("", "邮寄"))),
            lambda: ServeUrging(no=1, served_on=on, how=chance.choice(("", "邮寄"))),
            lambda: Accelerate(on=on),
            lambda: Expect(clause=chance.choice((1, 2, 3)), due_on=self._day(), payer="B1"),
            lambda: ApplyForConfirmation(on=on, court="试验法院", case_no="1号"),
            lambda: self._wills(on),
            lambda: WithdrawFromCourt(on=on, by=("A1",), reason="另行协商", absent=chance.random() < 0.5),
            lambda: RecordRuling(on=on, result=chance.choice((CONFIRMED, "裁定驳回申请", "随便"))),
            lambda: ApplyForEnforcement(on=self._day(), by="A1"),
            lambda: Suspend(on=on, reason="鉴定"),
            lambda: Resume(on=on),
            lambda: Extend(on=on, days=15, reason="还要谈", consent=("A1", "B1")),
            lambda: Close(on=on, evaluation=chance.choice(("好", " "))),
            lambda: PutAway(on=on, retention=Retention.SHORT, pages=3, documents=()),
            lambda: self._on_shelf(on),
            lambda: self._lent(on),
            lambda: ReturnVolume(on=on, condition=chance.choice(("完好", ""))),
            lambda: ReviewQuality(on=on, ticked=chance.choice(((), ("binding.bound",), ("x",)))),
            lambda: Reply(on=on, content="已办", to=chance.choice(("试验信访局", ""))),
            lambda: Investigate(
                on=on,
                place=chance.choice(("院墙边", "")),
                by=chance.choice((("M01",), ("M99",))),
                of=("A1",),
                content="查看现场。",
            ),
            lambda: AddToRecord(session_no=chance.randrange(1, 3), text=chance.choice(("补交照片", ""))),
            lambda: self._correction(file),
            lambda: self._move(file, on),
            lambda: PutInBin(reason=chance.choice(("重复登记", ""))),
            TakeOut,
            lambda: TakeOut(override_reason="先放回"),
        )
        return chance.choice(made)()

    def _to_the_archive(self, file: CaseFile, on: date) -> Step:
        if state_of(file) is State.CLOSED:
            return PutAway(on=on, retention=Retention.LONG, pages=9, documents=("卷宗封面",))
        return self._chance.choice(
            (self._on_shelf(on), self._lent(on), ReturnVolume(on=on), self._any(file), self._any(file))
        )

    def _on_shelf(self, on: date) -> Step:
        return PutOnShelf(on=on, place=self._chance.choice(("A-1-1-1", "A-1-1-2", "随便")))

    def _lent(self, on: date) -> Step:
        return LendVolume(on=on, who=self._chance.choice(("顾凡", "")), why="核对")

    def _wills(self, on: date) -> Step:
        both = tuple(
            Will(ref=ref, on=on, how=WillWay.PHONE, agrees=self._chance.random() < 0.9)
            for ref in ("A1", "B1")
        )
        return RecordWills(on=on, wills=both[: self._chance.choice((2, 2, 1))])

    def _end(self, file: CaseFile, on: date) -> Step:
        kind = self._chance.choice(tuple(one for one in Result if not one.success))
        if file.intake.decision is None:
            kind = self._chance.choice((Result.NOT_ACCEPTED, Result.NOT_ACCEPTED, kind))
        causes = {
            Result.NOT_ACCEPTED: (Cause.OUT_OF_SCOPE, Cause.SUED),
            Result.FAILED: (Cause.TOO_FAR_APART, Cause.REFUSES_TO_SIGN),
            Result.TERMINATED: (Cause.UNREACHABLE,),
            Result.WITHDRAWN: (Cause.WITHDRAWN,),
        }
        told = ("向人民法院起诉",) if self._chance.random() < 0.9 else ()
        by = ("A1",) if kind is Result.WITHDRAWN else ()
        cause = self._chance.choice(causes[kind])
        return End(kind=kind, cause=cause, on=on, reason="说明", told_remedies=told, by=by)

    def _choice(self, on: date) -> Step:
        ranks = [tuple(self._chance.sample(MEDIATORS, self._chance.randrange(1, 4))) for _party in range(2)]
        marks = dict(zip(("A1", "B1"), ranks, strict=True))
        return RecordChoice(
            on=on, candidates=MEDIATORS, marks=marks, disclosure="与各方无利害关系", recorder=RECORDER
        )

    def _plan(self, on: date) -> Step:
        start = time(self._chance.randrange(8, 18), 30)
        over = self._chance.choice(("", "", "当事人只有这天有空"))
        return PlanSession(date=on, start=start, place="第一调解室", override_reason=over)

    def _rearrange(self, no: int, on: date) -> Step:
        """Whatever is done about a session that stands in the calendar."""
        chance = self._chance
        start, over = time(chance.randrange(8, 18), 30), chance.choice(("", "", "当事人只有这天有空"))
        words = chance.sample(("A1", "B1"), 2)
        split = chance.randrange(3)
        made: tuple[Callable[[], Step], ...] = (
            lambda: MoveSession(no=no, reason="改期", date=on, start=start, override_reason=over),
            lambda: MoveSession(no=no, reason=chance.choice(("换间", "")), room=chance.choice(ROOMS)),
            lambda: AdjournSession(
                no=no, at=time(18, 45), reason="补证据", date=on + timedelta(days=2), start=start,
                override_reason=over,
            ),
            lambda: AdjournSession(no=no, at=time(18, 45), reason="补证据"),
            lambda: InviteGuests(no=no, guests=(GUEST,)),
            lambda: RecordConsents(
                about=Subject.GUEST, guest=GUEST.called, on=on, agreed=tuple(words[split:]),
                refused=tuple(words[:split]),
            ),
        )  # fmt: skip
        return chance.choice(made)()

    def _notice(self, no: int, on: date) -> Step:
        refs = self._chance.choice((("A1",), ("A1", "B1"), (), ("Z9",)))
        proof = self._chance.choice(("", "回执"))
        return GiveNotice(no=no, refs=refs, on=on, way=self._chance.choice(tuple(NoticeWay)), proof=proof)

    def _record(self, no: int) -> Step:
        weights = {
            SessionResult.AGREED: 5, SessionResult.TO_CONTINUE: 2, SessionResult.FAILED: 2, SessionResult.PARTLY: 1
        }  # fmt: skip
        return RecordSession(
            no=no,
            end=time(20, 0),
            attendees=(Attendance(ref="A1"), Attendance(ref="B1")),
            rights_notice_given=self._chance.random() < 0.9,
            record="双方陈述并协商。",
            invited=(GUEST.called,) if self._chance.random() < 0.2 else (),
            result=self._chance.choices(tuple(weights), tuple(weights.values()))[0],
        )

    def _recusal(self, file: CaseFile, on: date) -> Step:
        serving = [one.pool_no for one in file.mediators] or ["M01"]
        return DecideRecusal(
            by="B1", requested_on=on, mediator=self._chance.choice(serving), ground=RecusalGround.OTHER,
            detail="相识", decided_by=BODY.name, on=on, result=self._chance.choice(tuple(RecusalResult)),
        )  # fmt: skip

    def _payment(self, file: CaseFile, on: date) -> Step:
        open_rows = [row for row in file.performance if row.done_on is None]
        row = open_rows[0] if open_rows else None
        amount = self._chance.choice((None, None, Decimal("100.00"), Decimal("9999.00")))
        return Perform(
            clause=row.clause if row else 1, instalment=row.instalment if row else 1, on=on, amount=amount
        )

    def _waiver(self, file: CaseFile, on: date) -> Step:
        found = [row for row in file.performance if row.done_on is None]
        part = self._chance.choice(found).instalment if found else 1
        amount = self._chance.choice((None, Decimal("50.00"), Decimal("9999.00")))
        by = self._chance.choice(("A1", "A1", "B1"))
        return Waive(clause=1, instalment=part, amount=amount, on=on, by=by, reason="困难")

    def _visit(self, file: CaseFile, on: date) -> Step:
        by = file.presiding.pool_no if file.presiding else "M01"
        return Visit(
            on=on,
            way=VisitWay.PHONE,
            by=by,
            of=("A1",),
            situation="已了结",
            satisfaction=Satisfaction.SATISFIED,
        )

    def _correction(self, file: CaseFile) -> Step:
        now = registration_of(file)
        first, *others = now.parties
        changed = (
            replace(now, facts=f"{now.facts}补记。"[-200:]),
            replace(now, parties=(replace(first, phone=f"138{self._chance.randrange(10**8):08d}"), *others)),
            replace(now, received_on=self._day()),
            replace(now, claims=()),
            replace(now, parties=now.parties[:1]),
            now,
        )
        return Correct(to=self._chance.choice(changed), reason=self._chance.choice(("笔误", "笔误", "")))

    def _move(self, file: CaseFile, on: date) -> Step:
        away = file.track is Track.PEOPLES
        track, body = (Track.ADMINISTRATIVE, OFFICE) if away else (Track.PEOPLES, BODY)
        return MoveTrack(on=on, track=track, body=body, reason="另有主管")


def _overrides(step: Step, file: CaseFile) -> int:
    """Entries of the audit trail beside the step's own."""
    reason = getattr(step, "override_reason", "")
    if not reason:
        return 0
    if isinstance(step, AdjournSession) and step.date is None:
        return 0
    if isinstance(step, PlanSession | MoveSession | AdjournSession):
        return 1
    return sum(not session.held for session in file.sessions)


def _sittings(file: CaseFile) -> int:
    if state_of(file) not in OPEN or file.beside.binned is not None:
        return 0
    in_rooms = sum(
        bool(one.room) for one in file.beside.arrangements if not file.sessions[one.session_no - 1].held
    )
    people = len(file.mediators) + (file.recorder is not None) + len(file.parties)
    return in_rooms + people * sum(not session.held for session in file.sessions)
