"""One reading of everything the screen shows; runs on the worker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mediation_desk.cases.calendar.model import Calendar, WaitingLine
from mediation_desk.cases.calendar.rooms import CalendarRoom, rooms_of
from mediation_desk.experts.rules import Span, pool_rules
from ui.services import Services


@dataclass(frozen=True, slots=True)
class Board:
    """The days asked for, the waiting list, the rooms, and the hours in which the centre is open."""

    calendar: Calendar
    waiting: tuple[WaitingLine, ...]
    rooms: tuple[CalendarRoom, ...]
    hours: tuple[Span, ...]
    today: date


def read_board(services: Services, first: date, last: date) -> Board:
    """Read it."""
    actor = services.actor
    return Board(
        calendar=services.calendar.days(actor, first, last),
        waiting=services.calendar.waiting(actor),
        rooms=rooms_of(services.centre),
        hours=pool_rules().office.hours,
        today=services.calendar.local_today,
    )
