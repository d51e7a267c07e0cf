"""What the board needs from storage: lines with a version each, and one revision for the whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from mediation_desk.hearings.board.notes import Note
from mediation_desk.hearings.board.opening import Opened, Present


class Boards(Protocol):
    """The boards of all cases. Every write moves the revision of its board."""

    def revision(self, case_key: str) -> int:
        """The newest revision; 0 where nothing was written yet."""

    def notes(self, case_key: str, since: int = 0) -> tuple[Note, ...]:
        """Lines changed after revision ``since``, by number."""

    def note(self, case_key: str, no: int) -> Note | None:
        """One line."""

    def written(self, case_key: str, key: str) -> Note | None:
        """The line a window wrote under ``key``."""

    def add(self, case_key: str, note: Note) -> Note:
        """Store a new line; gives it number, version and revision."""

    def save(self, case_key: str, note: Note) -> Note | None:
        """Store a line read as ``note.version``; None when somebody changed it since."""

    def renumber(self, case_key: str, numbers: Mapping[int, int]) -> None:
        """Put everything written for a session, its record in work included, under its new number, by the old one."""

    def opened(self, case_key: str, session_no: int) -> tuple[Opened, ...]:
        """Items of the opening done so far."""

    def open(self, case_key: str, item: Opened, *, done: bool) -> None:
        """Note or take back an item."""

    def present(self, case_key: str, session_no: int) -> tuple[Present, ...]:
        """Who is there and how."""

    def attend(self, case_key: str, present: Present) -> None:
        """Note or replace how one person attends."""
