"""What the register of work needs from storage."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date
from typing import Protocol

from mediation_desk.access.actor import Actor
from mediation_desk.audit.trail import Trail
from mediation_desk.cases.ports import Drafts
from mediation_desk.statistics.work.model import WorkEntry, WorkQuery, WorkSums


class WorkEntries(Protocol):
    """Lines of the register; none is ever changed but by voiding."""

    def add(self, entry: WorkEntry) -> WorkEntry | None:
        """Store a new line, the number is given here; None when its operation was done before."""

    def made_by(self, operation: str) -> WorkEntry | None:
        """The line an operation made."""

    def find(self, number: int) -> WorkEntry | None:
        """The line with this number."""

    def same(self, entry: WorkEntry) -> WorkEntry | None:
        """A counting line that says the same in everything but number, time and person."""

    def void(self, number: int, *, on: date, by: str, reason: str) -> bool:
        """Strike a line that still counts; False when it was struck already."""

    def listed(self, query: WorkQuery) -> tuple[WorkEntry, ...]:
        """Lines, latest first, cut to what the query asks for."""

    def sums(self, query: WorkQuery) -> WorkSums:
        """The counting lines of a query added up, however many are listed."""


class RegisterWork(Protocol):
    """One unit of work over the register."""

    @property
    def entries(self) -> WorkEntries:
        """The register."""

    @property
    def drafts(self) -> Drafts:
        """Words kept before they are a record."""

    @property
    def audit(self) -> Trail:
        """Audit trail."""


class RegisterStorage(Protocol):
    """Opens units of work."""

    def read(self, actor: Actor) -> AbstractContextManager[RegisterWork]:
        """A consistent view that cannot write."""

    def write(self, actor: Actor) -> AbstractContextManager[RegisterWork]:
        """A unit that commits when left without an exception."""
