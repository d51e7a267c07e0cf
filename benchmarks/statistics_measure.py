"""What `bench_statistics` measures with: the driver alone, the best of some runs, a printed ratio."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from db.unit_of_work import Storage

BOUND, REPEATS, LONGEST = 1.5, 9, 40
"""Times the fastest rival, rounds, and seconds after which there are no more rounds."""
OURS = "ours"


@dataclass
class Ratio:
    """What was measured, what it took us and the fastest rival, in milliseconds."""

    what: str
    ours: float
    rival: float
    name: str

    def __str__(self) -> str:
        sign = "" if self.ours <= BOUND * self.rival else "   ABOVE THE BOUND"
        ratio = self.ours / self.rival
        return f"{self.what:34} {self.ours:9.1f} ms  {self.rival:9.1f} ms  {ratio:6.2f}  {self.name}{sign}"


def best_ms(acts: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """The best of some rounds of each, in turn after one to warm up: what others do meanwhile counts least."""
    for act in acts.values():
        act()
    taken: dict[str, list[float]] = {name: [] for name in acts}
    ends = time.perf_counter() + LONGEST
    for done in range(REPEATS):
        for name, act in acts.items():
            started = time.perf_counter()
            act()
            taken[name].append((time.perf_counter() - started) * 1000)
        if done and time.perf_counter() > ends:
            break
    return {name: min(times) for name, times in taken.items()}


def ratio(what: str, ours: Callable[[], object], rivals: Mapping[str, Callable[[], object]]) -> Ratio:
    """Ours against the fastest of the rivals, measured in turn."""
    best = best_ms({OURS: ours, **rivals})
    mine = best.pop(OURS)
    fastest, name = min((one, name) for name, one in best.items())
    return Ratio(what, mine, fastest, name)


class Bare:
    """The database's own driver, on a connection kept open."""

    def __init__(self, storage: Storage) -> None:
        self._connection = storage.engine.raw_connection()

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """All rows of a statement."""
        cursor = self._connection.cursor()
        cursor.execute(statement)
        found = [tuple(row) for row in cursor.fetchall()]
        cursor.close()
        return found

    def named(self, statement: str) -> dict[str, dict[str, int]]:
        """Rows of a form of Table 2 by body and column."""
        cursor = self._connection.cursor()
        cursor.execute(statement)
        names = [column[0] for column in cursor.description or ()]
        found = {
            row[0]: {name: int(one or 0) for name, one in zip(names[1:], row[1:], strict=True)}
            for row in cursor
        }
        cursor.close()
        return found

    def close(self) -> None:
        """Give it back without leaving a transaction open."""
        self._connection.rollback()
        self._connection.close()
