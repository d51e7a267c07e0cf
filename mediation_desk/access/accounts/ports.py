"""What the accounts need from storage."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from mediation_desk.access.accounts.model import Account
from mediation_desk.access.accounts.rekeyed import Renewal
from mediation_desk.access.accounts.ring import Turn
from mediation_desk.access.accounts.tries import Refusal, Tick, Tries
from mediation_desk.access.accounts.wrapping import Wrap
from mediation_desk.access.actor import Actor
from mediation_desk.shared.watching import Watch


class Accounts(Protocol):
    """The accounts."""

    def any(self) -> bool:
        """Whether there is one at all."""

    def find(self, name: str) -> Account | None:
        """The account of this name."""

    def all(self, *, alone: bool = False) -> tuple[Account, ...]:
        """Every account by name; ``alone``: nobody else changes one before this unit ends."""

    def add(self, account: Account) -> None:
        """Store a new one; raises ``ConflictError`` when name or display name is taken."""

    def save(self, before: Account, after: Account) -> None:
        """Store what changed; raises ``ConflictError`` when somebody saved since ``before`` was read."""


class Keys(Protocol):
    """The data key as each account keeps it, and tries at passwords: what is read before anybody signed in."""

    def any(self) -> bool:
        """Whether anybody holds the key."""

    @property
    def number(self) -> int:
        """The number of the data key in force."""

    def turn(self) -> Turn | None:
        """It, None for the first."""

    def change_turn(self, turn: Turn) -> None:
        """Store what else is sealed under it."""

    def holders(self) -> frozenset[str]:
        """Who holds it, as in ``who()``."""

    def wrap(self, holder: str) -> Wrap | None:
        """The data key as this holder keeps it."""

    def keep_wrap(self, wrapped: Wrap) -> None:
        """Store or replace it."""

    def drop_wrap(self, holder: str) -> None:
        """This holder opens nothing any more."""

    def tries(self, who: str) -> Tries | None:
        """Tries since the last that was right; nobody else counts at it before this unit ends."""

    def keep_tries(self, who: str, tries: Tries) -> None:
        """Store them."""

    def drop_tries(self, who: str) -> None:
        """Forget them."""

    def tick(self) -> Tick | None:
        """The server's clock, or None where this machine's own is to be used."""

    def refuse(self, who: str, at: datetime) -> None:
        """Remember that a try was refused, until it can be put on record."""

    def take_refusals(self) -> tuple[Refusal, ...]:
        """What was remembered, to be put on record in this unit."""


class Trail(Protocol):
    """Who did what; written in the transaction of the act."""

    def write(
        self, *, at: datetime, account: str, action: str, details: dict[str, object] | None = None
    ) -> None:
        """Append one entry."""


class AccountWork(Protocol):
    """One unit of work over accounts."""

    @property
    def accounts(self) -> Accounts:
        """Accounts."""

    @property
    def keys(self) -> Keys:
        """The keys they hold."""

    @property
    def audit(self) -> Trail:
        """Audit trail."""


class AccountStorage(Protocol):
    """Opens units of work, and the way to the data."""

    @property
    def practice(self) -> bool:
        """Whether the database was made as a practice centre."""

    @property
    def is_open(self) -> bool:
        """Whether its units can be opened now; a locked one has only its door."""

    def door(self) -> AbstractContextManager[Keys]:
        """A unit over the keys alone, which needs nobody signed in; commits when left without an exception."""

    def unlock(self, data_key: bytes, *, begin: bool = False) -> None:
        """Open the data with the key of the centre; ``begin``: they are made now. Raises ``StorageError``."""

    def rekey(
        self, actor: Actor, prepare: Callable[[AccountWork], Renewal], watch: Watch | None = None
    ) -> Renewal:
        """Change the data key in a unit of ``actor`` in which ``prepare`` says to what; all, or nothing."""

    def lock(self) -> None:
        """Nobody is signed in any more: the key goes, and what is open with it."""

    def read(self, actor: Actor) -> AbstractContextManager[AccountWork]:
        """A consistent view that cannot write."""

    def write(self, actor: Actor) -> AbstractContextManager[AccountWork]:
        """A unit that commits when left without an exception."""
