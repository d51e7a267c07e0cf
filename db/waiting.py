"""How long the desk waits for a database server that says nothing; SQLite has nobody to wait for.

The limit is one of silence: whatever the server sends starts it again. Statements that are slow by nature run
within `patient`, said where they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from math import inf
from typing import Any

from mediation_desk.shared.assets import built, remembered
from mediation_desk.shared.record import record

_allowed: ContextVar[float | None] = ContextVar("allowed", default=None)


@record
class WaitingRules:
    """Seconds: for an ``answer``, for that of a ``commit``, to ``settle`` a commit without one, to ``look`` whether
    an idle connection still stands, to ``connect``, for a ``lock`` somebody else holds; how long to ``skip`` asking
    a server that has just been silent.
    """

    answer: float
    commit: float
    settle: float
    look: float
    connect: int
    lock: float
    skip: float


@remembered
def waiting_rules() -> WaitingRules:
    """The rules of ``server.toml``. Raises ``InputError`` for one that is missing or would never give up."""
    return built("server", _rules)


def _rules(table: Mapping[str, Any]) -> WaitingRules:
    found = WaitingRules(**table["seconds"])
    if not (0 < found.lock < found.answer and 2 <= found.connect <= 5):
        raise ValueError
    if min(found.commit, found.settle, found.look) <= 0:
        raise ValueError
    return found


def allowed() -> float:
    """How many seconds of silence are borne here and now."""
    found = _allowed.get()
    return waiting_rules().answer if found is None else found


@contextmanager
def allowing(seconds: float) -> Iterator[None]:
    """Within the block, on this thread, the server may be silent for so long."""
    before = _allowed.set(seconds)
    try:
        yield
    finally:
        _allowed.reset(before)


def patient() -> Any:
    """Within the block statements may take as long as they take: long work that is meant."""
    return allowing(inf)
