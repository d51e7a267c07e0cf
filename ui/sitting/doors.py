"""What the sitting asks of the composition root: who may sit down, and the services that act as that account."""

from __future__ import annotations

from typing import Protocol

from mediation_desk.access.actor import Actor
from ui.services import Services


class Doors(Protocol):
    """Calls run on the worker, except `services_for`."""

    def services_for(self, actor: Actor) -> Services:
        """Every service, acting as this account."""
        ...

    def sign_in(self, account: str, password: str) -> Actor:
        """Who that is. Raises ``InputError`` or ``RuleError`` with one plain sentence."""
        ...

    def rest(self) -> None:
        """Nobody sits here: drop the connections and what was remembered of records."""
        ...
