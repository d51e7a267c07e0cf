"""Who sits at this desk now."""

from __future__ import annotations

from mediation_desk.access.actor import Actor
from mediation_desk.shared.errors import PermissionDenied


class Seat:
    """Empty until somebody signs in, and again when the desk is locked.

    Screens and commands ask it each time; nobody keeps an actor beyond one act.
    """

    def __init__(self) -> None:
        self._actor: Actor | None = None

    @property
    def actor(self) -> Actor:
        """Who acts. Raises ``PermissionDenied`` while the seat is empty."""
        if self._actor is None:
            raise PermissionDenied("还没有登录。")
        return self._actor

    @property
    def taken(self) -> bool:
        """Whether somebody sits here."""
        return self._actor is not None

    def take(self, actor: Actor) -> None:
        """``actor`` signed in."""
        self._actor = actor

    def leave(self) -> None:
        """Nobody acts any more until somebody signs in."""
        self._actor = None
