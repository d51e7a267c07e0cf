"""Keeps what is being typed: at once with the first keystroke, then again and again while the typing goes on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from time import monotonic
from uuid import uuid4

from PySide6.QtCore import QObject, QTimer, Signal

from mediation_desk.shared.changes import Changes
from mediation_desk.shared.errors import DeskError
from ui.screens.base import Context
from ui.screens.intake.drafts import PREFIX, TOPIC
from ui.screens.intake.words import Words, meant
from ui.tasks.keeper import Keeper

_EVERY_MS = 600
"""Between two savings while somebody types on. With the writing itself a keystroke is stored within a second."""
_SOON_MS = 40
_AGAIN_MS = 2000
"""After a failure: the disk may have room again."""


class DraftKeeper(Keeper):
    """One unfinished intake at a time; ``words`` reads the screen.

    ``kept(datetime)`` after each saving; ``troubled(sentence)`` when storage does not take it: the words are on
    the screen, saving is tried again by itself, and ``kept`` tells when it went well.
    """

    kept = Signal(object)
    troubled = Signal(str)

    def __init__(self, context: Context, words: Callable[[], dict[str, object]], parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._words = context, words
        self.key = _fresh_key()
        self._blank: Words = {}
        self._sent: Words | None = None
        self._known = self._late = False
        self._storing = 0
        self._last = 0.0
        self._afterwards: list[Callable[[], object]] = []
        self._due = QTimer(self, singleShot=True)
        self._due.timeout.connect(self._on_due)

    def start(self, key: str = "") -> None:
        """Begin another intake; what stands on the screen now is what blank means, unless ``key`` is taken up."""
        self._due.stop()
        self.key, self._known, self._late = key or _fresh_key(), bool(key), False
        self._sent = meant(self._words()) if key else None
        if not key:
            self._blank = meant(self._words())

    def touched(self) -> None:
        """Something was typed. The clock is not set back by more typing: that would put the saving off for ever."""
        if not self._due.isActive():
            waited = int((monotonic() - self._last) * 1000)
            self._due.start(max(_SOON_MS, _EVERY_MS - waited))

    def is_blank(self) -> bool:
        """Whether nothing has been typed."""
        return meant(self._words()) == self._blank

    def keep(self, then: Callable[[], object] = lambda: None) -> None:
        """Keep it now; an intake emptied again is forgotten. ``then`` runs when it is stored, not when it failed."""
        self._due.stop()
        words, services, key = self._words(), self._context.services, self.key
        found = meant(words)
        blank = found == self._blank
        if not self._storing and (found == self._sent or (self._sent is None and blank)):
            then()
        elif blank:
            self._known = False
            self._submit(lambda: services.cases.drop_draft(services.actor, key), None, then, news=True)
        else:
            news, self._known = not self._known, True
            self._submit(
                lambda: services.cases.keep_draft(services.actor, key, words), found, then, news=news
            )

    def flush(self) -> None:
        """Do not wait for the pause."""
        if self._due.isActive() or self._late:
            self._late = False
            self.keep()

    def settled(self, then: Callable[[], object]) -> None:
        """Nothing more is to be kept now, and ``then`` runs when nothing is under way any more."""
        self._due.stop()
        self._late = False
        if self._storing:
            self._afterwards.append(then)
        else:
            then()

    def _on_due(self) -> None:
        if self._storing:  # a slow disk: one saving at a time, the next one has the newest words
            self._late = True
        else:
            self.keep()

    def _submit(
        self, do: Callable[[], object], found: Words | None, then: Callable[[], object], *, news: bool
    ) -> None:
        self._last, self._sent, key = monotonic(), found, self.key
        self._storing += 1

        def done() -> None:
            self._storing -= 1
            if key == self.key:
                self.kept.emit(datetime.now().astimezone())
            then()
            self._go_on()

        def failed(error: BaseException) -> bool:
            self._storing -= 1
            if key == self.key:
                self._sent = {}
                self._due.start(_AGAIN_MS)
                self.troubled.emit(error.message if isinstance(error, DeskError) else "")
            self._go_on()
            return isinstance(error, DeskError)

        self._context.desk.keep(do, done, failed, touches=Changes.of(TOPIC) if news else None, owner=self)

    def _go_on(self) -> None:
        """What waited for the saving to end."""
        if self._storing:
            return
        waiting, self._afterwards = self._afterwards, []
        for then in waiting:
            then()
        if self._late:
            self._late = False
            self.touched()


def _fresh_key() -> str:
    return f"{PREFIX}{uuid4().hex}"
