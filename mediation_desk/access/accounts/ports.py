"""What the accounts need from storage."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol

from mediation_desk.access.accounts.model import Account
from mediation_desk.access.accounts.tries import Tick, Tries
from mediation_desk.access.accounts.wrapping import Wrap
from mediation_desk.access.actor import Actor


class Accounts(Protocol):
    """The accounts and the keys they hold."""

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


class Notes(Protocol):
    """Small values of the centre."""

    def get(self, key: str) -> Any:
        """The value, or None."""

    def put(self, key: str, value: Any) -> None:
        """Store or replace a JSON value."""


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
        """Accounts and keys."""

    @property
    def notes(self) -> Notes:
        """Small values of the centre."""

    @property
    def audit(self) -> Trail:
        """Audit trail."""


class AccountStorage(Protocol):
    """Opens units of work."""

    def read(self, actor: Actor) -> AbstractContextManager[AccountWork]:
        """A consistent view that cannot write."""

    def write(self, actor: Actor) -> AbstractContextManager[AccountWork]:
        """A unit that commits when left without an exception."""
