"""A Jitsi Meet of the centre's own, with rooms opened by token (prosody ``authentication = "token"``, HS256).

The claims are those of https://github.com/jitsi/lib-jitsi-meet/blob/master/doc/tokens.md; who is in a room is asked
of prosody's ``mod_muc_size`` (``GET /room``), where the centre has it switched on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from mediation_desk.hearings.remote.asking import ask, json_of
from mediation_desk.hearings.remote.meeting import Meeting, ServerKind
from mediation_desk.hearings.remote.server import Answer, Guest, Hours, ServerError

_NOT_FOUND = 404


@dataclass(frozen=True, slots=True)
class JitsiServer:
    """``secret`` is shared with prosody and stays out of ``repr``; without one, addresses carry no token.

    ``census`` is the address of prosody's own pages, empty where who is in a room cannot be asked; ``domain`` the
    name of its virtual host, usually that of ``url``.
    """

    url: str
    app_id: str
    secret: str = field(default="", repr=False)
    audience: str = ""
    domain: str = ""
    census: str = ""
    seconds: float = 4.0

    @property
    def kind(self) -> ServerKind:
        """Jitsi."""
        return ServerKind.JITSI

    def link_to(self, room: str) -> str:
        """The room's page."""
        return f"{self.url.rstrip('/')}/{room}"

    def ticket(self, meeting: Meeting, guest: Guest, hours: Hours) -> str:
        """The room's page with a token for this guest, this room and these hours."""
        if not self.secret:
            return meeting.link
        return f"{meeting.link}?jwt={self.token(meeting.room, guest, hours)}"

    def token(self, room: str, guest: Guest, hours: Hours) -> str:
        """The signed token. Values of ``user`` are strings: lib-jitsi-meet refuses others."""
        import jwt  # loaded late: most sessions are on site

        claims = {
            "aud": self.audience or self.app_id,
            "iss": self.app_id,
            "sub": self._domain,
            "room": room,
            "nbf": int(hours.opens.timestamp()),
            "exp": int(hours.closes.timestamp()),
            "moderator": guest.moderator,
            "context": {
                "user": {
                    "id": guest.ref,
                    "name": guest.name,
                    "affiliation": "owner" if guest.moderator else "member",
                    "moderator": "true" if guest.moderator else "false",
                }
            },
        }
        return jwt.encode(claims, self.secret, algorithm="HS256")

    def check(self) -> Answer:
        """Ask for the page every Jitsi has."""
        try:
            reply = ask(f"{self.url.rstrip('/')}/config.js", self.seconds)
        except ServerError as error:
            return Answer(good=False, sentence=error.message)
        if reply.status != 200 or b"config" not in reply.body:
            sentence = f"这个地址有回答，但不像 Jitsi Meet（config.js 回答 {reply.status}）。请核对地址。"
            return Answer(good=False, sentence=sentence)
        if not self.secret:
            return Answer(good=False, sentence="会议服务器有回答；还没有填密钥，链接不分人，知道的人都能进。")
        return Answer(good=True, sentence="会议服务器有回答，可以使用。密钥对不对，要进一次会议室才知道。")

    def present(self, meeting: Meeting) -> tuple[str, ...] | None:
        """Names as the meeting shows them; an empty room is no room to prosody."""
        if not self.census:
            return None
        query = {"domain": self._domain, "room": meeting.room}
        reply = ask(f"{self.census.rstrip('/')}/room?{urlencode(query)}", self.seconds)
        if reply.status == _NOT_FOUND:
            return ()
        if reply.status != 200:
            raise ServerError(f"会议服务器不肯说谁在会议室里（回答 {reply.status}），请人工点名。")
        found = json_of(reply)
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise ServerError("会议服务器的回答看不懂，请人工点名。")
        return tuple(str(one.get("display_name") or "（没有写名字）")[:60] for one in found)

    @property
    def _domain(self) -> str:
        return self.domain or urlsplit(self.url).hostname or ""
