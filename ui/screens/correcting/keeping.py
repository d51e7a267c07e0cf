"""Words of a correction outlive the program: what stands on the sheet, and what stood there before anybody typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer

from mediation_desk.cases.model import CaseFile
from ui.screens.base import Context
from ui.screens.case_page.view import draft_key
from ui.screens.intake.words import Words, part, text
from ui.tasks.keeper import Keeper

FORM = "correct"
_SETTLE_MS = 800


@dataclass(frozen=True, slots=True)
class Kept:
    """``shown`` is what the file looked like on the sheet when the typing began; ``refs`` its rows."""

    words: Words
    shown: Words
    refs: tuple[str, ...]
    reason: str


def kept_in(content: Words) -> Kept:
    """A draft read again."""
    refs = content.get("refs")
    return Kept(
        words=part(content, "words"),
        shown=part(content, "shown"),
        refs=tuple(str(ref) for ref in refs) if isinstance(refs, list) else (),
        reason=text(content, "reason"),
    )


class CorrectionKeeper(Keeper):
    """Stores what is being corrected a moment after the typing pauses; `drop` when it is done or not wanted."""

    def __init__(self, context: Context, read: Callable[[], Kept], parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._read = context, read
        self._key = ""
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self.keep)

    def begin(self, file: CaseFile) -> None:
        """Another case."""
        self._settle.stop()
        self._key = draft_key(file.case_key, FORM)

    def touched(self) -> None:
        """Something was typed."""
        self._settle.start()

    def flush(self) -> None:
        """Do not wait for the pause."""
        if self.is_waiting():
            self.keep()

    def keep(self) -> None:
        """Keep it now."""
        self._settle.stop()
        if not self._key:
            return
        now, services, key = self._read(), self._context.services, self._key
        content: dict[str, object] = {
            "words": dict(now.words),
            "shown": dict(now.shown),
            "refs": list(now.refs),
            "reason": now.reason,
        }
        self._context.desk.command(lambda: services.cases.keep_draft(services.actor, key, content))

    def drop(self) -> None:
        """It is on file now, or not wanted."""
        self._settle.stop()
        services, key = self._context.services, self._key
        if key:
            self._context.desk.command(lambda: services.cases.drop_draft(services.actor, key))

    def is_waiting(self) -> bool:
        """Whether something typed is not stored yet."""
        return self._settle.isActive()
