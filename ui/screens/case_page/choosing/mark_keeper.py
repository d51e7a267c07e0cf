"""Stores what a party marks, tap by tap: one save at a time, of the newest marks, never waited for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from mediation_desk.shared.errors import DeskError
from ui.screens.case_page.tab import Page
from ui.tasks.keeper import Keeper


@dataclass(frozen=True, slots=True)
class Marked:
    """Ranks and strikes of one party in one case as they stand on screen."""

    case_key: str
    party: str
    ranks: tuple[str, ...] = ()
    strikes: tuple[str, ...] = ()


class MarkKeeper(Keeper):
    """Taps made while a save is under way become one further save. ``failed`` carries a sentence, "" when mended."""

    failed = Signal(str)

    def __init__(self, page: Page, parent: QObject) -> None:
        super().__init__(parent)
        self._page = page
        self._waiting: Marked | None = None
        self._unsaved: Marked | None = None
        self._under_way = 0

    def keep(self, marked: Marked) -> None:
        """Store these marks, or remember them until the save under way is through."""
        if self._under_way:
            self._waiting = marked
        else:
            self._send(marked)

    def flush(self) -> None:
        """Queue at once what still waits; for before somebody else's turn."""
        if (marked := self._waiting) is not None:
            self._waiting = None
            self._send(marked)

    def again(self) -> None:
        """Try once more what could not be stored."""
        if self._unsaved is not None:
            self.keep(self._unsaved)

    def seal(
        self, marked: Marked, on_done: Callable[[object], object], on_error: Callable[[BaseException], bool]
    ) -> None:
        """The party's last word; what waited is overtaken by it."""
        self._waiting = self._unsaved = None
        self._page.call(self._saving(marked, sealed=True), on_done, on_error, lambda _none: "")

    def _send(self, marked: Marked) -> None:
        self._under_way += 1
        self._page.context.desk.command(
            self._saving(marked), self._on_stored, lambda error: self._on_failed(marked, error), owner=self
        )

    def _saving(self, marked: Marked, *, sealed: bool = False) -> Callable[[], None]:
        services = self._page.context.services
        return lambda: services.choosing.mark(
            services.actor,
            marked.case_key,
            marked.party,
            ranks=marked.ranks,
            strikes=marked.strikes,
            sealed=sealed,
        )

    def _on_stored(self, _none: None) -> None:
        self._under_way -= 1
        self._unsaved = None
        self.failed.emit("")
        self.flush()

    def _on_failed(self, marked: Marked, error: BaseException) -> bool:
        self._under_way -= 1
        self._unsaved = self._waiting or marked
        self._waiting = None
        if not isinstance(error, DeskError):
            return False
        self.failed.emit(f"{error.message}标记还留在屏幕上。")
        return True
