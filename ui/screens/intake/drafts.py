"""Keeps what is being typed from the first keystroke on, and lists what was left unfinished."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from uuid import uuid4

from PySide6.QtCore import QObject, QTimer

from mediation_desk.cases.summary import Draft
from mediation_desk.shared.changes import Changes
from ui.screens.base import Context
from ui.screens.intake.words import Words, meant, names, text

PREFIX = "intake:"
TOPIC = "drafts"
"""What screens that list drafts listen to."""
_SETTLE_MS = 800
_LONGEST = 14


class DraftKeeper(QObject):
    """One unfinished intake at a time; ``words`` reads the screen when the typing pauses."""

    def __init__(self, context: Context, words: Callable[[], dict[str, object]], parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._words = context, words
        self.key = _fresh_key()
        self._blank: Words = {}
        self._kept: Words | None = None
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self.keep)

    def start(self, key: str = "") -> None:
        """Begin another intake; what stands on the screen now is what blank means, unless ``key`` is taken up."""
        self._settle.stop()
        self.key = key or _fresh_key()
        self._kept = meant(self._words()) if key else None
        if not key:
            self._blank = meant(self._words())

    def touched(self) -> None:
        """Something was typed: keep it when the typing pauses."""
        self._settle.start()

    def is_blank(self) -> bool:
        """Whether nothing has been typed."""
        return meant(self._words()) == self._blank

    def keep(self) -> None:
        """Keep it now; an intake emptied again is forgotten."""
        self._settle.stop()
        words, services, key = self._words(), self._context.services, self.key
        found = meant(words)
        if found == self._kept or (self._kept is None and found == self._blank):
            return
        self._kept = None if found == self._blank else found
        change = Changes.of(TOPIC)
        if self._kept is None:
            self._context.desk.command(lambda: services.cases.drop_draft(services.actor, key), touches=change)
        else:
            self._context.desk.command(
                lambda: services.cases.keep_draft(services.actor, key, words), touches=change
            )

    def settled(self) -> None:
        """It has become a case: nothing is to be kept any more."""
        self._settle.stop()


def unfinished(drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
    """The intakes among all drafts."""
    return tuple(draft for draft in drafts if draft.key.startswith(PREFIX))


def draft_title(draft: Draft) -> str:
    """Names, or the first words of what happened."""
    who = "、".join(names(draft.content))
    facts = " ".join(text(draft.content, "facts").split())
    shown = who or facts or "还没有写名字"
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"


def saved_words(saved_at: datetime, today: date) -> str:
    """``今天 16:20``, ``11月3日 09:05``."""
    local = saved_at.astimezone()
    day = "今天" if local.date() == today else f"{local.month}月{local.day}日"
    return f"{day} {local:%H:%M}"


def _fresh_key() -> str:
    return f"{PREFIX}{uuid4().hex}"
