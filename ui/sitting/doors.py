"""What the sitting asks of the composition root: who may sit down, and the services that act as that account."""

from __future__ import annotations

from typing import Protocol

from mediation_desk.access.actor import Actor
from mediation_desk.settings import Settings
from mediation_desk.shared.watching import Watch
from ui.restoring.flow import Restorer
from ui.services import Services


class Doors(Protocol):
    """Calls run on the worker, except `services_for` and ``practice``."""

    @property
    def practice(self) -> bool:
        """Whether one sits at the practice centre."""
        ...

    @property
    def settings(self) -> Settings:
        """Where the centre's own data lie."""
        ...

    def in_use(self) -> bool:
        """Whether anybody has an account here."""
        ...

    def services_for(self, actor: Actor) -> Services:
        """Every service, acting as this account, whoever signs in afterwards."""
        ...

    def first(self, name: str, display_name: str, password: str) -> tuple[str, Actor]:
        """Make the administrator; the recovery code is told this once. Raises ``InputError``, ``RuleError``."""
        ...

    def sign_in(self, name: str, password: str) -> Actor:
        """Who that is. Raises ``PermissionDenied`` with one plain sentence, ``TooManyTries`` with the wait."""
        ...

    def current(self, actor: Actor) -> Actor:
        """The same as the account stands now. Raises ``PermissionDenied`` where it was locked meanwhile.

        ``OutdatedError`` where another counter has upgraded the database, ``AwayError`` where the server is away.
        """
        ...

    def change_password(self, actor: Actor, old: str, new: str) -> Actor:
        """Raises as `sign_in` for the old one, ``InputError`` for a poor new one."""
        ...

    def recover(self, code: str, name: str, password: str) -> str:
        """Open the centre with the sheet from the safe; the next code. Raises ``DeskError``."""
        ...

    def recovery_sheet(self, code: str) -> bytes:
        """The sheet with this code as a PDF, for whoever was just told it."""
        ...

    def back_up_before_closing(self, watch: Watch) -> None:
        """Back up what changed. Raises ``StorageError``, ``Stopped``."""
        ...

    @property
    def restoring(self) -> Restorer:
        """Backups, into the centre's own place while that is empty."""
        ...

    def practise(self) -> Actor:
        """Open the practice centre beside this one. Raises ``StorageError``."""
        ...

    def go_back(self) -> None:
        """From the practice centre to the centre's own."""
        ...

    def seal_files(self, watch: Watch) -> int:
        """Seal files that lie in clear from before there was a key. Raises ``Stopped``, ``StorageError``."""
        ...

    def rest(self) -> None:
        """Nobody sits here: drop the key, the connections and what was remembered of records."""
        ...
