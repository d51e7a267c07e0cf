"""``Invitations``: cards and calendar files that bring people into a remote session."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.audit.service import EXPORT, PRINT, AuditService
from mediation_desk.cases.centre import read_centre
from mediation_desk.cases.meetings import Invitation, MeetingService
from mediation_desk.documents.across import Printer, all_crossed
from mediation_desk.documents.content import Paper
from mediation_desk.documents.forms import invitation
from mediation_desk.documents.render.code import code_png
from mediation_desk.documents.service import Format, folder_for, joined, render, write_files
from mediation_desk.hearings.remote.rules import remote_rules
from mediation_desk.shared.errors import InputError

_MAKER = "-//Mediation Desk//Remote session//ZH"
_REMIND = timedelta(minutes=-30)
_ROOM_FIRST = "还没有安排远程会议，没有可以发的邀请。"


class Invitations:
    """Names of the written files tell neither case nor person."""

    def __init__(self, meetings: MeetingService, audit: AuditService) -> None:
        self._meetings = meetings
        self._audit = audit

    def preview_cards(self, actor: Actor, key: str, session_no: int, ref: str = "") -> bytes:
        """The PDF of the cards of the parties, or of ``ref`` alone."""
        papers = self._cards(actor, key, session_no, ref)
        pdfs = [render(paper, "pdf") for paper in papers]
        return joined(pdfs)

    def write_cards(
        self,
        actor: Actor,
        key: str,
        session_no: int,
        formats: Sequence[Format],
        folder: Path,
        ref: str = "",
    ) -> tuple[Path, ...]:
        """Write a card for each party, or for ``ref`` alone, into ``folder``."""
        papers = self._cards(actor, key, session_no, ref)
        ready = [
            (
                folder / f"{_name(paper.heading.title, key, session_no, paper.heading.part)}.{fmt}",
                render(paper, fmt),
            )
            for paper in papers
            for fmt in formats
        ]
        self._audit.note(actor, PRINT, case_key=key, form="invitation", count=len(papers))
        folder_for(folder)
        return write_files(ready)

    def write_calendars(self, actor: Actor, key: str, session_no: int, folder: Path) -> tuple[Path, ...]:
        """Write a calendar file for each party and mediator into ``folder``."""
        invited = self._invited(actor, key, session_no)
        ready = [
            (folder / f"{_name('远程调解', key, session_no, one.guest.ref)}.ics", calendar_of(one))
            for one in invited
        ]
        self._audit.note(actor, EXPORT, case_key=key, form="invitation.ics", count=len(ready))
        folder_for(folder)
        return write_files(ready)

    def picture(self, one: Invitation) -> bytes:
        """The code of this invitation as a PNG, for the screen."""
        return code_png(one.link)

    def _cards(self, actor: Actor, key: str, session_no: int, ref: str) -> tuple[Paper, ...]:
        invited = [one for one in self._invited(actor, key, session_no) if not one.guest.moderator or ref]
        chosen = [one for one in invited if ref in ("", one.guest.ref)]
        if not chosen:
            raise InputError("没有这样的受邀人。", field="ref")
        papers = invitation.compose(read_centre().name, chosen, remote_rules())
        return all_crossed(papers, Printer(actor=actor, at=self._audit.now))

    def _invited(self, actor: Actor, key: str, session_no: int) -> tuple[Invitation, ...]:
        actor.require(Permission.DOCUMENT_PRINT)
        invited = self._meetings.invitations(actor, key, session_no)
        if not invited:
            raise InputError(_ROOM_FIRST)
        return invited


def calendar_of(one: Invitation) -> bytes:
    """One event: when, how to get in, what to have at hand. A later file for the same room and person moves it."""
    from icalendar import Alarm, Calendar, Event  # loaded late: most sessions are on site

    rules = remote_rules()
    whole, event = Calendar(), Event()
    whole.add("prodid", _MAKER)
    whole.add("version", "2.0")
    whole.add("method", "PUBLISH")
    begins = one.hours.opens + timedelta(minutes=rules.minutes_before)
    ends = one.hours.closes - timedelta(minutes=rules.minutes_after)
    mark = hashlib.sha256(f"{one.page} {one.guest.ref}".encode()).hexdigest()[:32]
    event.add("uid", f"{mark}@mediation-desk")
    event.add("dtstamp", begins)
    event.add("dtstart", begins)
    event.add("dtend", max(ends, begins + timedelta(minutes=1)))
    event.add("summary", f"远程调解（{read_centre().name}）")
    event.add("location", one.link)
    event.add("url", one.link)
    phone = f"电话：{rules.phone}\n" if rules.phone else ""
    event.add("description", "\n".join(rules.how) + f"\n{phone}请准备：{rules.prepare}\n{one.link}")
    event.add("class", "PRIVATE")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", "远程调解就要开始")
    alarm.add("trigger", _REMIND)
    event.add_component(alarm)
    whole.add_component(event)
    data: bytes = whole.to_ical()
    return data


def _name(title: str, key: str, session_no: int, ref: str) -> str:
    return f"{title}-{key}-第{session_no}次-{ref}"
