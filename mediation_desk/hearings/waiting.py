"""等候安排: a case that waits for a room, a time or a mediator for its next session."""

from __future__ import annotations

import datetime
from enum import StrEnum

from mediation_desk.hearings.model import SessionMode
from mediation_desk.shared.record import record


class Urgency(StrEnum):
    """How pressing the next session is, the most pressing first."""

    URGENT = "紧急"
    SOON = "较急"
    ORDINARY = "一般"


@record
class Waiting:
    """What the next session waits for. It is over as soon as session ``session_no`` is arranged, and begins again
    where that one is called off. What nobody asked for is empty.

    ``room_kind`` is a kind of room in the centre's words, ``mediator`` a pool number, ``preferred`` times in the
    words of the parties (``周三下午``).
    """

    session_no: int
    since: datetime.date
    by: str
    urgency: Urgency = Urgency.ORDINARY
    mode: SessionMode | None = None
    room_kind: str = ""
    mediator: str = ""
    earliest: datetime.date | None = None
    preferred: str = ""
    note: str = ""
