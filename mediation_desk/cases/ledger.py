"""A case taken from an old register (台账): what its line says, word for word, and the batch it came in."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from mediation_desk.access.actor import Actor
from mediation_desk.agreements.model import AgreementForm
from mediation_desk.cases.vocabulary import Category, Result
from mediation_desk.shared.record import record

if TYPE_CHECKING:
    from mediation_desk.audit.trail import Trail
    from mediation_desk.cases.model import CaseFile
    from mediation_desk.cases.ports import Numbers
    from mediation_desk.cases.summary import HistoryEntry
    from mediation_desk.experts.ports import Notes, Pool


@record
class LedgerEntry:
    """The line a case was taken from. Nothing below ``cells`` is proven by papers on file.

    ``cells`` has every cell by its heading, as it stood; ``closed`` says whether the register counts the case as
    over. ``result``, ``concluded_on``, ``form``, ``amount`` (yuan) and ``performance`` are what it says of the end,
    None or empty where it says nothing; ``mediator_no`` is the one person of the pool with the name it gives.
    """

    batch: str
    file: str
    sheet: str
    row: int
    cells: Mapping[str, str]
    closed: bool
    result: Result | None = None
    concluded_on: date | None = None
    form: AgreementForm | None = None
    amount: Decimal | None = None
    performance: str = ""
    mediator: str = ""
    mediator_no: str | None = None


@record
class LedgerBatch:
    """One import. ``taken`` cases came in; without ``finished_at`` it was stopped or interrupted on the way.

    ``stayed`` cases had been worked on when the batch was taken back, and are still there.
    """

    id: str
    at: datetime
    account: str
    file: str
    sheet: str
    taken: int = 0
    skipped: int = 0
    wrong: int = 0
    finished_at: datetime | None = None
    undone_at: datetime | None = None
    stayed: int = 0


@record
class KnownCase:
    """A case on file, as far as it is compared with a line of a register; ``line`` names the one it came from."""

    case_key: str
    number: str | None
    received_on: date
    party_names: str
    category: Category
    line: tuple[str, str, int] | None = None


class Ledgers(Protocol):
    """Batches of cases taken from registers."""

    def known(self, numbers: Collection[str], names: Collection[tuple[date, str]]) -> tuple[KnownCase, ...]:
        """Cases with one of these numbers, or received on a day between these people (names joined by 、)."""

    def open(self, batch: LedgerBatch) -> None:
        """Store a new batch."""

    def save(self, batch: LedgerBatch) -> None:
        """Store what became of a batch."""

    def batch(self, batch_id: str) -> LedgerBatch | None:
        """The batch of this name."""

    def batches(self, most: int) -> tuple[LedgerBatch, ...]:
        """The last batches, newest first."""

    def add(self, files: Sequence[CaseFile], entries: Sequence[HistoryEntry]) -> None:
        """Store new cases, each with the first line of its diary.

        Raises ``ConflictError`` when a key or number is taken.
        """

    def in_reach(self, batch_id: str) -> bool:
        """Whether every case of the batch is seen by whoever asks."""

    def worked_on(self, batch_id: str, *, seen_only: bool = False) -> tuple[str, ...]:
        """Keys of the batch's cases on which something was done since, or to which something refers."""

    def remove(self, batch_id: str, stay: Collection[str], most: int) -> int:
        """Take up to ``most`` cases of the batch out with all their parts, except ``stay``; how many it were."""


class LedgerWork(Protocol):
    """One unit of work over registers."""

    @property
    def ledgers(self) -> Ledgers:
        """Batches."""

    @property
    def pool(self) -> Pool:
        """Mediators."""

    @property
    def notes(self) -> Notes:
        """Small values of the centre."""

    @property
    def numbers(self) -> Numbers:
        """Number series."""

    @property
    def audit(self) -> Trail:
        """Audit trail."""


class LedgerStorage(Protocol):
    """Opens units of work."""

    def read(self, actor: Actor) -> AbstractContextManager[LedgerWork]:
        """A consistent view that cannot write."""

    def write(self, actor: Actor) -> AbstractContextManager[LedgerWork]:
        """A unit that commits when left without an exception."""
