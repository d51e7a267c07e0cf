"""One line of the session board: who said what, when, about which issue, and who may ever see it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from mediation_desk.shared.record import record


class NoteKind(StrEnum):
    """What a line is. 让步 is a fact admitted for the sake of compromise: never an undisputed fact (§1.7)."""

    STATEMENT = "陈述"
    FACT = "认可的事实"
    CONCESSION = "让步"
    ISSUE = "争议焦点"
    EVIDENCE = "证据"
    QUESTION = "提问"
    OFFER = "方案"
    RISK = "告知风险"
    LAW = "释明法律"
    COURSE = "过程"

    @property
    def bargains(self) -> bool:
        """Whether it belongs to the bargaining, which cannot be held against anybody later (特邀调解规定 art. 22)."""
        return self in (NoteKind.OFFER, NoteKind.CONCESSION)


class Wall(StrEnum):
    """Who may see a line (LR-22)."""

    JOINT = "各方"
    SIDE = "与一方"
    MEDIATORS = "仅调解员"


@record
class Release:
    """A party let its private words out: who consented, on which day, how."""

    by: str
    on: date
    how: str


@record
class Struck:
    """Crossed out, still legible: nothing on the board is ever erased."""

    at: datetime
    by: str
    reason: str


@record
class Terms:
    """What an offer would mean: who pays whom how much until when, in yuan; refs joined by ``+``."""

    payer: str | None = None
    payee: str | None = None
    amount: Decimal | None = None
    due_on: date | None = None


@record
class Withdrawn:
    """An offer taken back."""

    on: date
    by: str
    reason: str


@record
class Note:
    """A line. ``no`` is its number in the case and never changes; ``revision`` moves with every change of the board.

    ``key`` is given by the window that wrote it, so that a save repeated after a lost answer makes no second line.
    ``speaker`` is a ref of the case file, or ``邀请:`` and a name. ``issue`` is the number of the 争议焦点 it belongs
    to; ``answers`` the number of the offer this one counters. ``beside`` is the line whose text somebody else had
    just changed: both versions stand.
    """

    no: int = 0
    key: str
    session_no: int
    speaker: str
    kind: NoteKind = NoteKind.STATEMENT
    text: str
    at: datetime
    account: str = ""
    wall: Wall = Wall.JOINT
    side: str | None = None
    release: Release | None = None
    issue: int | None = None
    terms: Terms | None = None
    answers: int | None = None
    accepted_by: tuple[str, ...] = ()
    accepted_on: date | None = None
    withdrawn: Withdrawn | None = None
    struck: Struck | None = None
    beside: int | None = None
    version: int = 0
    revision: int = 0

    @property
    def counts(self) -> bool:
        """Whether it still stands."""
        return self.struck is None

    @property
    def is_joint(self) -> bool:
        """Whether every party may see it: said before all, or released by the party that said it in private."""
        return self.wall is Wall.JOINT or self.release is not None
