"""Onto the waiting list for the next session, and off it."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import ClassVar

from mediation_desk.access.permissions import Permission
from mediation_desk.cases.calendar.queue import waits
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.step import Around
from mediation_desk.cases.transitions import WAIT, Transition
from mediation_desk.hearings.model import SessionMode
from mediation_desk.hearings.waiting import Urgency, Waiting
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.record import record


@record
class Wait:
    """等候安排. Taken once more it changes what is wished for; the case keeps the day it began to wait."""

    title: ClassVar[str] = "等候安排"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = WAIT

    urgency: Urgency = Urgency.ORDINARY
    mode: SessionMode | None = None
    room_kind: str = ""
    mediator: str = ""
    earliest: datetime.date | None = None
    preferred: str = ""
    note: str = ""

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Put the case on the list."""
        if any(not session.held for session in file.sessions):
            raise RuleError("下一次调解已经安排好了，不用等候。", rule=WAIT.no)
        if self.mediator:
            around.card(self.mediator)
        if self.urgency is Urgency.URGENT and not self.note.strip():
            raise InputError("紧急的要写明为什么急。", field="note")
        before = file.beside.waiting
        since = before.since if before is not None and waits(file) else around.today
        waiting = Waiting(
            session_no=len(file.sessions) + 1,
            since=since,
            by=around.actor_name,
            urgency=self.urgency,
            mode=self.mode,
            room_kind=self.room_kind.strip(),
            mediator=self.mediator,
            earliest=self.earliest,
            preferred=self.preferred.strip(),
            note=self.note.strip(),
        )
        return replace(file, beside=replace(file.beside, waiting=waiting))

    def sentence(self, file: CaseFile) -> str:
        """How pressing it is and what is wished for."""
        wishes = (self.mode, self.room_kind.strip(), self.preferred.strip(), self.note.strip())
        told = "，".join(str(wish) for wish in wishes if wish)
        return f"等候安排下一次调解（{self.urgency}）" + (f"：{told}" if told else "")


@record
class LeaveWaiting:
    """不再等候: the parties settled it themselves, or there is nothing to wait for."""

    title: ClassVar[str] = "不再等候"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = WAIT

    reason: str

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Take the case off the list."""
        if not waits(file):
            raise RuleError("本案不在等候安排的名单上。", rule=WAIT.no)
        if not self.reason.strip():
            raise InputError("请写明为什么不再等候。", field="reason")
        return replace(file, beside=replace(file.beside, waiting=None))

    def sentence(self, file: CaseFile) -> str:
        """Why."""
        return f"不再等候安排：{self.reason.strip()}"
