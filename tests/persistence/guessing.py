"""Somebody who guesses a password by program, restarts the machine and sets its clock as he likes (S3)."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import delete

from db.tables.accounts import sign_in_tries
from db.unit_of_work import Storage
from mediation_desk.access.accounts.cost import Cost
from mediation_desk.access.accounts.rules import access_rules
from mediation_desk.access.accounts.tries import Tick
from mediation_desk.shared.errors import PermissionDenied
from tests.persistence.account_desk import Centre, Clocks, cheap

DAY = 86_400
SECOND = timedelta(seconds=1)


@dataclass
class Attack:
    """``wall``: the wait is measured on the clock anybody can set; ``memory``: tries are forgotten at a restart.

    A try is made every ``pace`` seconds on average.
    """

    storage: Storage
    name: str = "root"
    wall: bool = False
    memory: bool = False
    pace: float = 15
    seconds: float = 0.0
    clocks: Clocks = field(default_factory=Clocks)
    judged: list[float] = field(default_factory=list)

    def run(self, tries: int, seed: int = 1) -> None:
        """So many tries, with whatever comes between them."""
        dice = random.Random(seed)
        desk = self._desk()
        for number in range(tries):
            chance = dice.random()
            if chance < 0.02:
                desk = self._restarted(dice, number)
            elif chance < 0.06:
                self.clocks.wall += (
                    (1 if dice.random() < 0.5 else -1) * dice.choice((60, 3_600, DAY)) * SECOND
                )
            self._pass(dice.uniform(0, 2 * self.pace))
            try:
                desk.accounts.sign_in(self.name, f"guess {number}")
            except PermissionDenied:
                continue
            raise AssertionError("a guess was right")

    @property
    def a_day(self) -> int:
        """The most tries that were judged within 24 hours."""
        return max(sum(1 for at in self.judged if begun <= at < begun + DAY) for begun in self.judged)

    @property
    def too_early(self) -> int:
        """How many were judged before their wait was over: each is a reset."""
        wait = access_rules().tries.wait_seconds
        gaps = zip(self.judged, self.judged[1:], strict=False)
        return sum(after - before < wait(number) for number, (before, after) in enumerate(gaps, start=1))

    def _desk(self) -> Centre:
        ticker: Callable[[], Tick] = self._set_by_hand if self.wall else self.clocks.tick
        return Centre(self.storage, self.clocks, derive=self._derive, ticker=ticker)

    def _restarted(self, dice: random.Random, number: int) -> Centre:
        self.clocks.restart(boot=str(number) if dice.random() < 0.9 else self.clocks.boot)
        self.seconds += 20
        if self.memory:
            with self.storage.write() as work:
                work.connection.execute(delete(sign_in_tries))
        return self._desk()

    def _pass(self, seconds: float) -> None:
        self.seconds += seconds
        self.clocks.go(seconds)

    def _derive(self, password: bytes, salt: bytes, cost: Cost) -> bytes:
        self.judged.append(self.seconds)
        return cheap(password, salt, cost)

    def _set_by_hand(self) -> Tick:
        return Tick(boot="", seconds=self.clocks.wall.timestamp())
