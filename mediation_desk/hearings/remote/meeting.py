"""What the desk keeps of a session held over the network: the room, who agreed to it, who joined (在线调解规则)."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Iterable
from enum import StrEnum
from urllib.parse import urlsplit

from mediation_desk.hearings.model import Attendance, Session, SessionMode
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record

REMOTE_MODES = (SessionMode.REMOTE, SessionMode.MIXED)
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another when read out on the telephone
_GROUPS, _GROUP = 5, 4
_LONGEST = 500
LEAST_SECRET = 32  # bytes (RFC 7518 section 3.2); a shorter one can be guessed from any one token
_HERE = ("localhost", "127.0.0.1", "::1")


class ServerKind(StrEnum):
    """Which adapter made a meeting."""

    JITSI = "Jitsi Meet"
    LINK = "固定链接"


class IdentityCheck(StrEnum):
    """How it was seen that who joined is who was invited (在线调解规则 art. 17)."""

    COMPARED = "证件证照在线比对"
    SHOWN = "当面出示身份证件"
    KNOWN = "工作人员认识本人"
    ON_SITE = "到场时已核对"


@record
class Meeting:
    """The room of session ``session_no``. ``link`` leads there without saying who comes; it holds no secret.

    A newer meeting of the same session takes the place of an older one, which stays on record.
    """

    session_no: int
    kind: ServerKind
    room: str = ""
    link: str
    made_on: datetime.date
    made_by: str


@record
class RemoteConsent:
    """What party ``ref`` said to taking part over the network; the last word counts (在线调解规则 art. 4)."""

    session_no: int
    ref: str
    agreed: bool
    on: datetime.date
    how: str
    noted_by: str


@record
class Joining:
    """Somebody of ``ref`` (a party or a mediator) was in the room; times are local."""

    session_no: int
    ref: str
    name: str
    joined_at: datetime.time
    left_at: datetime.time | None = None
    identity: IdentityCheck
    noted_by: str


def new_room() -> str:
    """A name nobody can guess (about 99 bits) and that tells nothing of the case: ``k7mp-x2qe-…``, lower case."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def checked_link(link: str, field: str = "link") -> str:
    """The address without blanks around. Raises ``InputError`` unless it is a whole, encrypted web address.

    Microphone and camera work on https pages only, and what is sent in the clear can be read on the way; this
    computer itself is excepted.
    """
    clean = link.strip()
    try:
        parts = urlsplit(clean)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        host, parts = "", urlsplit("")
    if not host or any(letter.isspace() or not letter.isprintable() for letter in clean):
        raise InputError("会议地址不完整，应形如 https://meet.example.cn/会议号。", field=field)
    if parts.scheme != "https" and not (parts.scheme == "http" and host in _HERE):
        raise InputError("会议地址须以 https:// 开头：没有加密的网页不能用摄像头和话筒。", field=field)
    if parts.username or parts.password:
        raise InputError("会议地址里不能写用户名和口令。", field=field)
    if len(clean) > _LONGEST:
        raise InputError(f"会议地址最多{_LONGEST}字。", field=field)
    return clean


def checked_secret(secret: str) -> str:
    """The secret as it is to be kept. Raises ``InputError`` for one too short to protect anything."""
    clean = secret.strip()
    if clean and len(clean.encode()) < LEAST_SECRET:
        raise InputError(
            f"密钥太短，至少{LEAST_SECRET}位；它和服务器上的 app_secret 要一样。", field="secret"
        )
    return clean


def over_the_network(session: Session, attendees: Iterable[Attendance]) -> tuple[str, ...]:
    """Refs of the attendees who took part over the network, as the way of attending says."""
    if session.mode is SessionMode.REMOTE:
        return tuple(one.ref for one in attendees if "远程" in one.how or "到场" not in one.how)
    if session.mode is SessionMode.MIXED:
        return tuple(one.ref for one in attendees if "远程" in one.how or "视频" in one.how)
    return ()
