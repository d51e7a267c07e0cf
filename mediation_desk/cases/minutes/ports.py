"""What the record in work needs from storage."""

from __future__ import annotations

from typing import Protocol

from mediation_desk.cases.minutes.model import ReadBack, WorkingRecord


class WorkingRecords(Protocol):
    """Records in work, one for each session, each with a version of its own."""

    def find(self, case_key: str, session_no: int) -> WorkingRecord | None:
        """The record in work of this session."""

    def save(self, case_key: str, working: WorkingRecord) -> WorkingRecord | None:
        """Store what was read as ``working.version`` (0: new); None when somebody saved since."""

    def answers(self, case_key: str, session_no: int) -> tuple[ReadBack, ...]:
        """What the parties said of it."""

    def answer(self, case_key: str, given: ReadBack) -> None:
        """Note or replace the answer of one party."""
