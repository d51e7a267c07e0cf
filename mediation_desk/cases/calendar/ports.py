"""What the calendar needs from storage."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date
from typing import Protocol

from mediation_desk.access.actor import Actor
from mediation_desk.cases.calendar.model import SessionLine, WaitingLine
from mediation_desk.experts.ports import PoolWork
from mediation_desk.parties.covering import CaseNames


class Sessions(Protocol):
    """Sessions of all cases, and the cases that wait for one."""

    def between(self, first: date, last: date, minutes: int) -> tuple[SessionLine, ...]:
        """Sessions of these days by day and hour; ``minutes`` is the length of one whose end nobody said.

        Sessions of cases in the bin, and planned ones of cases that are over, are left out.
        """

    def waiting(self, limit: int) -> tuple[WaitingLine, ...]:
        """The waiting list: the most urgent first, then by the end of the period, then by how long they wait."""


class CalendarWork(PoolWork, Protocol):
    """A unit of work with the sessions of all cases."""

    @property
    def names(self) -> CaseNames:
        """Who is named in which case."""

    @property
    def sessions(self) -> Sessions:
        """Sessions."""


class CalendarStorage(Protocol):
    """Opens units of work."""

    def read(self, actor: Actor) -> AbstractContextManager[CalendarWork]:
        """A consistent view that cannot write."""
