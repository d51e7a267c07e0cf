"""What the expert pool needs from storage."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Any, Protocol

from mediation_desk.access.actor import Actor
from mediation_desk.audit.trail import Trail
from mediation_desk.experts.booking import Booking, Taking
from mediation_desk.experts.choice.ballot import Ballot, Bar, Disclosure, Mark
from mediation_desk.experts.conflicts.model import Earlier, Person
from mediation_desk.experts.mediator import Mediator
from mediation_desk.experts.model import MediatorCard


class Pool(Protocol):
    """The mediators a centre knows."""

    def find(self, pool_no: str) -> MediatorCard | None:
        """The card with this number."""

    def cards(self) -> tuple[MediatorCard, ...]:
        """All cards of mediators who have not left, by number."""

    def learn(self, cards: Sequence[MediatorCard]) -> None:
        """Add cards the pool does not have yet; known ones stay as they are."""

    def running(self) -> dict[str, int]:
        """Open cases per pool number; the cost depends on the open cases only."""

    def revision(self) -> int:
        """A number that moves with every change of any record of the pool."""

    def mediators(self) -> tuple[Mediator, ...]:
        """Every record, those who left included, by number."""

    def mediator(self, pool_no: str) -> Mediator | None:
        """One record with all its parts."""

    def hold(self, pool_nos: Collection[str]) -> None:
        """Keep these records as they are until the unit ends: who changes one meanwhile waits.

        Must be called before they are judged, so that nobody is appointed on what has just ceased to be true.
        Only in a unit that writes.
        """

    def add(self, mediators: Sequence[Mediator]) -> None:
        """Add new records (version 1). Raises ``ConflictError`` when a number is taken."""

    def save(self, before: Mediator, after: Mediator) -> Mediator:
        """Store what changed; raises ``ConflictError`` when somebody saved since ``before`` was read.

        Leave is entered into the bookings here: a leave over an arranged session is refused by the database
        unless the leave carries an ``override``.
        """

    def remove(self, pool_nos: Collection[str]) -> None:
        """Take records out that no case, ballot or disclosure refers to (undo of an import batch)."""

    def in_use(self, pool_nos: Collection[str]) -> frozenset[str]:
        """Those that a case, ballot or disclosure refers to, and which can therefore not be removed."""

    def photo(self, pool_no: str) -> bytes | None:
        """The photo as stored (JPEG)."""

    def keep_photo(self, pool_no: str, photo: bytes | None) -> None:
        """Store, replace or take away the photo; moves the revision."""

    def last_chosen(self, pool_nos: Collection[str]) -> Mapping[str, date]:
        """Day of the newest appointment of each, for the rotation; one index seek a mediator."""

    def handled(self, pool_nos: Collection[str], category: str) -> Mapping[str, int]:
        """How many cases of this kind each of these has concluded; zero ones may be missing."""

    def earlier(self, case_key: str, people: Sequence[Person]) -> tuple[Earlier, ...]:
        """Earlier cases in which somebody of the pool met one of ``people``.

        As party, agent, guardian or representative: every such case. As mediator of an earlier case: the newest
        of each person only (bounded, so that a company with thousands of cases costs no more than a neighbour).
        """


class Bookings(Protocol):
    """Time taken. Sessions and leave enter it through ``cases`` and ``pool``; here it is read and overridden."""

    def between(
        self, starts: datetime, ends: datetime, pool_nos: Collection[str] | None = None
    ) -> tuple[Booking, ...]:
        """Bookings of people of the pool that touch the time, of everybody or of these, by start."""

    def takings(
        self, starts: datetime, ends: datetime, keys: Collection[str] | None = None
    ) -> tuple[Taking, ...]:
        """Whatever is taken then, rooms and parties too, by start; with ``keys`` only these."""

    def override(self, case_key: str, session_no: int, reason: str, *, account: str, at: datetime) -> None:
        """Let this session of the case overlap; must be called before the case is saved in the same unit."""


class Choosing(Protocol):
    """Rounds of choosing, disclosures and bars of a case."""

    def ballots(self, case_key: str) -> tuple[Ballot, ...]:
        """All rounds, oldest first."""

    def open(self, ballot: Ballot) -> Ballot:
        """Store a new round (version 1)."""

    def mark(self, case_key: str, no: int, mark: Mark) -> None:
        """Store or replace one party's mark of an open round; other parties' marks are not touched.

        Raises ``ConflictError`` when the round is closed or that party's mark is sealed already.
        """

    def close(self, ballot: Ballot) -> Ballot:
        """Store result, why, closed_at and ended_by; raises ``ConflictError`` on a stale version."""

    def disclosures(self, case_key: str) -> tuple[Disclosure, ...]:
        """All disclosures, oldest first."""

    def disclose(self, disclosure: Disclosure) -> Disclosure:
        """Store a new or changed disclosure (one per case and mediator; guarded by its version)."""

    def bars(self, case_keys: Collection[str]) -> tuple[Bar, ...]:
        """Bars that come from these cases. Kept from the day of appointment on; never taken away."""


class Notes(Protocol):
    """Small values of the centre that are not rules: a PIN's hash, a remembered column mapping."""

    def get(self, key: str) -> Any:
        """The value, or None."""

    def put(self, key: str, value: Any) -> None:
        """Store or replace a JSON value."""


class PoolWork(Protocol):
    """One unit of work over the pool."""

    @property
    def pool(self) -> Pool:
        """Mediators."""

    @property
    def bookings(self) -> Bookings:
        """Time taken."""

    @property
    def choosing(self) -> Choosing:
        """Rounds, disclosures, bars."""

    @property
    def notes(self) -> Notes:
        """Small values."""

    @property
    def audit(self) -> Trail:
        """Audit trail."""


class PoolStorage(Protocol):
    """Opens units of work."""

    def read(self, actor: Actor) -> AbstractContextManager[PoolWork]:
        """A consistent view that cannot write."""

    def write(self, actor: Actor) -> AbstractContextManager[PoolWork]:
        """A unit that commits when left without an exception."""
