"""News of other desks on one server: a connection of its own, in a thread of its own, that never holds up anybody."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Lock, Thread
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from db.work import CHANNEL

News = Callable[[str, str, int], object]
"""Told a word (``case`` or ``open``), the key of a case and its version; with nothing after a time without news."""

_ROUND = 1.0
_LONGEST = 30.0
_ASK_EVERY = 30
"""Rounds after which a silent server is asked whether it is still there."""


class Listener:
    """Listens until `stop`; a server that was away is tried again, ever more seldom."""

    def __init__(self, engine: Engine, tell: News) -> None:
        self._engine, self._tell = engine, tell
        self._stop = Event()
        self._telling = Lock()
        self._thread = Thread(target=self._run, name="news", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """No more news from now on: whoever is told may be gone. The thread ends by itself within a round."""
        with self._telling:
            self._stop.set()

    def join(self, seconds: float) -> bool:
        """Whether the thread has ended."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        pause = _ROUND
        while not self._stop.is_set():
            try:
                connection = self._connect()
                try:
                    pause = _ROUND
                    self._news("", "", 0)  # whatever happened before is unknown here
                    self._hear(connection)
                finally:
                    connection.close()
            except (SQLAlchemyError, self._engine.dialect.loaded_dbapi.Error, OSError):
                if not self._stop.wait(pause):
                    pause = min(pause * 2, _LONGEST)

    def _news(self, kind: str, key: str, version: int) -> None:
        with self._telling:
            if not self._stop.is_set():
                self._tell(kind, key, version)

    def _connect(self) -> Any:
        """Taken out of the pool for good: it comes under the same demands as every other."""
        fairy = self._engine.raw_connection()
        driver: Any = fairy.driver_connection
        fairy.detach()
        driver.rollback()
        driver.autocommit = True
        driver.execute(f"LISTEN {CHANNEL}")
        return driver

    def _hear(self, driver: Any) -> None:
        silent = 0
        while not self._stop.is_set():
            silent += 1
            for note in driver.notifies(timeout=_ROUND):
                silent = 0
                kind, _, rest = note.payload.partition(" ")
                key, _, version = rest.partition(" ")
                self._news(kind, key, int(version) if version.isdigit() else 0)
                if self._stop.is_set():
                    return
            if silent >= _ASK_EVERY:
                driver.execute("SELECT 1")
                silent = 0


def listen(engine: Engine, tell: News) -> Listener | None:
    """Begin to listen; None on a database without a server: there is nobody who could tell."""
    return Listener(engine, tell) if engine.dialect.name == "postgresql" else None
