"""``MeetingService``: the centre's video server, and who gets which address for a session."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from mediation_desk.access.actor import PROGRAM, Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.ports import CaseStorage, CaseWork
from mediation_desk.cases.service import found
from mediation_desk.cases.steps.remote import ArrangeRemote
from mediation_desk.cases.taking import span_of
from mediation_desk.hearings.model import Session
from mediation_desk.hearings.remote.meeting import Meeting, ServerKind, checked_secret, new_room
from mediation_desk.hearings.remote.rules import Place, RemoteRules, remote_rules
from mediation_desk.hearings.remote.server import Answer, Guest, Hours, MeetingServer
from mediation_desk.shared.clock import Clock
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.record import record

SECRET_VARIABLE = "MEDIATION_DESK_MEETING_SECRET"  # noqa: S105  # the name of the variable
_PLACE, _SECRET = "remote.server", "remote.secret"
NO_SERVER = "本中心还没有设置会议服务器，请先在“系统”里填写，或者自己写一个链接。"


@record
class Setting:
    """What the system screen shows: the place, and whether a secret is known; never the secret."""

    place: Place
    has_secret: bool
    from_environment: bool


@record
class Invitation:
    """One person's way into one session. ``link`` may hold a token: it is made anew each time and kept nowhere."""

    session_no: int
    guest: Guest
    addressee: str
    link: str
    page: str
    day: date
    start: time
    until: time | None
    hours: Hours

    @property
    def personal(self) -> bool:
        """Whether the address is this person's alone."""
        return self.link != self.page


class MeetingService:
    """Connects to nothing unless ``check`` or ``present`` is called, and then only where a server is set."""

    def __init__(
        self,
        storage: CaseStorage,
        clock: Clock,
        environment: Callable[[str], str | None] = os.environ.get,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._environment = environment

    # The server

    def setting(self) -> Setting:
        """Where the server is: what was set on screen, else what the rule file says."""
        with self._storage.read(PROGRAM) as work:
            kept = bool(work.notes.get(_SECRET))
            outside = bool(self._environment(SECRET_VARIABLE))
            return Setting(place=_place(work), has_secret=kept or outside, from_environment=outside)

    def set_server(self, actor: Actor, kind: ServerKind | None, url: str, app_id: str = "") -> None:
        """Set or take away the server; for all desks on this database. Raises ``InputError``."""
        actor.require(Permission.SYSTEM_MANAGE)
        place = replace(remote_rules().place, kind=kind, url=url, app_id=app_id).checked()
        value: dict[str, Any] = {
            "kind": place.kind.value if place.kind else "",
            "url": place.url,
            "app_id": place.app_id,
        }
        with self._storage.write(actor) as work:
            work.notes.put(_PLACE, value)
            work.audit.write(at=self._clock(), account=actor.account, action="remote.server")

    def set_secret(self, actor: Actor, secret: str) -> None:
        """Keep the secret shared with the server, or forget it when empty. It is never given out again."""
        actor.require(Permission.SYSTEM_MANAGE)
        clean = checked_secret(secret)
        with self._storage.write(actor) as work:
            work.notes.put(_SECRET, clean or None)
            work.audit.write(at=self._clock(), account=actor.account, action="remote.secret")

    def check(self, actor: Actor) -> Answer:
        """试一下. Uses the network; call it on a worker."""
        actor.require_any(Permission.CASE_READ, Permission.SYSTEM_MANAGE)
        server = self._server()
        return server.check() if server else Answer(good=False, sentence=NO_SERVER)

    # A session

    def proposal(self, actor: Actor, session_no: int) -> ArrangeRemote:
        """The step that gives this session a fresh room. Raises ``RuleError`` where no server is set."""
        actor.require(Permission.CASE_MEDIATE)
        server = self._server()
        if server is None:
            raise RuleError(NO_SERVER)
        room = new_room()
        return ArrangeRemote(session_no=session_no, kind=server.kind, room=room, link=server.link_to(room))

    def invitations(self, actor: Actor, key: str, session_no: int) -> tuple[Invitation, ...]:
        """For every party and mediator; empty while there is no room. Opens no connection."""
        actor.require(Permission.CASE_READ)
        with self._storage.read(actor) as work:
            file = found(work, key)
            secret = self._secret(work)
            server = _place(work).server(secret)
        meeting = file.beside.meeting(session_no)
        if meeting is None:
            return ()
        session = _session(file, session_no)
        settings = remote_rules()
        hours = _hours(file, session, settings)
        return tuple(
            Invitation(
                session_no=session_no,
                guest=guest,
                addressee=addressee,
                link=_ticket(server, meeting, guest, hours),
                page=meeting.link,
                day=session.date,
                start=session.start,
                until=file.beside.arrangement(session_no).until,
                hours=hours,
            )
            for guest, addressee in guests(file, show_names=settings.show_names)
        )

    def present(self, actor: Actor, key: str, session_no: int) -> tuple[str, ...] | None:
        """Names shown in the room now; None where this server cannot tell. Raises ``ServerError``.

        Uses the network; call it on a worker. What it says is a help for calling the roll, no proof of identity.
        """
        actor.require(Permission.CASE_READ)
        with self._storage.read(actor) as work:
            file = found(work, key)
        meeting, server = file.beside.meeting(session_no), self._server()
        if meeting is None or server is None or server.kind is not meeting.kind:
            return None
        return server.present(meeting)

    def _server(self) -> MeetingServer | None:
        with self._storage.read(PROGRAM) as work:
            return _place(work).server(self._secret(work))

    def _secret(self, work: CaseWork) -> str:
        return checked_secret(self._environment(SECRET_VARIABLE) or str(work.notes.get(_SECRET) or ""))


def guests(file: CaseFile, *, show_names: bool) -> tuple[tuple[Guest, str], ...]:
    """Who is invited, with the words on the invitation. By default nobody is named in full, on screen or paper."""
    sides: dict[str, int] = {}
    for party in file.parties:
        sides[party.side] = sides.get(party.side, 0) + 1
    found_guests, counted = [], dict.fromkeys(sides, 0)
    for party in file.parties:
        counted[party.side] += 1
        label = party.side if sides[party.side] == 1 else f"{party.side}{counted[party.side]}"
        shown = party.name if show_names else str(label)
        hidden = f"{label}　{party.name[0]}＊" if party.is_person else str(label)
        found_guests.append((Guest(ref=party.ref, name=shown), hidden))
    for mediator in file.mediators:
        name = mediator.name if show_names else "调解员"
        found_guests.append(
            (Guest(ref=mediator.pool_no, name=name, moderator=True), f"调解员　{mediator.name}")
        )
    return tuple(found_guests)


def _ticket(server: MeetingServer | None, meeting: Meeting, guest: Guest, hours: Hours) -> str:
    """A room made with another kind of server keeps its plain address."""
    if server is None or server.kind is not meeting.kind:
        return meeting.link
    return server.ticket(meeting, guest, hours)


def _place(work: CaseWork) -> Place:
    kept, shipped = work.notes.get(_PLACE), remote_rules().place
    if not kept:
        return shipped
    kind = ServerKind(kept["kind"]) if kept.get("kind") else None
    return replace(shipped, kind=kind, url=kept.get("url", ""), app_id=kept.get("app_id", ""))


def _hours(file: CaseFile, session: Session, settings: RemoteRules) -> Hours:
    begins, ends = span_of(session, file.beside.arrangement(session.no))
    before, after = timedelta(minutes=settings.minutes_before), timedelta(minutes=settings.minutes_after)
    return Hours(opens=begins - before, closes=ends + after)


def _session(file: CaseFile, no: int) -> Session:
    session = next((one for one in file.sessions if one.no == no), None)
    if session is None:
        raise InputError(f"没有第{no}次调解会。", field="session_no")
    return session
