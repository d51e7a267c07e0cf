"""Planning and recording sessions (T-8, T-9)."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import ClassVar

from mediation_desk.access.permissions import Permission
from mediation_desk.cases.consenting import demand_guest, demand_open
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.sittings import Sitting, arranged, sittings, with_sittings
from mediation_desk.cases.steps.step import Around, looped
from mediation_desk.cases.transitions import CONVENE, HOLD, Transition
from mediation_desk.hearings.arrangement import Arrangement, Consent, Guest
from mediation_desk.hearings.model import Attendance, PrivateNote, Session, SessionMode, SessionResult
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.record import record


@record
class PlanSession:
    """安排调解会, one of several if need be; sessions are numbered in the order of their time.

    ``room`` is the code of a room of the centre and then gives the place; ``until`` the planned end. Whoever is
    among ``guests`` takes part once every party has agreed (LR-7). ``override_reason`` lets the session overlap
    other takings of its room and people; the reason stays on record.
    """

    title: ClassVar[str] = "安排调解会"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = CONVENE

    date: datetime.date
    start: datetime.time
    until: datetime.time | None = None
    room: str = ""
    place: str = ""
    mode: SessionMode = SessionMode.ON_SITE
    public: bool = False
    guests: tuple[Guest, ...] = ()
    consents: tuple[Consent, ...] = ()
    override_reason: str = ""

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Add a planned session at its place in time. Raises ``RuleError`` for an open one that must be closed."""
        if file.presiding is None:
            raise RuleError("还没有选定主持调解员，不能安排调解会（人民调解法第十九条）。", rule="LR-6")
        bound = around.bound(file)
        if bound:
            raise RuleError(
                f"{bound[0]}请先由调解员披露、各方表明意见，或者重新选定，再安排调解会。", rule="LR-17"
            )
        place = place_of(self.room, self.place, around)
        demand_order(self.start, self.until)
        demand_no_twin(file, self.date, self.start)
        agreed = with_consents(file, self.consents)
        if self.public:
            demand_open(agreed, self.date)
        session = Session(
            no=0,
            date=self.date,
            start=self.start,
            place=place,
            mode=self.mode,
            public=self.public,
            presided_by=file.presiding.pool_no,
            recorder=file.recorder.pool_no if file.recorder else None,
        )
        fresh = Sitting(
            session=session,
            arrangement=Arrangement(session_no=0, room=self.room, until=self.until),
            guests=named(self.guests),
        )
        after = arranged(agreed, (*sittings(agreed), fresh), around)
        if self.override_reason.strip():
            around.let_overlap(file, self.number(after), self.override_reason.strip())
        return after

    def number(self, file: CaseFile) -> int:
        """Which session of ``file`` this became."""
        found = (s.no for s in file.sessions if not s.held and (s.date, s.start) == (self.date, self.start))
        return max(found, default=len(file.sessions))

    def sentence(self, file: CaseFile) -> str:
        """When and where."""
        no = self.number(file)
        place = file.sessions[no - 1].place if 0 < no <= len(file.sessions) else self.place
        told = f"安排第{no}次调解：{cn_date(self.date)}{self.start:%H:%M}，{place}"
        return f"{told}；时间重叠，仍按此安排：{self.override_reason}" if self.override_reason else told


@record
class RecordSession:
    """记录: who came, what was said, how it ended. Rights are told before the first session (LR-16).

    ``invited`` are the guests who took part, as the exchange format writes them; each needs the consent of every
    party (LR-7), on record before or handed in with ``consents``.
    """

    title: ClassVar[str] = "记录调解"
    permission: ClassVar[Permission] = Permission.SESSION_RECORD
    transition: ClassVar[Transition] = HOLD

    no: int
    end: datetime.time
    attendees: tuple[Attendance, ...]
    absent: tuple[str, ...] = ()
    invited: tuple[str, ...] = ()
    consents: tuple[Consent, ...] = ()
    rights_notice_given: bool = False
    record: str
    private_notes: tuple[PrivateNote, ...] = ()
    result: SessionResult

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Write the record of a planned session."""
        sitting = sitting_of(file, self.no)
        planned = sitting.session
        if planned.held:
            raise RuleError("这次调解会已有记录；更正请写入后一次记录。", rule="T-9")
        demand_first(file, self.no, "记录")
        if planned.date > around.today:
            raise RuleError("还没有到调解会的日期，不能先写记录。", rule="T-9")
        if not any(s.rights_notice_given for s in file.sessions) and not self.rights_notice_given:
            raise RuleError("首次调解前须告知权利义务（人民调解工作若干规定第三十条）。", rule="LR-16")
        if sitting.arrangement.adjourned_at is not None and self.result is not SessionResult.TO_CONTINUE:
            raise RuleError("这次调解会已经休会、改日继续，结果只能是有待继续调解。", rule="T-9")
        if not self.record.strip():
            raise InputError("调解记录还是空的。", field="record")
        if file.recorder is None:
            raise InputError("还没有记录员，请在“选择”里补上。", field="recorder")
        agreed = with_consents(file, self.consents)
        guests = _attending(sitting.guests, self.invited)
        for guest in guests:
            if guest.attended:
                demand_guest(agreed, guest.called)
        if planned.public:
            demand_open(agreed, planned.date)
        held = replace(
            planned,
            end=self.end,
            recorder=file.recorder.pool_no,
            attendees=self.attendees,
            absent=self.absent,
            invited=tuple(guest.called for guest in guests if guest.attended),
            rights_notice_given=self.rights_notice_given,
            record=self.record,
            private_notes=self.private_notes,
            result=self.result,
        )
        others = (one for one in sittings(agreed) if one.session.no != self.no)
        after = with_sittings(agreed, (*others, replace(sitting, session=held, guests=guests)))
        loop = looped(file, held.date, "调解", held.presided_by, f"第{held.no}次调解，{held.result}")
        return replace(after, closed_loop=loop)

    def sentence(self, file: CaseFile) -> str:
        """Which session and its result."""
        return f"第{self.no}次调解已记录：{self.result}"


def sitting_of(file: CaseFile, no: int) -> Sitting:
    """The session with this number. Raises ``InputError``."""
    for sitting in sittings(file):
        if sitting.session.no == no:
            return sitting
    raise InputError(f"没有第{no}次调解会。", field="no")


def demand_first(file: CaseFile, no: int, verb: str) -> None:
    """Sessions are held in order. Raises ``RuleError`` while an earlier one has no record."""
    earlier = next((session.no for session in file.sessions if not session.held and session.no < no), None)
    if earlier is not None:
        raise RuleError(
            f"第{earlier}次调解会还没有记录，请先记录、改期或者取消，再{verb}第{no}次。", rule="T-9"
        )


def place_of(room: str, place: str, around: Around) -> str:
    """Where a session is: the name of the room, or the place elsewhere. Raises ``InputError``."""
    if room:
        return around.room(room).name
    if not place.strip():
        raise InputError("请写明地点，或者选一间调解室。", field="place")
    return place.strip()


def demand_order(start: datetime.time, until: datetime.time | None) -> None:
    """A session ends after it begins. Raises ``InputError``."""
    if until is not None and until <= start:
        raise InputError("预计结束的时间不晚于开始的时间。", field="until")


def demand_no_twin(file: CaseFile, date: datetime.date, start: datetime.time, no: int = 0) -> None:
    """Two sessions of one case do not begin at once, not even with a reason. Raises ``RuleError``."""
    for session in file.sessions:
        if not session.held and session.no != no and (session.date, session.start) == (date, start):
            raise RuleError(f"本案第{session.no}次调解会已经排在这个时间。", rule="T-9")


def with_consents(file: CaseFile, consents: tuple[Consent, ...]) -> CaseFile:
    """The file with what parties said added. Raises ``InputError`` for somebody who is none."""
    for one in consents:
        if file.party(one.by) is None:
            raise InputError(f"本案没有代号为“{one.by}”的当事人。", field="consents")
    kept = (*file.beside.consents, *(one for one in consents if one not in file.beside.consents))
    return replace(file, beside=replace(file.beside, consents=kept))


def named(guests: tuple[Guest, ...]) -> tuple[Guest, ...]:
    """Guests of one session, each with a name and once. Raises ``InputError``."""
    for number, guest in enumerate(guests):
        if not guest.name.strip():
            raise InputError("请写明邀请参加的人的姓名。", field="guests")
        if guest.called in {one.called for one in guests[:number]}:
            raise InputError(f"{guest.called}写了两次。", field="guests")
    return guests


def _attending(guests: tuple[Guest, ...], invited: tuple[str, ...]) -> tuple[Guest, ...]:
    """Who was invited and came; somebody who came without having been put down before is put down now."""
    came = set(invited)
    told = [replace(guest, attended=bool({guest.called, guest.name} & came)) for guest in guests]
    known = {word for guest in guests for word in (guest.called, guest.name)}
    for word in dict.fromkeys(invited):
        if word not in known:
            capacity, _, name = word.rpartition(" ")
            told.append(Guest(session_no=0, name=name, capacity=capacity, attended=True))
    return tuple(told)
