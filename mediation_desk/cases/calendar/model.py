"""What the calendar shows of a session, of the people on a day, and of a case that waits."""

from __future__ import annotations

import datetime

from mediation_desk.cases.lifecycle import State
from mediation_desk.experts.rules import Span
from mediation_desk.hearings.model import SessionMode, SessionResult
from mediation_desk.hearings.waiting import Urgency
from mediation_desk.parties.model import PartyKind
from mediation_desk.shared.record import record
from mediation_desk.shared.track import Track


@record
class CalledParty:
    """A party of a session, as far as a list names it; ``persons`` of a group."""

    ref: str
    name: str
    kind: PartyKind
    persons: int = 1


@record
class SessionLine:
    """One session of any case. ``ends`` is the end on record or planned, else the centre's usual length.

    ``room`` is a room's code, empty elsewhere; ``notices_open`` counts parties nobody has told of the session as
    it stands, 0 once it was held; ``override`` is the reason why it was let overlap.
    """

    case_key: str
    number: str | None
    title: str
    track: Track
    category: str
    state: State
    party_names: str
    parties: tuple[CalledParty, ...]
    mediators: tuple[tuple[str, str], ...]
    recorder: str
    no: int
    date: datetime.date
    start: datetime.time
    ends: datetime.time
    place: str
    room: str
    mode: SessionMode
    result: SessionResult | None
    notices_open: int
    override: str = ""

    @property
    def key(self) -> tuple[str, int]:
        """Which session it is across two readings."""
        return self.case_key, self.no

    @property
    def held(self) -> bool:
        """Whether it took place and was recorded."""
        return self.result is not None

    @property
    def name(self) -> str:
        """Number of the case, or its code while it has none."""
        return self.number or self.case_key

    @property
    def span(self) -> Span:
        """From, until."""
        return self.start, self.ends

    def overlaps(self, other: SessionLine) -> bool:
        """Whether both run at some moment."""
        return self.date == other.date and self.start < other.ends and other.start < self.ends


@record
class OnDuty:
    """A mediator of the roster with what is still free of the day."""

    pool_no: str
    name: str
    free: tuple[Span, ...]


@record
class OnLeave:
    """A mediator who is away, up to and including ``to``."""

    pool_no: str
    name: str
    to: datetime.date


@record
class Staff:
    """Who is on the duty roster of a day, and who is away."""

    date: datetime.date
    on_duty: tuple[OnDuty, ...] = ()
    on_leave: tuple[OnLeave, ...] = ()


@record
class Calendar:
    """Sessions from ``first`` to ``last``, both included, by day and hour; one ``Staff`` for each day.

    ``notes`` say by session what is wrong with it or was let through.
    """

    first: datetime.date
    last: datetime.date
    sessions: tuple[SessionLine, ...]
    staff: tuple[Staff, ...]
    notes: dict[tuple[str, int], tuple[str, ...]]

    def on(self, day: datetime.date) -> tuple[SessionLine, ...]:
        """Sessions of one day."""
        return tuple(line for line in self.sessions if line.date == day)

    def staff_on(self, day: datetime.date) -> Staff:
        """People of one day."""
        return next((one for one in self.staff if one.date == day), Staff(date=day))


@record
class WaitingLine:
    """A case on the waiting list; ``due_on`` is the end of its period, ``mediator`` the name of who is wished for."""

    case_key: str
    number: str | None
    title: str
    track: Track
    state: State
    party_names: str
    due_on: datetime.date | None
    session_no: int
    since: datetime.date
    by: str
    urgency: Urgency
    mode: SessionMode | None
    room_kind: str
    mediator: str
    earliest: datetime.date | None
    preferred: str
    note: str
