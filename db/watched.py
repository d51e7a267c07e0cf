"""A connection to PostgreSQL that gives up a server which says nothing.

Keep-alive, ``tcp_user_timeout`` and ``statement_timeout`` do not end the wait for a process that is frozen: its
machine still acknowledges every packet, and the process is not there to look at its clock. So the wait itself,
which comes back ten times a second anyway, looks at ours.
"""

from __future__ import annotations

from collections.abc import Generator
from time import monotonic
from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen
from psycopg.waiting import Ready, Wait

from db.waiting import allowed

T = TypeVar("T")
_LOOK_SECONDS = 0.1


class SilentServer(psycopg.OperationalError):
    """The server took the question and did not answer in time."""


class WatchedConnection(psycopg.Connection[Any]):
    """Closed once the server was silent for longer than `db.waiting` allows; ``heard`` is when it last was not."""

    heard = 0.0

    def wait(self, gen: PQGen[T], interval: float = _LOOK_SECONDS, timeout: float | None = None) -> T:
        """As the driver's; raises SilentServer."""
        try:
            found = super().wait(_heard(gen, allowed()), interval, timeout)
        except SilentServer:
            self.pgconn.finish()
            raise
        self.heard = monotonic()
        return found

    def look(self) -> None:
        """Ask for an empty answer; raises an error of the driver. Leaves no transaction open."""
        self.autocommit = True
        try:
            self.execute("")
        finally:
            if not self.closed:
                self.autocommit = False


def _heard(gen: PQGen[T], limit: float) -> Generator[Wait, Ready | int, T]:
    """``gen``, ended by SilentServer when nothing could be read or sent for ``limit`` seconds."""
    heard = monotonic()
    try:
        wanted = next(gen)
        while True:
            ready = yield wanted
            if ready:
                heard = monotonic()
            elif monotonic() - heard > limit:
                raise SilentServer
            wanted = gen.send(ready)
    except StopIteration as end:
        found: T = end.value
        return found
