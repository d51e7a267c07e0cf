"""Keeps what is typed into the record form, so that a restart or a look elsewhere loses nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from mediation_desk.cases.summary import Draft
from mediation_desk.shared.changes import Changes
from ui.screens.base import Context
from ui.tasks.keeper import Keeper

PREFIX = "expert:"
_PAUSE_MS = 800


class RecordKeeper(Keeper):
    """`note` after each keystroke, `keep` now, `drop` when it was stored or is not wanted."""

    def __init__(self, context: Context, words: Callable[[], dict[str, object]], parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._words = context, words
        self._key = ""
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._timer.timeout.connect(self.keep)

    def begin(self, pool_no: str, on_draft: Callable[[Draft], object]) -> None:
        """Words for the record with this number, or for a new one; tell when there are some from before."""
        self._timer.stop()
        self._key = f"{PREFIX}{pool_no or 'new'}"
        services, key = self._context.services, self._key

        def found(drafts: tuple[Draft, ...]) -> None:
            draft = next((one for one in drafts if one.key == key), None)
            if draft is not None and key == self._key:
                on_draft(draft)

        self._context.desk.query(lambda: services.cases.drafts(services.actor), found, owner=self)

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
        services, key, words = self._context.services, self._key, self._words()
        self._context.desk.command(
            lambda: services.cases.keep_draft(services.actor, key, words), touches=Changes()
        )

    def drop(self) -> None:
        """Forget them."""
        self._timer.stop()
        services, key = self._context.services, self._key
        self._context.desk.command(lambda: services.cases.drop_draft(services.actor, key), touches=Changes())
