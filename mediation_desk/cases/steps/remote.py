"""A session over the network: its room, who agreed to it, who joined (人民法院在线调解规则 art. 4, 16, 17)."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import ClassVar

from mediation_desk.access.permissions import Permission
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.remote_consent import RULE, said
from mediation_desk.cases.steps.step import Around
from mediation_desk.cases.transitions import CONVENE, NOTE, Transition
from mediation_desk.hearings.model import Session
from mediation_desk.hearings.remote.meeting import (
    REMOTE_MODES,
    IdentityCheck,
    Joining,
    Meeting,
    RemoteConsent,
    ServerKind,
    checked_link,
)
from mediation_desk.hearings.remote.rules import remote_rules
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.record import record
from mediation_desk.shared.text import canonical

_LONGEST = 100


@record
class ArrangeRemote:
    """安排远程会议: a room for a planned session. A second one for the same session takes its place."""

    title: ClassVar[str] = "安排远程会议"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = CONVENE

    session_no: int
    kind: ServerKind
    link: str
    room: str = ""

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Keep the room and its address."""
        session = _remote_session(file, self.session_no)
        if session.held:
            raise RuleError("这次调解会已有记录，不能再安排远程会议。", rule="T-9")
        meeting = Meeting(
            session_no=self.session_no,
            kind=self.kind,
            room=canonical(self.room.strip(), "room", multiline=False, longest=_LONGEST),
            link=checked_link(self.link),
            made_on=around.today,
            made_by=around.actor_name,
        )
        return replace(file, beside=replace(file.beside, meetings=(*file.beside.meetings, meeting)))

    def sentence(self, file: CaseFile) -> str:
        """Which session; the address stays off the diary, who has it can walk in."""
        return f"为第{self.session_no}次调解安排远程会议（{self.kind}）"


@record
class ConsentRemote:
    """记下各方是否同意远程: ``by`` agreed, ``refused_by`` did not; ``how`` it was said."""

    title: ClassVar[str] = "记下是否同意远程"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = NOTE

    session_no: int
    by: tuple[str, ...] = ()
    refused_by: tuple[str, ...] = ()
    on: datetime.date
    how: str

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Write down every party's word; an earlier word of the same party stays on record."""
        _remote_session(file, self.session_no)
        parties = {party.ref for party in file.parties}
        unknown = [ref for ref in (*self.by, *self.refused_by) if ref not in parties]
        if unknown or not (self.by or self.refused_by):
            raise InputError("请写明是哪一方当事人表的态。", field="by")
        if set(self.by) & set(self.refused_by):
            raise InputError("同一方不能既同意又不同意。", field="by")
        how = canonical(self.how.strip(), "how", multiline=False, longest=_LONGEST)
        if not how:
            raise InputError("请写明是怎样表示的，例如电话、当面、书面。", field="how")
        words = tuple(
            RemoteConsent(
                session_no=self.session_no,
                ref=ref,
                agreed=agreed,
                on=self.on,
                how=how,
                noted_by=around.actor_name,
            )
            for refs, agreed in ((self.by, True), (self.refused_by, False))
            for ref in refs
        )
        kept = (*file.beside.remote_consents, *words)
        return replace(file, beside=replace(file.beside, remote_consents=kept))

    def sentence(self, file: CaseFile) -> str:
        """Who said what."""
        parts = [f"{'、'.join(map(file.name_of, self.by))}同意" if self.by else ""]
        parts.append(f"{'、'.join(map(file.name_of, self.refused_by))}不同意" if self.refused_by else "")
        said_so = "，".join(part for part in parts if part)
        return f"第{self.session_no}次调解：{said_so}以远程方式参加（{self.how}）"


@record
class NoteJoined:
    """记下谁进了会议室, and how it was seen that it is who it should be. The same entry with an end closes it."""

    title: ClassVar[str] = "记下谁进了会议室"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = NOTE

    session_no: int
    ref: str
    name: str
    joined_at: datetime.time
    left_at: datetime.time | None = None
    identity: IdentityCheck | None = None

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Add the entry, or give the one of the same person and time its end."""
        session = _remote_session(file, self.session_no)
        if session.date > around.today:
            raise RuleError("还没有到调解会的日期，不能记谁进了会议室。", rule="T-9")
        parties = {party.ref for party in file.parties}
        if self.ref not in parties | {mediator.pool_no for mediator in file.mediators}:
            raise InputError("进会议室的人不属于本案的任何一方，也不是本案调解员。", field="ref")
        name = canonical(self.name.strip(), "name", multiline=False, longest=_LONGEST)
        if not name:
            raise InputError("请写明进会议室的人的姓名。", field="name")
        if self.identity is None:
            raise InputError(f"请写明怎样核对的身份（{remote_rules().identity}）。", field="identity")
        if self.left_at is not None and self.left_at <= self.joined_at:
            raise InputError("离开的时间应在进入之后。", field="left_at")
        if self.ref in parties and not said(file, self.session_no, self.ref):
            basis = remote_rules().consent[file.track]
            raise RuleError(f"{file.name_of(self.ref)}还没有同意以远程方式参加（{basis}）。", rule=RULE)
        entry = Joining(
            session_no=self.session_no,
            ref=self.ref,
            name=name,
            joined_at=self.joined_at,
            left_at=self.left_at,
            identity=self.identity,
            noted_by=around.actor_name,
        )
        return replace(file, beside=replace(file.beside, joinings=_with(file.beside.joinings, entry)))

    def sentence(self, file: CaseFile) -> str:
        """Who and when."""
        until = f"，{self.left_at:%H:%M}离开" if self.left_at else ""
        return f"第{self.session_no}次调解：{self.name}{self.joined_at:%H:%M}进入会议室{until}"


def _with(entries: tuple[Joining, ...], entry: Joining) -> tuple[Joining, ...]:
    def same(one: Joining) -> bool:
        return (one.session_no, one.ref, one.name, one.joined_at) == (
            entry.session_no,
            entry.ref,
            entry.name,
            entry.joined_at,
        )

    if any(same(one) for one in entries):
        return tuple(entry if same(one) else one for one in entries)
    return (*entries, entry)


def _remote_session(file: CaseFile, no: int) -> Session:
    session = next((one for one in file.sessions if one.no == no), None)
    if session is None:
        raise InputError(f"没有第{no}次调解会。", field="session_no")
    if session.mode not in REMOTE_MODES:
        raise RuleError(f"第{no}次调解的方式是“{session.mode}”，不是远程或者混合。", rule="T-8")
    return session
