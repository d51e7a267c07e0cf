"""Remote sessions as the centre has them: ``rules/remote.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mediation_desk.hearings.remote.meeting import ServerKind, checked_link
from mediation_desk.hearings.remote.server import MeetingServer
from mediation_desk.shared.assets import built
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record
from mediation_desk.shared.track import Track


@record
class Place:
    """Where the centre's video server is; ``kind`` None where it has none. It never holds the secret."""

    kind: ServerKind | None = None
    url: str = ""
    app_id: str = ""
    audience: str = ""
    domain: str = ""
    census: str = ""
    seconds: float = 4.0

    def server(self, secret: str = "") -> MeetingServer | None:
        """The adapter for it, None where there is no server.

        Loaded only then: a desk without a server does not even hold the code that could connect.
        """
        if self.kind is None or not self.url:
            return None
        if self.kind is ServerKind.LINK:
            from mediation_desk.hearings.remote.plain_link import PlainLink

            return PlainLink(self.url, self.seconds)
        from mediation_desk.hearings.remote.jitsi import JitsiServer

        return JitsiServer(
            url=self.url,
            app_id=self.app_id,
            secret=secret,
            audience=self.audience,
            domain=self.domain,
            census=self.census,
            seconds=self.seconds,
        )

    def checked(self) -> Place:
        """The same, fit to be kept. Raises ``InputError`` naming the field."""
        if self.kind is None:
            return replace(self, url="", app_id="")
        url = checked_link(self.url, "url")
        if self.kind is ServerKind.JITSI and not self.app_id.strip():
            raise InputError("Jitsi Meet 要写 App ID，和服务器上的 app_id 一样。", field="app_id")
        return replace(self, url=url, app_id=self.app_id.strip())


@record
class RemoteRules:
    """What the rule file says. Minutes are around the planned session; ``basis`` is by track."""

    place: Place
    show_names: bool
    minutes_before: int
    minutes_after: int
    phone: str
    how: tuple[str, ...]
    prepare: str
    consent: Mapping[Track, str]
    recording: str
    identity: str


def remote_rules() -> RemoteRules:
    """The rules in force here. Raises ``InputError`` when the centre's own file is incomplete."""
    return built("remote", _rules)


def _rules(data: Mapping[str, Any]) -> RemoteRules:
    server, meeting, card = data["server"], data["meeting"], data["card"]
    return RemoteRules(
        place=Place(
            kind=ServerKind(server["kind"]) if server["kind"] else None,
            url=server["url"],
            app_id=server["app_id"],
            audience=server.get("audience", ""),
            domain=server.get("domain", ""),
            census=server.get("census", ""),
            seconds=float(server.get("seconds", 4)),
        ),
        show_names=bool(meeting["show_names"]),
        minutes_before=int(meeting["minutes_before"]),
        minutes_after=int(meeting["minutes_after"]),
        phone=card["phone"],
        how=tuple(card["how"]),
        prepare=card["prepare"],
        consent={Track(entry["track"]): entry["basis"] for entry in data["consent"]},
        recording=data["recording"]["basis"],
        identity=data["identity"]["basis"],
    )
