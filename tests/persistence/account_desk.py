"""A centre with accounts whose passwords cost nothing: for what is not about the cost."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

from db.unit_of_work import Storage
from mediation_desk.access.accounts.cost import Cost
from mediation_desk.access.accounts.model import Post
from mediation_desk.access.accounts.service import AccountService
from mediation_desk.access.accounts.tries import Tick
from mediation_desk.access.actor import Actor
from mediation_desk.access.seat import Seat

NOW = datetime(2026, 11, 28, 2, tzinfo=UTC)
GOOD = "Kaixiang-77-men"
OTHER = "Zhuo3zi-deng4zi"
ADMINISTRATOR = "系统管理员"


def cheap(password: bytes, salt: bytes, cost: Cost) -> bytes:
    """Stands in for Argon2id where tries are counted by the thousand."""
    return hashlib.sha256(salt + password + repr(cost).encode()).digest()


class Clocks:
    """A wall clock anybody can set, and one that counts from the last start of the machine."""

    def __init__(self) -> None:
        self.wall = NOW
        self.up = 1_000.0
        self.boot = "one"

    def now(self) -> datetime:
        return self.wall

    def tick(self) -> Tick:
        return Tick(boot=self.boot, seconds=self.up)

    def go(self, seconds: float) -> None:
        """Time passes."""
        self.wall += timedelta(seconds=seconds)
        self.up += seconds

    def restart(self, *, boot: str) -> None:
        """The machine is switched off and on."""
        self.boot, self.up = boot, 5.0


class Centre:
    """One desk of the centre; another program start is another of these on the same database."""

    def __init__(self, storage: Storage, clocks: Clocks | None = None, **changed: Any) -> None:
        self.storage = storage
        self.clocks = clocks or Clocks()
        self.seat = Seat()
        wired = {"derive": cheap, "ticker": self.clocks.tick} | changed
        self.accounts = AccountService(storage, self.clocks.now, self.seat, _alone, **wired)

    @property
    def actor(self) -> Actor:
        return self.seat.actor

    def begun(self) -> str:
        """The administrator ``root`` made and at the desk; the recovery code."""
        self.code = self.accounts.first("root", "管理员甲", GOOD)
        return self.code

    def member(self, name: str, shown: str, *roles: str, **post: Any) -> None:
        """An account that has its own password ``OTHER``; the desk is left to whoever sat there."""
        actor, key = self.seat.actor, self.seat.key or b""
        once = self.accounts.add(actor, name, Post(display_name=shown, roles=roles, **post))
        provisional = self.accounts.sign_in(name, once)
        self.accounts.change_password(provisional, once, OTHER)
        self.seat.take(actor, key)


def _alone(body: str) -> tuple[str, ...]:
    return (body,)
