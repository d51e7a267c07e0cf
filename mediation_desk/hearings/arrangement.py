"""How a session is arranged beyond what the exchange format says of it: room, end, guests, consents, changes."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from enum import StrEnum

from mediation_desk.shared.record import record


class RoomKind(StrEnum):
    """What a room is for (综治中心规范化建设); rooms not said to be anything are 其他."""

    PEOPLES = "人民调解室"
    ADMINISTRATIVE = "行政调解室"
    JUDICIAL = "司法调解室"
    CIRCUIT = "巡回法庭"
    OTHER = "其他"


@record
class Room:
    """One room of the centre. ``code`` stays when the name changes; ``capacity`` in people, 0 where unknown."""

    code: str
    name: str
    kind: RoomKind = RoomKind.OTHER
    capacity: int = 0
    equipment: tuple[str, ...] = ()


@record
class Arrangement:
    """What belongs to session ``session_no``; the file itself keeps its day, start, place and mode.

    ``room`` is the code of one of the centre's rooms, empty elsewhere; ``until`` the planned end, local time. The
    centre's usual length counts where nobody said until when. ``adjourned_at`` is set once the session had begun
    and was broken off to go on another time.
    """

    session_no: int
    room: str = ""
    until: datetime.time | None = None
    adjourned_at: datetime.time | None = None


@record
class Guest:
    """Somebody invited to a session (LR-7, 人民调解法 art. 20); ``attended`` is known once it was recorded."""

    session_no: int
    name: str
    capacity: str = ""
    relation: str = ""
    attended: bool | None = None

    @property
    def called(self) -> str:
        """Unit or capacity and name, as ``Session.invited`` writes it: 村委会主任 冶成林."""
        return f"{self.capacity} {self.name}".strip()


class Subject(StrEnum):
    """What a party is asked to agree to."""

    GUEST = "邀请参加"
    OPEN = "公开进行"


@record
class Consent:
    """What one party said, on which day and how; the newest word counts, earlier ones stay."""

    about: Subject
    guest: str = ""
    by: str
    agreed: bool
    on: datetime.date
    how: str = "口头"


class ChangeKind(StrEnum):
    """What was done to a planned session."""

    MOVED = "改期"
    CANCELLED = "取消"
    ADJOURNED = "休会"


@record
class Rearrangement:
    """A session moved, cancelled or adjourned: from when and where to when and where, why, by whom.

    ``session_no`` is its number on that day; sessions planned behind a cancelled one move up.
    """

    session_no: int
    kind: ChangeKind
    on: datetime.date
    by: str
    reason: str
    from_date: datetime.date
    from_start: datetime.time
    from_place: str
    to_date: datetime.date | None = None
    to_start: datetime.time | None = None
    to_place: str = ""


def said(consents: Iterable[Consent], about: Subject, guest: str = "") -> dict[str, Consent]:
    """The newest word of each party on this matter, by ref."""
    return {one.by: one for one in consents if one.about is about and one.guest == guest}
