"""Moving, cancelling and adjourning sessions; each stays beside the file with its reason."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import ClassVar

from mediation_desk.access.permissions import Permission
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.sittings import Sitting, arranged, sittings
from mediation_desk.cases.steps.hearing import (
    demand_first,
    demand_no_twin,
    demand_order,
    place_of,
    sitting_of,
)
from mediation_desk.cases.steps.step import Around
from mediation_desk.cases.transitions import HOLD, Transition
from mediation_desk.hearings.arrangement import Arrangement, ChangeKind, Rearrangement
from mediation_desk.hearings.model import Session
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.record import record


@record
class MoveSession:
    """改期: another day, time or room for a planned session. What is left out stays as it was, the end apart.

    With ``override_reason`` it may overlap other takings.
    """

    title: ClassVar[str] = "改期"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = HOLD

    no: int
    reason: str
    date: datetime.date | None = None
    start: datetime.time | None = None
    until: datetime.time | None = None
    room: str = ""
    place: str = ""
    override_reason: str = ""

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Put the session where it now belongs. Raises ``InputError`` when nothing is changed."""
        sitting = _waiting(file, self.no, self.reason, "改期")
        before = sitting.session
        room, place = sitting.arrangement.room, before.place
        if self.room or self.place.strip():
            room, place = self.room, place_of(self.room, self.place, around)
        moved = replace(before, date=self.date or before.date, start=self.start or before.start, place=place)
        same_time = (moved.date, moved.start) == (before.date, before.start)
        until = self.until or (sitting.arrangement.until if same_time else None)
        demand_order(moved.start, until)
        after = replace(
            sitting, session=moved, arrangement=replace(sitting.arrangement, room=room, until=until)
        )
        override = self.override_reason.strip()
        if after == sitting and not override:
            raise InputError("日期、时间和地点都没有变。", field="date")
        demand_no_twin(file, moved.date, moved.start, self.no)
        told = _changed(file, before, ChangeKind.MOVED, self.reason, around, moved)
        changed = arranged(told, (*_others(told, self.no), after), around)
        if override:
            around.let_overlap(file, _number(changed, moved), override)
        return changed

    def sentence(self, file: CaseFile) -> str:
        """From when to when, and why."""
        last = file.beside.rearrangements[-1]
        told = f"第{last.session_no}次调解改期：{_told(last)}，原因：{last.reason}"
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
        """Take the planned session off; sessions planned behind it move up."""
        sitting = _waiting(file, self.no, self.reason, "取消")
        told = _changed(file, sitting.session, ChangeKind.CANCELLED, self.reason, around)
        return arranged(told, _others(told, self.no), around)

    def sentence(self, file: CaseFile) -> str:
        """Which one and why."""
        return f"取消第{self.no}次调解：{self.reason.strip()}"


@record
class AdjournSession:
    """休会: a session that has begun is broken off at ``at``; its record says 有待继续.

    With ``date`` and ``start`` the session in which it goes on is planned at once, with the same guests; without
    them it is planned later.
    """

    title: ClassVar[str] = "休会"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = HOLD

    no: int
    at: datetime.time
    reason: str
    date: datetime.date | None = None
    start: datetime.time | None = None
    until: datetime.time | None = None
    room: str = ""
    place: str = ""
    override_reason: str = ""

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Free the rest of the time and plan the continuation. Raises ``RuleError`` before the session's day."""
        sitting = _waiting(file, self.no, self.reason, "休会")
        begun = sitting.session
        demand_first(file, self.no, "办")
        if begun.date > around.today:
            raise RuleError("还没有到调解会的日期，没有开始的调解会请改期。", rule="T-9")
        if self.at <= begun.start:
            raise InputError("休会的时间不晚于开始的时间。", field="at")
        stopped = replace(sitting, arrangement=replace(sitting.arrangement, adjourned_at=self.at))
        goes_on = self._going_on(file, sitting, around)
        next_session = goes_on.session if goes_on else None
        told = _changed(file, begun, ChangeKind.ADJOURNED, self.reason, around, next_session)
        added = (goes_on,) if goes_on else ()
        after = arranged(told, (*_others(told, self.no), stopped, *added), around)
        if next_session is not None and self.override_reason.strip():
            around.let_overlap(file, _number(after, next_session), self.override_reason.strip())
        return after

    def sentence(self, file: CaseFile) -> str:
        """When, why, and when it goes on."""
        last = file.beside.rearrangements[-1]
        if last.to_date is None or last.to_start is None:
            goes_on = "继续的时间另定"
        else:
            goes_on = f"{cn_date(last.to_date)}{last.to_start:%H:%M}在{last.to_place}继续"
        return f"第{last.session_no}次调解{self.at:%H:%M}休会，{goes_on}，原因：{last.reason}"

    def _going_on(self, file: CaseFile, sitting: Sitting, around: Around) -> Sitting | None:
        if self.date is None and self.start is None:
            return None
        begun = sitting.session
        if self.date is None or self.start is None:
            raise InputError("继续调解的日期和时间要一起写明。", field="date")
        if (self.date, self.start) < (begun.date, self.at):
            raise InputError("继续调解的时间早于休会的时间。", field="date")
        room, place = sitting.arrangement.room, begun.place
        if self.room or self.place.strip():
            room, place = self.room, place_of(self.room, self.place, around)
        demand_order(self.start, self.until)
        demand_no_twin(file, self.date, self.start)
        return Sitting(
            session=replace(begun, no=0, date=self.date, start=self.start, place=place),
            arrangement=Arrangement(session_no=0, room=room, until=self.until),
            guests=sitting.guests,
        )


def _waiting(file: CaseFile, no: int, reason: str, verb: str) -> Sitting:
    """A session nobody has held or begun, and a reason. Raises ``RuleError`` or ``InputError``."""
    sitting = sitting_of(file, no)
    if sitting.session.held:
        raise RuleError(f"已记录的调解会不能{verb}；更正请写入后一次记录。", rule="T-9")
    if sitting.begun:
        raise RuleError(f"这次调解会已经开始、已经休会，不能{verb}；请记录为有待继续调解。", rule="T-9")
    if not reason.strip():
        raise InputError(f"请写明{verb}的原因。", field="reason")
    return sitting


def _others(file: CaseFile, no: int) -> tuple[Sitting, ...]:
    return tuple(one for one in sittings(file) if one.session.no != no)


def _number(file: CaseFile, moved: Session) -> int:
    """Its number after all were put in order."""
    at = (moved.date, moved.start)
    return max(s.no for s in file.sessions if not s.held and (s.date, s.start) == at)


def _changed(
    file: CaseFile, before: Session, kind: ChangeKind, reason: str, around: Around, to: Session | None = None
) -> CaseFile:
    """The file with the change told beside it."""
    change = Rearrangement(
        session_no=before.no,
        kind=kind,
        on=around.today,
        by=around.actor_name,
        reason=reason.strip(),
        from_date=before.date,
        from_start=before.start,
        from_place=before.place,
        to_date=to.date if to else None,
        to_start=to.start if to else None,
        to_place=to.place if to else "",
    )
    kept = replace(file.beside, rearrangements=(*file.beside.rearrangements, change))
    return replace(file, beside=kept)


def _told(change: Rearrangement) -> str:
    before = f"{cn_date(change.from_date)}{change.from_start:%H:%M} {change.from_place}"
    if change.to_date is None or change.to_start is None:
        return before
    return f"{before} → {cn_date(change.to_date)}{change.to_start:%H:%M} {change.to_place}"
