"""What the expert pool needs from storage."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from mediation_desk.experts.model import MediatorCard


class Pool(Protocol):
    """The mediators a centre knows."""

    def find(self, pool_no: str) -> MediatorCard | None:
        """The card with this number."""

    def cards(self) -> tuple[MediatorCard, ...]:
        """All active cards, by number."""

    def learn(self, cards: Sequence[MediatorCard]) -> None:
        """Add cards the pool does not have yet; known ones stay as they are."""

    def running(self) -> dict[str, int]:
        """Open cases per pool number."""


class Trail(Protocol):
    """Who did what; written in the transaction of the act."""

    def write(
        self,
        *,
        at: datetime,
        account: str,
        action: str,
        case_key: str | None = None,
        details: dict[str, object] | None = None,
    ) -> None:
        """Append one entry; ``details`` hold codes and counts, never names."""


class PoolWork(Protocol):
    """One unit of work over the pool."""

    @property
    def pool(self) -> Pool:
        """Mediators."""

    @property
    def audit(self) -> Trail:
        """Audit trail."""


class PoolStorage(Protocol):
    """Opens units of work."""

    def read(self) -> AbstractContextManager[PoolWork]:
        """A consistent view that cannot write."""

    def write(self) -> AbstractContextManager[PoolWork]:
        """A unit that commits when left without an exception."""
