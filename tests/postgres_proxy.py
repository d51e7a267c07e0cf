"""Stands between a desk and a PostgreSQL server and loses what it is told to lose."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum

from sqlalchemy.engine import make_url

COMMIT = b"COMMIT\x00"


class Loss(StrEnum):
    """What becomes of the next COMMIT; in each case the connection then breaks."""

    NOTHING = ""
    REPLY = "it is done, its reply is eaten"
    COMMIT = "it never gets there"


class Proxy:
    """``lose`` is for one COMMIT; while ``away``, nobody new gets through. Counts what was ``lost``."""

    def __init__(self, server: tuple[str, int]) -> None:
        self._server = server
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._door.getsockname()[1])
        self.lose = Loss.NOTHING
        self.then_away = self.away = False
        self.lost = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._door.accept()
                if self.away:
                    client.close()
                    continue
                server = socket.create_connection(self._server)
                threading.Thread(target=self._ask, args=(client, server), daemon=True).start()
                threading.Thread(target=self._answer, args=(client, server), daemon=True).start()

    def _ask(self, client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            while asked := client.recv(65536):
                if self.lose is not Loss.NOTHING and COMMIT in asked:
                    loss, self.lose = self.lose, Loss.NOTHING
                    self.lost += 1
                    self.away = self.then_away
                    if loss is Loss.REPLY:
                        _HELD.add(client)
                        server.sendall(asked)
                        continue
                    break
                server.sendall(asked)
        _cut(client, server)

    def _answer(self, client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            while (answered := server.recv(65536)) and client not in _HELD:
                client.sendall(answered)
        _HELD.discard(client)
        _cut(client, server)


_HELD: set[socket.socket] = set()
"""Clients whose next answer is eaten."""


def _cut(*ends: socket.socket) -> None:
    for end in ends:
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()


@contextmanager
def proxy_before(url: str) -> Iterator[tuple[Proxy, str]]:
    """A proxy before the server of ``url``, and the URL through it."""
    address = make_url(url)
    proxy = Proxy((str(address.host), address.port or 5432))
    try:
        yield proxy, address.set(port=proxy.port).render_as_string(hide_password=False)
    finally:
        proxy.close()
