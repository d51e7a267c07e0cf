"""Time of a mediator that is taken: by a session of any case, or by leave. The database refuses a second taking."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from mediation_desk.shared.record import record


class Purpose(StrEnum):
    """What the time is taken for."""

    SESSION = "调解会"
    LEAVE = "请假"


@record
class Booking:
    """Half-open: from ``starts`` up to, not including, ``ends`` (aware moments). ``override`` lets it overlap."""

    pool_no: str
    starts: datetime
    ends: datetime
    purpose: Purpose
    case_key: str | None = None
    session_no: int | None = None
    override: str = ""
