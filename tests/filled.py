"""Databases that hold invented cases: filled once, then copied like the empty one; each test may change its copy."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from db.bulk import BulkCases
from db.engine import open_engine
from db.unit_of_work import Storage
from mediation_desk.practice.demo import fill


class Invented(NamedTuple):
    """So many cases of this seed, as they stand at ``now``."""

    number: int
    seed: int
    now: datetime


NOTHING = Invented(0, 0, datetime(2026, 1, 1, tzinfo=UTC))


def fill_with(url: str, invented: Invented) -> None:
    """Fill the empty database, and leave it: nobody may be connected to one that is copied."""
    storage = Storage(open_engine(url))
    try:
        fill(BulkCases(storage), invented.number, invented.seed, clock=lambda: invented.now)
    finally:
        storage.close()
