"""A real HTTP server on loopback that stands in for a Jitsi Meet: it checks tokens the way prosody does."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

APP, SECRET = "desk", "a-secret-only-for-the-tests-0123456789"


class Refused(Exception):
    """The door stays shut, with the reason."""


def opened(
    token: str, room: str, *, at: float, secret: str = SECRET, domain: str = "127.0.0.1"
) -> dict[str, Any]:
    """The claims of a token that opens ``room`` at ``at``; by hand (RFC 7515), without the library that made it."""
    try:
        head, body, signature = token.split(".")
        wanted = hmac.new(secret.encode(), f"{head}.{body}".encode(), hashlib.sha256).digest()
        if not hmac.compare_digest(wanted, _plain(signature)):
            raise Refused("signature")
        if json.loads(_plain(head))["alg"] != "HS256":
            raise Refused("algorithm")
        claims: dict[str, Any] = json.loads(_plain(body))
    except ValueError as error:
        raise Refused("no token") from error
    if (claims["iss"], claims["aud"], claims["sub"]) != (APP, APP, domain):
        raise Refused("issuer")
    if claims["room"] not in (room, "*"):
        raise Refused("room")
    if not claims["nbf"] <= at < claims["exp"]:
        raise Refused("time")
    if not all(isinstance(value, str) for value in claims["context"]["user"].values()):
        raise Refused("user")
    return claims


def _drip(asked: BaseHTTPRequestHandler) -> None:
    """A byte now and then: no single wait is long."""
    asked.send_response(200)
    asked.end_headers()
    for _drop in range(60):
        try:
            asked.wfile.write(b"x")
            asked.wfile.flush()
        except OSError:
            return
        time.sleep(0.05)


def _plain(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


class VideoServer:
    """``answers`` maps a path to what is said there; ``doors`` is where a token is looked at."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.connections = 0
        self.now = time.time()
        self.rooms: dict[str, list[dict[str, str]]] = {}
        self.moods: dict[str, str] = {}
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.connections += 1
                outer.asked.append(self.path)
                outer.answer(self)

            def log_message(self, *_args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def answer(self, asked: BaseHTTPRequestHandler) -> None:
        """As its mood for this path is."""
        parts = urlsplit(asked.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        mood = self.moods.get(parts.path, "")
        if mood:
            self._sulk(asked, mood)
        elif parts.path == "/config.js":
            self._say(asked, 200, b"var config = { hosts: {} };")
        elif parts.path == "/room":
            self._room(asked, query)
        else:
            self._enter(asked, parts.path.strip("/"), query.get("jwt", ""))

    def _sulk(self, asked: BaseHTTPRequestHandler, mood: str) -> None:
        if mood == "sleeps":
            time.sleep(3)
        elif mood == "drips":
            _drip(asked)
        elif mood == "garbage":
            asked.wfile.write(b"\x00\xff not HTTP at all\r\n\r\n")
        elif mood == "noise":
            self._say(asked, 200, b"<html>welcome</html>")
        elif mood == "moved":
            asked.send_response(302)
            asked.send_header("Location", f"{self.url}/elsewhere")
            asked.end_headers()
        else:
            self._say(asked, int(mood), b"")

    def _room(self, asked: BaseHTTPRequestHandler, query: dict[str, str]) -> None:
        """``mod_muc_size``: an empty room is none."""
        people = self.rooms.get(query.get("room", "")) if query.get("domain") == "127.0.0.1" else None
        if not people:
            self._say(asked, 404, b"")
            return
        self._say(asked, 200, json.dumps(people).encode())

    def _enter(self, asked: BaseHTTPRequestHandler, room: str, token: str) -> None:
        try:
            claims = opened(token, room, at=self.now)
        except Refused as reason:
            self._say(asked, 403, str(reason).encode())
            return
        user = claims["context"]["user"]
        self.rooms.setdefault(room, []).append({"jid": f"{user['id']}@x", "display_name": user["name"]})
        self._say(asked, 200, b"moderator" if claims["moderator"] else b"guest")

    def _say(self, asked: BaseHTTPRequestHandler, status: int, body: bytes) -> None:
        asked.send_response(status)
        asked.send_header("Content-Length", str(len(body)))
        asked.end_headers()
        asked.wfile.write(body)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@contextmanager
def video_server() -> Iterator[VideoServer]:
    """One that runs."""
    server = VideoServer()
    server.start()
    try:
        yield server
    finally:
        server.stop()
