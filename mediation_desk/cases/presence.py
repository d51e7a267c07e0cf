"""王姐正在办: a soft word that a case stands open at another counter. It locks nothing and expires by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Protocol
from uuid import uuid4

from mediation_desk.access.actor import PROGRAM, Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.shared.clock import Clock
from mediation_desk.shared.record import record

EXPIRES = timedelta(minutes=2)
"""After so long without a sign a desk has gone, however it went."""


@record
class OpenAt:
    """Who has the case open, at which counter, since when."""

    name: str
    counter: str
    since: datetime


@record
class Company:
    """What a case page learns once a minute: who else is at the case, and which version is on file, saved by whom."""

    others: tuple[OpenAt, ...]
    version: int
    by: str = ""


class Presence(Protocol):
    """Open cases in storage."""

    def note(self, case_key: str, desk: str, account: str, counter: str, at: datetime) -> bool:
        """The case stands open at this desk; True where it did not before."""

    def drop(self, desk: str) -> tuple[str, ...]:
        """Nothing stands open at this desk any more; tells what did."""

    def elsewhere(self, keys: Sequence[str], desk: str, at: datetime) -> Mapping[str, tuple[OpenAt, ...]]:
        """Where else these cases stand open now."""


class Newest(Protocol):
    """What is on file of one case."""

    def newest(self, case_key: str) -> tuple[int, str] | None:
        """Its version and who wrote the last line of its diary; None for a case out of reach."""


class PresenceWork(Protocol):
    """One unit of work."""

    @property
    def presence(self) -> Presence:
        """Open cases."""

    @property
    def cases(self) -> Newest:
        """Case files."""

    def tell(self, kind: str, case_key: str, version: int = 0) -> None:
        """Tell other desks when this unit commits."""


class PresenceStorage(Protocol):
    """Opens units of work."""

    def read(self, actor: Actor) -> AbstractContextManager[PresenceWork]:
        """A unit that reads."""

    def write(self, actor: Actor) -> AbstractContextManager[PresenceWork]:
        """A unit that writes."""


class PresenceService:
    """Of one running program: ``counter`` is how people know the place it stands at."""

    def __init__(self, storage: PresenceStorage, clock: Clock, counter: str) -> None:
        self._storage, self._clock, self._counter = storage, clock, counter
        self._desk = uuid4().hex
        self._noted = False

    def sit(self, actor: Actor, key: str, *, works: bool = True) -> Company | None:
        """This case stands open here, told again every minute; who else is there. None for a case out of reach.

        Who only reads (``works`` false) is not told of.
        """
        around = self.look(actor, key)
        if around is None or not works:
            return around
        self._noted = True
        with self._storage.write(actor) as work:
            if work.presence.note(key, self._desk, actor.account, self._counter, self._clock()):
                work.tell("open", key)
        return around

    def look(self, actor: Actor, key: str) -> Company | None:
        """Who else is there, and what is on file now; leaves no trace."""
        actor.require(Permission.CASE_READ)
        with self._storage.read(actor) as work:
            newest = work.cases.newest(key)
            if newest is None:
                return None
            others = work.presence.elsewhere((key,), self._desk, self._clock()).get(key, ())
        return Company(others=others, version=newest[0], by=newest[1])

    def elsewhere(self, actor: Actor, keys: Sequence[str]) -> Mapping[str, tuple[OpenAt, ...]]:
        """Where else these cases stand open; of those out of reach nothing."""
        actor.require(Permission.CASE_READ)
        with self._storage.read(actor) as work:
            return work.presence.elsewhere(keys, self._desk, self._clock())

    def leave(self) -> None:
        """Nothing stands open here any more: another page, locked, signed out, closed."""
        if not self._noted:
            return
        with self._storage.write(PROGRAM) as work:
            for key in work.presence.drop(self._desk):
                work.tell("open", key)
        self._noted = False
