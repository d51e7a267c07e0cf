"""Keeps what is typed into the form of a new line, so that a restart loses nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from mediation_desk.shared.changes import Changes
from ui.screens.base import Context
from ui.tasks.keeper import Keeper

_PAUSE_MS = 800

Words = dict[str, object]


class WorkKeeper(Keeper):
    """`note` after each keystroke, `keep` now, `drop` when the line was kept or is not wanted."""

    def __init__(self, context: Context, words: Callable[[], Words], parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._words = context, words
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._timer.timeout.connect(self.keep)

    def begin(self, on_words: Callable[[Words], object]) -> None:
        """Tell when there are words from before."""

        def found(words: Words) -> None:
            if words:
                on_words(words)

        self._context.desk.query(self._reading(), found, owner=self, slot="words")

    def note(self) -> None:
        """Something was typed."""
        self._timer.start()

    def flush(self) -> None:
        """Do not wait for the pause."""
        if self._timer.isActive():
            self.keep()

    def keep(self) -> None:
        """Keep the words now."""
        self._timer.stop()
        self._context.desk.command(self._keeping(self._words()), touches=Changes())

    def drop(self) -> None:
        """Forget them."""
        self._timer.stop()
        self._context.desk.command(self._dropping(), touches=Changes())

    def _reading(self) -> Callable[[], Words]:
        services = self._context.services
        return lambda: services.work.kept_words(services.actor)

    def _keeping(self, words: Words) -> Callable[[], object]:
        services = self._context.services
        return lambda: services.work.keep_words(services.actor, words)

    def _dropping(self) -> Callable[[], object]:
        services = self._context.services
        return lambda: services.work.drop_words(services.actor)
