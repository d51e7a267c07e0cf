"""The boundary to a video server: everything the desk asks of one, whatever the server is (decision 19)."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from mediation_desk.hearings.remote.meeting import Meeting, ServerKind
from mediation_desk.shared.errors import DeskError
from mediation_desk.shared.record import record


class ServerError(DeskError):
    """The video server gave no usable answer; one sentence says why and that the link stays good as text."""

    exit_code = 4


@record
class Guest:
    """Who may enter. ``ref`` is the label in the case; ``name`` is what the others see in the meeting."""

    ref: str
    name: str
    moderator: bool = False


@record
class Hours:
    """From when until when an address opens the door; both aware."""

    opens: datetime
    closes: datetime


@record
class Answer:
    """What came of trying the server: whether it works, and a sentence for the screen."""

    good: bool
    sentence: str


class MeetingServer(Protocol):
    """A video server as the desk sees it. Only ``check`` and ``present`` use the network, and only when called."""

    @property
    def kind(self) -> ServerKind:
        """Which adapter this is."""

    def link_to(self, room: str) -> str:
        """The address of a room for nobody in particular; kept with the session."""

    def ticket(self, meeting: Meeting, guest: Guest, hours: Hours) -> str:
        """The address for one person; where the server can, it opens for this person in these hours only."""

    def check(self) -> Answer:
        """Ask whether the server is there. Never raises for trouble on the network."""

    def present(self, meeting: Meeting) -> tuple[str, ...] | None:
        """Names shown in the room now, None where the server cannot tell. Raises ``ServerError``."""
