"""What `bench_statistics` measures with: the driver alone, the best of some runs, a printed ratio."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from db.unit_of_work import Storage

BOUND, REPEATS = 1.5, 7


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


def best_ms(act: Callable[[], object], repeats: int = REPEATS) -> float:
    """The best of some repetitions after one to warm up: what others do meanwhile counts least."""
    act()
    taken = []
    for _ in range(repeats):
        started = time.perf_counter()
        act()
        taken.append((time.perf_counter() - started) * 1000)
        if taken[0] > 5_000 and len(taken) > 1:
            break
    return min(taken)


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
