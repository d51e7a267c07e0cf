"""How a session is arranged beyond what the exchange format says of it: the room, and until when it is taken."""

from __future__ import annotations

import datetime

from mediation_desk.shared.record import record


@record
class Arrangement:
    """What belongs to session ``session_no``; the file itself keeps its day, start, place and mode.

    ``room`` is the code of one of the centre's rooms, empty elsewhere; ``until`` the planned end, local time. The
    centre's usual length counts where nobody said until when.
    """

    session_no: int
    room: str = ""
    until: datetime.time | None = None
