"""Planning and recording sessions (T-8, T-9)."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import ClassVar

from mediation_desk.access.permissions import Permission
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.step import Around, looped
from mediation_desk.cases.transitions import CONVENE, HOLD, Transition
from mediation_desk.hearings.model import Attendance, Session, SessionMode, SessionResult
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.record import record


@record
class PlanSession:
    """安排调解会. ``override_reason`` lets it overlap another booking of a mediator; the reason stays on record."""

    title: ClassVar[str] = "安排调解会"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = CONVENE

    date: datetime.date
    start: datetime.time
    place: str
    mode: SessionMode = SessionMode.ON_SITE
    public: bool = False
    override_reason: str = ""

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Add a planned session after the last one."""
        if file.presiding is None:
            raise RuleError("还没有选定主持调解员，不能安排调解会（人民调解法第十九条）。", rule="LR-6")
        if any(not session.held for session in file.sessions):
            raise RuleError("上一次安排的调解会还没有记录，请先记录或删去。", rule="T-9")
        bound = around.bound(file)
        if bound:
            raise RuleError(
                f"{bound[0]}请先由调解员披露、各方表明意见，或者重新选定，再安排调解会。", rule="LR-17"
            )
        no = len(file.sessions) + 1
        if self.override_reason.strip():
            around.let_overlap(file, no, self.override_reason.strip())
        session = Session(
            no=no,
            date=self.date,
            start=self.start,
            place=self.place,
            mode=self.mode,
            public=self.public,
            presided_by=file.presiding.pool_no,
            recorder=file.recorder.pool_no if file.recorder else None,
        )
        return replace(file, sessions=(*file.sessions, session))

    def sentence(self, file: CaseFile) -> str:
        """When and where."""
        told = f"安排第{len(file.sessions)}次调解：{cn_date(self.date)}{self.start:%H:%M}，{self.place}"
        return f"{told}；时间重叠，仍按此安排：{self.override_reason}" if self.override_reason else told


@record
class CancelSession:
    """取消 a planned session that was not held."""

    title: ClassVar[str] = "取消调解会"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = HOLD

    no: int
    reason: str

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Take the planned session off; the diary keeps it with the reason."""
        if _session(file, self.no).held:
            raise RuleError("已记录的调解会不能取消；更正请写入后一次记录。", rule="T-9")
        if not self.reason.strip():
            raise InputError("请写明取消的原因。", field="reason")
        return replace(file, sessions=tuple(s for s in file.sessions if s.no != self.no))

    def sentence(self, file: CaseFile) -> str:
        """Which one and why."""
        return f"取消第{self.no}次调解：{self.reason}"


@record
class RecordSession:
    """记录: who came, what was said, how it ended. Rights are told before the first session (LR-16)."""

    title: ClassVar[str] = "记录调解"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = HOLD

    no: int
    end: datetime.time
    attendees: tuple[Attendance, ...]
    absent: tuple[str, ...] = ()
    invited: tuple[str, ...] = ()
    rights_notice_given: bool = False
    record: str
    result: SessionResult

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Write the record of a planned session."""
        planned = _session(file, self.no)
        if planned.held:
            raise RuleError("这次调解会已有记录；更正请写入后一次记录。", rule="T-9")
        if planned.date > around.today:
            raise RuleError("还没有到调解会的日期，不能先写记录。", rule="T-9")
        if not any(s.rights_notice_given for s in file.sessions) and not self.rights_notice_given:
            raise RuleError("首次调解前须告知权利义务（人民调解工作若干规定第三十条）。", rule="LR-16")
        if not self.record.strip():
            raise InputError("调解记录还是空的。", field="record")
        if file.recorder is None:
            raise InputError("还没有记录员，请在“选择”里补上。", field="recorder")
        held = replace(
            planned,
            end=self.end,
            recorder=file.recorder.pool_no,
            attendees=self.attendees,
            absent=self.absent,
            invited=self.invited,
            rights_notice_given=self.rights_notice_given,
            record=self.record,
            result=self.result,
        )
        sessions = tuple(held if s.no == self.no else s for s in file.sessions)
        loop = looped(file, held.date, "调解", held.presided_by, f"第{held.no}次调解，{held.result}")
        return replace(file, sessions=sessions, closed_loop=loop)

    def sentence(self, file: CaseFile) -> str:
        """Which session and its result."""
        return f"第{self.no}次调解已记录：{self.result}"


def _session(file: CaseFile, no: int) -> Session:
    for session in file.sessions:
        if session.no == no:
            return session
    raise InputError(f"没有第{no}次调解会。", field="no")
