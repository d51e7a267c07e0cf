"""Who sits at this desk now, and the key his password opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from time import monotonic

from mediation_desk.access.actor import Actor
from mediation_desk.shared.errors import PermissionDenied


class Seat:
    """Empty until somebody signs in, and again when the desk is locked.

    Screens and commands ask it each time; nobody keeps an actor beyond one act.
    """

    def __init__(self, stopwatch: Callable[[], float] = monotonic) -> None:
        self._actor: Actor | None = None
        self._key = bytearray()
        self._stopwatch = stopwatch
        self._open_until: float | None = None

    @property
    def actor(self) -> Actor:
        """Who acts. Raises ``PermissionDenied`` while the seat is empty."""
        if self._actor is None:
            raise PermissionDenied("还没有登录。")
        if self._open_until is not None and self._stopwatch() >= self._open_until:
            self.cover_names()
        return self._actor

    @property
    def taken(self) -> bool:
        """Whether somebody sits here."""
        return self._actor is not None

    @property
    def key(self) -> bytes | None:
        """The data key of the centre; None while nobody signed in, and in a practice centre without accounts."""
        return bytes(self._key) or None

    def take(self, actor: Actor, key: bytes = b"") -> None:
        """``actor`` signed in, with the data key his password opened."""
        self._actor = None  # at no moment somebody without his key
        self._wipe()
        self._key = bytearray(key)
        self._actor, self._open_until = actor, None

    def leave(self) -> None:
        """Nobody acts any more until somebody signs in; the key is overwritten."""
        self._actor = self._open_until = None
        self._wipe()

    def subkey(self, purpose: str) -> bytes | None:
        """The key for one ``purpose`` (``audit``, ``database``, ``attachments``), None where there is no data key."""
        from mediation_desk.access.accounts.sealing import subkey

        return subkey(bytes(self._key), purpose) if self._key else None

    def _wipe(self) -> None:
        self._key[:] = bytes(len(self._key))
        self._key.clear()

    def show_names(self, seconds: float = 0) -> None:
        """Lists show names in full for so many seconds, 0 for the whole sitting. Whoever calls has asked why."""
        self._actor = replace(self.actor, in_full=True)
        self._open_until = self._stopwatch() + seconds if seconds else None

    def cover_names(self) -> None:
        """Lists show names masked again."""
        if self._actor is not None:
            self._actor = replace(self._actor, in_full=False)
        self._open_until = None
