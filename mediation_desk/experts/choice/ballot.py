"""One round of choosing as it happens: who was shown and why, what each party marked, what came of it (§5.4).

A round is stored beside the case file from the first mark on; the file itself only takes over the outcome.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from mediation_desk.shared.record import record


class MarkedAt(StrEnum):
    """Where a party marked."""

    COUNTER = "窗口"
    WINDOW = "自助选择屏"
    COMMAND = "命令行"


@record
class Shown:
    """One candidate in the neutral order; ``reasons`` say why listed, ``disclose`` what must be told beforehand."""

    pool_no: str
    name: str
    running: int
    reasons: tuple[str, ...] = ()
    disclose: tuple[str, ...] = ()


@record
class LeftOut:
    """A mediator of the pool who was not shown, and every reason for it."""

    pool_no: str
    name: str
    reasons: tuple[str, ...]


@record
class Mark:
    """What one party marked. ``sealed`` once the party said so; before that only this party may go on with it.

    A candidate neither ranked nor struck is "not named". An empty sealed mark is a party that did not choose.
    """

    party: str
    ranks: tuple[str, ...] = ()
    strikes: tuple[str, ...] = ()
    sealed: bool = False
    at: datetime
    place: MarkedAt = MarkedAt.COUNTER
    by: str = ""


@record
class Ballot:
    """选择轮次. ``run_off`` is the second round of the published rule. Closed with a result, or with ``ended_by``."""

    case_key: str
    no: int
    run_off: bool = False
    opened_at: datetime
    language: str = ""
    assisting: int = 0
    rule: str
    shown: tuple[Shown, ...]
    left_out: tuple[LeftOut, ...] = ()
    marks: tuple[Mark, ...] = ()
    result: tuple[str, ...] = ()
    why: str = ""
    closed_at: datetime | None = None
    ended_by: str = ""
    version: int = 0

    @property
    def is_open(self) -> bool:
        """Whether marks can still be made."""
        return self.closed_at is None

    @property
    def candidates(self) -> tuple[str, ...]:
        """Pool numbers in the order shown."""
        return tuple(one.pool_no for one in self.shown)

    def mark_of(self, party: str) -> Mark | None:
        """What this party has marked so far."""
        return next((mark for mark in self.marks if mark.party == party), None)

    def silent(self, parties: tuple[str, ...]) -> tuple[str, ...]:
        """Parties that have not sealed a mark yet."""
        sealed = {mark.party for mark in self.marks if mark.sealed}
        return tuple(party for party in parties if party not in sealed)

    @property
    def ranks(self) -> Mapping[str, tuple[str, ...]]:
        """Sealed ranks by party."""
        return {mark.party: mark.ranks for mark in self.marks if mark.sealed}

    @property
    def strikes(self) -> Mapping[str, tuple[str, ...]]:
        """Sealed strikes by party."""
        return {mark.party: mark.strikes for mark in self.marks if mark.sealed}


@record
class Answer:
    """What a party said to a disclosure: accepts, or wants another mediator and why."""

    party: str
    on: date
    accepts: bool
    ground: str = ""
    detail: str = ""


@record
class Disclosure:
    """披露 of one mediator in one case (LR-17): what was told, what each party answered, and the ruling if any."""

    case_key: str
    pool_no: str
    on: date
    text: str
    hits: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()
    ruling: str = ""
    ruled_by: str = ""
    ruled_on: date | None = None
    basis: str = ""
    version: int = 0


@record
class Bar:
    """What a person who mediated a case may not become in the same case later (特邀调解规定 art. 16)."""

    case_key: str
    pool_no: str
    name: str
    phone: str = ""
    id_no: str = ""
    since: date
