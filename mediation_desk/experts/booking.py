"""Time that is taken: by a session of any case, or by leave. The database refuses a second taking."""

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
    """Time of somebody of the pool, half-open: from ``starts`` up to, not including, ``ends`` (aware moments).

    ``override`` is the reason why it may overlap another.
    """

    pool_no: str
    starts: datetime
    ends: datetime
    purpose: Purpose
    case_key: str | None = None
    session_no: int | None = None
    override: str = ""


@record
class Taking:
    """The same of anything that can be taken: ``taken`` is a key of ``mediation_desk.cases.taking``.

    ``number`` is that of the case. What a counter may be told of another case is for the caller to decide.
    """

    taken: str
    starts: datetime
    ends: datetime
    purpose: Purpose
    case_key: str | None = None
    number: str | None = None
    session_no: int | None = None
    override: str = ""
