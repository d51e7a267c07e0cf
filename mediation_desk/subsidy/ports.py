"""What subsidies need from storage."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import Protocol

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.audit.trail import Trail
from mediation_desk.cases.model import CaseFile
from mediation_desk.shared.record import record
from mediation_desk.shared.track import Track
from mediation_desk.subsidy.model import Batch, Claim


class Cases(Protocol):
    """Whole case files."""

    def find(self, key_or_number: str) -> CaseFile | None:
        """The file with this key or number."""

    def reached(self, key_or_number: str, permission: Permission) -> bool:
        """Whether the actor of this unit may do that with the case."""

    def find_many(self, keys: Sequence[str]) -> tuple[CaseFile, ...]:
        """Whole files in the order of ``keys``, unknown ones left out."""


@record
class Waiting:
    """Which cases that wait for a claim: ended with an agreement ``first`` to ``last``.

    ``filed``: whether their volume was filed by ``last``, or their agreement is oral; None for both.
    """

    tracks: tuple[Track, ...]
    first: date
    last: date
    filed: bool | None = None


class Subsidies(Protocol):
    """Claims and lists. The cost of every method follows what is not claimed yet or asked for, not the archive."""

    def waiting(
        self, asked: Waiting, limit: int, after: tuple[date, str] | None
    ) -> tuple[tuple[date, str], ...]:
        """Day of the end and key of cases without a live claim, in that order, from behind ``after`` on."""

    def count_waiting(self, asked: Waiting) -> int:
        """How many there are."""

    def hold(self, case_keys: Collection[str]) -> Mapping[str, int]:
        """Keep these cases as they are until the unit ends; their versions. Only in a unit that writes."""

    def like(self, prints: Collection[str], case_keys: Collection[str]) -> Mapping[str, tuple[str, ...]]:
        """Which claimed cases may be the same dispute: keys by fingerprint of the parties, and by key of a case
        that names one of them as related or is named by it."""

    def of_case(self, case_key: str) -> tuple[Claim, ...]:
        """Every claim of a case, oldest first."""

    def of_batch(self, batch: int) -> tuple[Claim, ...]:
        """The lines of a list in their order."""

    def to_take_back(self) -> tuple[Claim, ...]:
        """Negative lines that stand on no list yet."""

    def differing(self) -> tuple[Claim, ...]:
        """Live claims whose case was changed since."""

    def batches(self, month: date | None, limit: int) -> tuple[Batch, ...]:
        """Lists of a month, or the last ones, newest first."""

    def batch(self, month: date, no: int) -> Batch | None:
        """One list."""

    def open(self, batch: Batch) -> Batch:
        """Store a new list; it gets its id."""

    def save(self, batch: Batch) -> Batch:
        """Store what became of a list. Raises ``ConflictError`` when somebody decided since it was read."""

    def add(self, claims: Sequence[Claim]) -> tuple[Claim, ...]:
        """Store claims. Raises ``ConflictError`` when a case has a live one already."""

    def change(self, claim: Claim) -> None:
        """Store status, list and decision of a claim; amounts and words of a claim never change."""

    def rewait(self, file: CaseFile) -> None:
        """Make what is kept about a case waiting for a claim what its file and its claims say."""


class SubsidyWork(Protocol):
    """A unit of work."""

    @property
    def cases(self) -> Cases:
        """Case files."""

    @property
    def subsidies(self) -> Subsidies:
        """Claims."""

    @property
    def audit(self) -> Trail:
        """Audit trail."""


class SubsidyStorage(Protocol):
    """Opens units of work."""

    def read(self, actor: Actor) -> AbstractContextManager[SubsidyWork]:
        """A consistent view that cannot write."""

    def write(self, actor: Actor) -> AbstractContextManager[SubsidyWork]:
        """A unit that commits when left without an exception."""
