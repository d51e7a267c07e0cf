"""What is kept of a record while it is being made: its text, where it came from, who read it and what they said."""

from __future__ import annotations

import hashlib
from datetime import datetime
from enum import StrEnum

from mediation_desk.hearings.board.opening import OpeningItem
from mediation_desk.hearings.model import Attendance, SessionResult
from mediation_desk.shared.record import record


class Answer(StrEnum):
    """What a party says of the record that was read to it."""

    AGREES = "核对无误"
    OBJECTS = "有异议"


class Reading(StrEnum):
    """How the parties came to know the text."""

    ALOUD = "宣读"
    LARGE = "大字显示"
    PAPER = "交各方阅读"


@record
class ReadMark:
    """The text was read: by whom, when, how; ``digest`` says which words these were."""

    by: str
    at: datetime
    how: Reading
    digest: str


@record
class ReadBack:
    """The answer of one party; it holds only for the words whose ``digest`` it carries."""

    session_no: int
    ref: str
    answer: Answer
    remark: str = ""
    at: datetime
    account: str
    digest: str


@record
class WorkingRecord:
    """The record in work. ``composed`` is the text last taken from the board, at its ``revision``.

    What ``text`` says otherwise was edited by hand. ``version`` 0 means that nobody has saved it yet.
    """

    session_no: int
    text: str
    composed: str
    revision: int
    read: ReadMark | None = None
    frozen_at: datetime | None = None
    version: int = 0

    @property
    def is_read(self) -> bool:
        """Whether the parties know the text as it stands."""
        return self.read is not None and self.read.digest == digest(self.text)


@record
class Composed:
    """What the board says, ready to be a record. Nothing in ``text`` comes from behind a wall."""

    session_no: int
    revision: int
    text: str
    attendees: tuple[Attendance, ...]
    absent: tuple[str, ...]
    invited: tuple[str, ...]
    rights_told: bool
    result: SessionResult
    missing: tuple[OpeningItem, ...]


@record
class Minutes:
    """Everything a form needs to make the record of one session."""

    composed: Composed
    working: WorkingRecord
    answers: tuple[ReadBack, ...]

    @property
    def has_later(self) -> bool:
        """Whether the board says something that was not taken into the text yet."""
        return self.working.composed != self.composed.text

    def answer(self, ref: str) -> ReadBack | None:
        """What this party said of the text as it stands; an answer to other words is none."""
        now = digest(self.working.text)
        return next((one for one in self.answers if one.ref == ref and one.digest == now), None)


def digest(text: str) -> str:
    """Which words these are: SHA-256 of the text without surrounding blanks."""
    return hashlib.sha256(text.strip().encode()).hexdigest()
