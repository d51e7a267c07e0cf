"""What one try at a password costs: Argon2id, measured on this machine, never below the floor (S2)."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from mediation_desk.shared.errors import RuleError
from mediation_desk.shared.record import record

KEY_BYTES = 32
LEAST_SECONDS = 0.25
_MIB = 1024
_MOST_MEMORY = 512 * _MIB
_MOST_PASSES = 12


@record
class Cost:
    """Argon2id's three parameters."""

    memory_kib: int
    passes: int
    lanes: int

    def below(self, other: Cost) -> bool:
        """Whether any parameter is lower than the other's."""
        return self.memory_kib < other.memory_kib or self.passes < other.passes or self.lanes < other.lanes


FLOOR = Cost(memory_kib=64 * _MIB, passes=3, lanes=4)
"""About six times the OWASP minimum (goal S2): the least any password or code is worth."""

Derive = Callable[[bytes, bytes, Cost], bytes]
"""Makes a key of 32 bytes from a password and a salt."""


def demanded(cost: Cost) -> Cost:
    """The same cost. Raises ``RuleError`` below the floor, wherever it came from."""
    if cost.below(FLOOR):
        raise RuleError("口令的计算强度低于最低要求（64 MiB、3遍、4路），不能使用。", rule="S2")
    return cost


def argon2id(password: bytes, salt: bytes, cost: Cost) -> bytes:
    """The key behind a password. Raises ``RuleError`` for a cost below the floor."""
    from argon2.low_level import Type, hash_secret_raw  # loaded late: practice centres never need it

    demanded(cost)
    return hash_secret_raw(password, salt, cost.passes, cost.memory_kib, cost.lanes, KEY_BYTES, Type.ID)


def calibrated(derive: Derive = argon2id) -> Cost:
    """The cost at which this machine takes a quarter of a second or more; the floor where that is slow enough.

    Memory is raised before passes: it is what a guessing machine lacks.
    """
    cost = FLOOR
    while _seconds(derive, cost) < LEAST_SECONDS:
        if cost.memory_kib < _MOST_MEMORY:
            cost = Cost(memory_kib=cost.memory_kib * 2, passes=cost.passes, lanes=cost.lanes)
        elif cost.passes < _MOST_PASSES:
            cost = Cost(memory_kib=cost.memory_kib, passes=cost.passes + 1, lanes=cost.lanes)
        else:
            break
    return cost


def _seconds(derive: Derive, cost: Cost) -> float:
    """The quicker of two runs: another program may have had the machine."""
    took = []
    for _ in range(2):
        begun = perf_counter()
        derive(b"calibration", bytes(16), cost)
        took.append(perf_counter() - begun)
    return min(took)
