"""Keeps the note of a window in the database: soon after each change by a hand, and at once when the desk is locked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from PySide6.QtCore import QObject, QTimer, Signal

from mediation_desk.cases.summary import Draft
from mediation_desk.shared.errors import InputError
from ui.main_window import MainWindow
from ui.services import Services
from ui.sitting.leaving import Leaving, Note
from ui.tasks.runner import Lane, Outcome, Runner

_EVERY_MS = 700
"""After the first change of a series; more changes do not put it off."""
_AGAIN_MS = 2000
_SAME_SITTING = timedelta(hours=12)
"""Who comes back later than this begins on his first page; his words wait in their places."""


class Noting(QObject):
    """One account at one desk. ``found(Note, fresh)`` answers `read` when something was left."""

    found = Signal(object, bool)

    def __init__(
        self, services: Services, runner: Runner, desk_id: str, window: MainWindow, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._services, self._runner, self._desk = services, runner, desk_id
        self._window: MainWindow | None = window
        self._leaving: Leaving | None = Leaving(window)
        self._rest: Callable[[], dict[str, list[Any]]] = _nothing
        self._unstored: Callable[[], None] | None = None
        self._sent: Note | None = None
        self._due = QTimer(self, singleShot=True, interval=_EVERY_MS)
        self._due.timeout.connect(self._on_due)
        window.turned.connect(self._on_turned)

    def look(self, watched: QObject) -> None:
        """A hand is about to do something to ``watched``."""
        if self._leaving is not None and self._leaving.look(watched) and not self._due.isActive():
            self._due.start()

    def count_rest(self, rest: Callable[[], dict[str, list[Any]]]) -> None:
        """Where to ask for words that have not found their place yet."""
        self._rest = rest

    def read(self) -> None:
        """Ask for what was left, behind what is still being stored."""
        services, desk = self._services, self._desk
        self._runner.submit(Lane.KEEP, lambda: services.left.kept(services.actor, desk), self._on_read)

    def leave(self) -> None:
        """Keep everything now; from here on the window is nobody's. What fails is tried again until it is stored."""
        if self._window is not None:
            self._due.stop()
            self._window.keep_words()
            self._send()
            self._window = self._leaving = self._sent = None
            self._rest = _nothing

    def is_stored(self) -> bool:
        """Whether nothing waits to be tried again."""
        return self._unstored is None

    def _on_turned(self) -> None:
        """Another page is in front, perhaps because what was typed on the one before is on file now."""
        if not self._due.isActive():
            self._due.start()

    def _on_due(self) -> None:
        if self._window is not None:
            self._send()

    def _send(self) -> None:
        if self._leaving is None:
            return
        note = self._leaving.note()
        note["rest"] = self._rest()
        if note == self._sent:
            return
        self._sent = note
        services, desk, content = self._services, self._desk, cast(dict[str, object], dict(note))
        self._store(lambda: services.left.keep(services.actor, desk, content))

    def _store(self, work: Callable[[], None]) -> None:
        def stored(outcome: Outcome[None]) -> None:
            again = outcome.error is not None and not isinstance(outcome.error, InputError)
            self._unstored = work if again else None  # what can never be kept is not tried for ever
            if again:
                self._sent = None
                QTimer.singleShot(_AGAIN_MS, self, self._try_again)

        self._runner.submit(Lane.KEEP, work, stored)

    def _try_again(self) -> None:
        if self._unstored is not None:
            self._store(self._unstored)

    def _on_read(self, outcome: Outcome[Draft | None]) -> None:
        draft = outcome.result
        if draft is not None and self._window is not None:
            fresh = datetime.now(UTC) - draft.saved_at < _SAME_SITTING
            self.found.emit(draft.content, fresh)


def _nothing() -> dict[str, list[Any]]:
    return {"words": [], "forms": []}
