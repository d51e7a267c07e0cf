"""Deadlines as a calendar file (.ics, RFC 5545) any calendar program reads; no person is named in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

from mediation_desk.cases.deadlines.lights import light_rules
from mediation_desk.cases.deadlines.model import DueLine

_MAKER = "-//Mediation Desk//Deadlines//ZH"
_DOMAIN = "mediation-desk"


def calendar(lines: Iterable[DueLine]) -> bytes:
    """All-day events called by matter and case code; why that day in the description.

    The same deadline keeps its UID, so that a later file moves the event instead of doubling it; the same lines
    give the same bytes.
    """
    whole = Calendar()
    whole.add("prodid", _MAKER)
    whole.add("version", "2.0")
    whole.add("method", "PUBLISH")
    for line in lines:
        whole.add_component(_event(line))
    data: bytes = whole.to_ical()
    return data


def _event(line: DueLine) -> Event:
    event = Event()
    event.add("uid", f"{line.case_key}.{line.code}@{_DOMAIN}")
    event.add("dtstamp", datetime.combine(line.due_on, time.min, tzinfo=UTC))
    event.add("dtstart", line.due_on)
    event.add("dtend", line.due_on + timedelta(days=1))
    mark = "（暂定）" if line.provisional else ""
    event.add("summary", f"{line.what}{mark} {line.case_key}")
    overrun = f"\n期满：{line.overrun}。" if line.overrun else ""
    event.add("description", f"{line.why}。{overrun}")
    event.add("transp", "TRANSPARENT")
    event.add_component(_alarm(line))
    return event


def _alarm(line: DueLine) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"{line.what} {line.case_key}")
    alarm.add("trigger", timedelta(days=-light_rules().remind))
    return alarm
