"""Planned sessions as a calendar file (.ics, RFC 5545) for mediators or for parties; no person is named in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

from mediation_desk.cases.calendar.model import SessionLine
from mediation_desk.hearings.model import SessionMode
from mediation_desk.shared.clock import local_moment

_MAKER = "-//Mediation Desk//Sessions//ZH"
_DOMAIN = "mediation-desk"
_BRING = "请带身份证件和证据材料的原件、复印件。调解出于自愿，不收取任何费用。"
_FOR_STAFF, _FOR_PARTIES = timedelta(minutes=-30), timedelta(days=-1)


def session_events(lines: Iterable[SessionLine], *, for_parties: bool) -> bytes:
    """One event a session, in the order given.

    A session keeps its UID when it is moved, so that a later file moves the event instead of doubling it; the same
    lines give the same bytes.
    """
    whole = Calendar()
    whole.add("prodid", _MAKER)
    whole.add("version", "2.0")
    whole.add("method", "PUBLISH")
    for line in lines:
        whole.add_component(_event(line, for_parties))
    data: bytes = whole.to_ical()
    return data


def _event(line: SessionLine, for_parties: bool) -> Event:
    event, called = Event(), line.number or line.case_key
    event.add("uid", f"{line.case_key}.session{line.no}@{_DOMAIN}")
    event.add("dtstamp", _moment(line.date, line.start))
    event.add("dtstart", _moment(line.date, line.start))
    event.add("dtend", _moment(line.date, line.ends))
    event.add("summary", f"第{line.no}次调解 {called}")
    event.add("location", "网上" if line.mode is SessionMode.REMOTE else line.place)
    event.add("description", _BRING if for_parties else f"{line.mode}；{line.track}；案件代码{line.case_key}")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"第{line.no}次调解 {called}")
    alarm.add("trigger", _FOR_PARTIES if for_parties else _FOR_STAFF)
    event.add_component(alarm)
    return event


def _moment(day: date, at: time) -> datetime:
    return local_moment(day, at)
