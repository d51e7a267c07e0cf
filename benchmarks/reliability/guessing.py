"""S2 and S3: what a try at a password costs here, and how many a program gets in. ``python -m`` with ``PYTHONPATH=.``.

Prints the calibrated cost and its time, the judged tries of 10,000 with restarts and clock changes and of the same
attack on a counter that can be reset, and how long a known, an unknown and a locked name take.
"""

from __future__ import annotations

import statistics
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from db.engine import open_engine
from db.migrate import upgrade
from db.unit_of_work import Storage
from mediation_desk.access.accounts.cost import FLOOR, argon2id, calibrated
from mediation_desk.access.accounts.model import Post
from mediation_desk.shared.errors import PermissionDenied
from tests.persistence.account_desk import GOOD, Centre
from tests.persistence.guessing import Attack

ROUNDS = 20


def main(tries: int) -> None:
    """Everything, on SQLite files of its own."""
    _cost()
    for name, wrong in (("root", ""), ("nobody", ""), ("root", "memory"), ("root", "wall")):
        with TemporaryDirectory() as folder:
            storage = _storage(Path(folder))
            Centre(storage).begun()
            attack = Attack(storage, name, memory=wrong == "memory", wall=wrong == "wall")
            attack.run(tries)
            kind = f"control, counter {wrong}" if wrong else f"{name:7}"
            print(
                f"{kind}: {tries} tries in {attack.seconds / 86_400:.1f} days, {len(attack.judged)} judged, "
                f"at most {attack.a_day} in 24 hours, {attack.too_early} before their wait was over"
            )
            storage.close()
    with TemporaryDirectory() as folder:
        _alike(_storage(Path(folder)))


def _storage(folder: Path) -> Storage:
    engine = open_engine(f"sqlite:///{folder / 'desk.db'}")
    upgrade(engine)
    return Storage(engine)


def _cost() -> None:
    for name, cost in (("floor", FLOOR), ("calibrated", calibrated())):
        took = []
        for _ in range(5):
            begun = perf_counter()
            argon2id(b"password", bytes(16), cost)
            took.append(perf_counter() - begun)
        print(
            f"{name}: {cost.memory_kib // 1024} MiB, {cost.passes} passes, {cost.lanes} lanes: "
            f"{min(took):.2f}-{max(took):.2f} s"
        )


def _alike(storage: Storage) -> None:
    """One try each in turn, so that whatever else runs here slows all three."""
    centre = Centre(storage, derive=argon2id)
    centre.begun()
    centre.accounts.add(centre.actor, "wang", Post(display_name="王芳", roles=("值班长",)))
    centre.accounts.lock(centre.actor, "wang")
    took: dict[str, list[float]] = {"root": [], "nobody": [], "wang": []}
    for _ in range(ROUNDS):
        for name, seconds in took.items():
            centre.clocks.go(1_300)
            begun = perf_counter()
            try:
                Centre(storage, centre.clocks, derive=argon2id).accounts.sign_in(name, f"{GOOD}x")
            except PermissionDenied:
                seconds.append(perf_counter() - begun)
    known = statistics.median(took["root"])
    for name, seconds in took.items():
        middle = statistics.median(seconds)
        print(f"{name}: median {middle:.3f} s, {100 * (middle / known - 1):+.1f} % of a known name")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
