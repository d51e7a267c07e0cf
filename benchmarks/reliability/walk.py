"""Ten thousand random commands to many cases: ``python -m benchmarks.reliability.walk [COMMANDS] [SEED]``.

The same walk as in tests/persistence/test_lifecycle_walk.py, longer; it stops at the first thing that must not be.
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from db.engine import open_engine
from db.migrate import upgrade
from db.unit_of_work import Storage
from mediation_desk.cases.service import CaseService
from mediation_desk.experts.model import Employment, MediatorCard
from mediation_desk.parties.model import Gender
from tests.persistence.case_walk import MEDIATORS, Walk
from tests.persistence.test_case_steps import BODY

COMMANDS, SEED = 10_000, 1


def run(commands: int, seed: int) -> None:
    """Walk on a fresh SQLite file and print how far it came."""
    with TemporaryDirectory(prefix="mediation-desk-walk-") as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'desk.db'}")
        upgrade(engine)
        storage = Storage(engine)
        with storage.write() as work:
            work.pool.learn([_card(number) for number in MEDIATORS])
        walk = Walk(storage, CaseService(storage, lambda: datetime(2026, 7, 1, 2, 0, tzinfo=UTC)), seed)
        began = time.perf_counter()
        walk.go(commands)
        took = time.perf_counter() - began
        done, refused = sum(walk.done.values()), sum(walk.refused.values())
        print(
            f"{commands} commands (seed {seed}) in {took:.0f} s: {done} done, {refused} refused, none illegal"
        )
        for name, number in walk.done.most_common():
            print(f"  {name:22} done {number:5}  refused {walk.refused[name]:5}")
        print("  states:", ", ".join(f"{state}{number}" for state, number in walk.states().most_common()))
        storage.close()


def _card(number: str) -> MediatorCard:
    return MediatorCard(
        pool_no=number,
        name=f"调解员{number}",
        gender=Gender.FEMALE,
        organisation=BODY.name,
        employment=Employment.FULL_TIME,
        specialties=("邻里",),
    )


if __name__ == "__main__":
    run(*(int(word) for word in (sys.argv[1:] + [str(COMMANDS), str(SEED)][len(sys.argv) - 1 :])))
