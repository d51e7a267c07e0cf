"""What the check and the reading of the trail need from storage."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol

from mediation_desk.access.actor import Actor
from mediation_desk.audit.entry import Entry
from mediation_desk.audit.reading import EntryQuery, Line
from mediation_desk.audit.trail import Trail
from mediation_desk.shared.record import record


@record
class Head:
    """Where the chain ends (``seq``), how far a key holder proved it, the open key in use until ``keyed_from``."""

    seq: int
    proved_seq: int
    proved_link: str
    seal: str
    open_key: str
    keyed_from: int | None


class Chain(Protocol):
    """The stored chain, as it lies in the database."""

    def head(self) -> Head | None:
        """The head; None where somebody removed it."""

    def last(self) -> int:
        """Number of the last entry, 0 where there is none."""

    def rows(self, first: int) -> Iterator[tuple[Any, ...]]:
        """From ``first`` on in the order of their numbers: the fields of ``Entry``, then salt and text of the words.

        Plain tuples: a million of them are looked at.
        """

    def link_at(self, seq: int) -> str | None:
        """The link of one entry."""

    def twin(self, entry: Entry) -> int | None:
        """Number of another entry that says the very same."""

    def erased(self) -> frozenset[int]:
        """Entries whose words were destroyed, as the entries about it say."""


class Reading(Protocol):
    """The trail, for people."""

    def listed(self, query: EntryQuery) -> tuple[Line, ...]:
        """Entries that fit, newest first, with all their words."""

    def accounts(self) -> tuple[str, ...]:
        """Everybody who ever wrote an entry."""

    def between(self, first: datetime, last: datetime) -> tuple[tuple[str, str, int], ...]:
        """How often each account did each act in that time."""


class AuditWork(Protocol):
    """One unit of work over the trail."""

    @property
    def audit(self) -> Trail:
        """To write to."""

    @property
    def chain(self) -> Chain:
        """To check."""

    @property
    def trail(self) -> Reading:
        """To read."""


class AuditStorage(Protocol):
    """Opens units of work."""

    @property
    def audit_key(self) -> bytes | None:
        """The chain key of whoever is signed in."""

    def read(self, actor: Actor) -> AbstractContextManager[AuditWork]:
        """A consistent view that cannot write."""

    def write(self, actor: Actor) -> AbstractContextManager[AuditWork]:
        """A unit that commits when left without an exception."""
