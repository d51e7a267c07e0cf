"""The one place of the desk that opens a connection to a video server: a short GET, straight to that server.

No proxy, no redirect followed, certificates checked, little read, and an end to the waiting. Called on a worker
only, and only when somebody pressed a button.
"""

from __future__ import annotations

import json
import ssl
import time
import urllib.error
import urllib.request
from http.client import HTTPException
from typing import IO, Any

from mediation_desk.hearings.remote.server import ServerError
from mediation_desk.shared.record import record

MOST = 1_000_000  # bytes of an answer
_PIECE = 16_384
_STAYS = "会议链接仍可照常使用和转告。"


@record
class Reply:
    """Status and the beginning of an answer."""

    status: int
    body: bytes


class _Stay(urllib.request.HTTPRedirectHandler):
    """What moved elsewhere is told, not followed: a token would be carried to a stranger."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: Any,
        newurl: str,
    ) -> None:
        """Follow nothing."""


def ask(url: str, seconds: float) -> Reply:
    """GET ``url`` and wait ``seconds`` at most in all. Raises ``ServerError``; its words never hold the query."""
    try:
        request = urllib.request.Request(url, headers={"Accept": "*/*", "User-Agent": "mediation-desk"})  # noqa: S310
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Stay())
        until = time.monotonic() + seconds
        with opener.open(request, timeout=seconds) as answer:
            return Reply(status=answer.status, body=_read(answer, until))
    except urllib.error.HTTPError as error:
        with error:
            return Reply(status=error.code, body=b"")
    except urllib.error.URLError as error:
        raise ServerError(_sentence(error.reason)) from None
    except (OSError, HTTPException, ValueError) as error:
        raise ServerError(_sentence(error)) from None


def json_of(reply: Reply) -> Any:
    """The answer as JSON. Raises ``ServerError`` for anything else."""
    try:
        return json.loads(reply.body)
    except ValueError:
        raise ServerError(f"会议服务器的回答看不懂，可能填错了地址。{_STAYS}") from None


def _read(answer: Any, until: float) -> bytes:
    """Piece by piece: the time limit of a socket starts anew with every byte of a server that drips."""
    pieces, size = [], 0
    while size < MOST:
        if time.monotonic() > until:
            raise TimeoutError
        piece = answer.read1(_PIECE)
        if not piece:
            break
        pieces.append(piece)
        size += len(piece)
    return b"".join(pieces)[:MOST]


def _sentence(error: object) -> str:
    if isinstance(error, TimeoutError):
        return f"会议服务器没有及时回答，可能网络不通。{_STAYS}"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"会议服务器的证书没有通过验证，没有连接。请找管理员。{_STAYS}"
    if isinstance(error, ssl.SSLError):
        return f"会议服务器没有用加密方式回答，没有连接。{_STAYS}"
    if isinstance(error, ConnectionRefusedError):
        return f"会议服务器没有开着（连接被拒绝）。{_STAYS}"
    if isinstance(error, OSError):
        return f"连不上会议服务器：网络不通，或者地址写错了。{_STAYS}"
    return f"会议服务器的回答看不懂，可能填错了地址。{_STAYS}"


__all__ = ["MOST", "Reply", "ask", "json_of"]
