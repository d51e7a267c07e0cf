"""Any other server: a fixed address, or one with the room's name put in; it knows nothing of persons or hours."""

from __future__ import annotations

from dataclasses import dataclass

from mediation_desk.hearings.remote.asking import ask
from mediation_desk.hearings.remote.meeting import Meeting, ServerKind
from mediation_desk.hearings.remote.server import Answer, Guest, Hours, ServerError

ROOM = "{room}"
_TROUBLE = 500


@dataclass(frozen=True, slots=True)
class PlainLink:
    """``template`` may hold ``{room}``."""

    template: str
    seconds: float = 4.0

    @property
    def kind(self) -> ServerKind:
        """A link and no more."""
        return ServerKind.LINK

    def link_to(self, room: str) -> str:
        """The address, with the room where the template asks for one."""
        return self.template.replace(ROOM, room)

    def ticket(self, meeting: Meeting, guest: Guest, hours: Hours) -> str:  # noqa: ARG002
        """The same address for everybody."""
        return meeting.link

    def check(self) -> Answer:
        """Whether anything answers there; what it says is none of the desk's business."""
        try:
            reply = ask(self.link_to("check"), self.seconds)
        except ServerError as error:
            return Answer(good=False, sentence=error.message)
        if reply.status >= _TROUBLE:
            return Answer(good=False, sentence=f"会议服务器自己出了错（回答 {reply.status}）。")
        return Answer(good=True, sentence="这个地址有回答。")

    def present(self, meeting: Meeting) -> None:
        """Nobody can tell."""
