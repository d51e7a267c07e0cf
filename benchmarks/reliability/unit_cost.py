"""What watching and noting cost a unit that writes on PostgreSQL: ``python -m benchmarks.reliability.unit_cost``.

The same unit with and without, in turn, one by one, so that a loaded machine weighs on both: the smallest there is
(an id and one entry of the audit trail), and a registration.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

import db.engine
import db.outcome
from db.watched import WatchedConnection
from mediation_desk.app import open_desk
from mediation_desk.settings import Settings
from tests.persistence.lifecycle_stories import REGISTER
from tests.postgres import find_binaries, killable_cluster

_OURS = (db.outcome.mark_of, WatchedConnection.wait, db.engine.FRESH_SECONDS)


def _set(ours: bool) -> None:
    mark, wait, fresh = _OURS
    db.outcome.mark_of = mark if ours else lambda _connection: db.outcome.Mark("", "", 0)
    WatchedConnection.wait = wait if ours else psycopg.Connection.wait  # type: ignore[method-assign]
    db.engine.FRESH_SECONDS = fresh if ours else -1  # before, every unit asked first


def _ratio(unit: Callable[[], object], times: int) -> dict[str, float]:
    took: dict[bool, list[float]] = {True: [], False: []}
    for number in range(2 * times):
        _set(ours := number % 2 == 0)
        began = time.perf_counter()
        unit()
        took[ours].append(time.perf_counter() - began)
    _set(True)
    ours, before = (statistics.median(took[kind]) * 1000 for kind in (True, False))
    return {"before ms": round(before, 2), "now ms": round(ours, 2), "ratio": round(ours / before, 3)}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=1000, help="units of each kind")
    times = parser.parse_args().n
    binaries = find_binaries()
    if binaries is None:
        parser.error("no PostgreSQL server here")
    with TemporaryDirectory() as folder, killable_cluster(binaries, lambda *_: {"fsync": "on"}) as server:
        desk = open_desk(Settings(Path(folder), None, server.url, practice=True))
        ids = iter(range(10 * times))

        def smallest() -> None:
            with desk.storage.write() as work:
                work.once(f"small-{next(ids)}")
                work.audit.write(at=datetime.now(UTC), account="a", action="t.x", details={})

        def registration() -> None:
            desk.cases.register(desk.actor, REGISTER, despite=_Everything())

        for name, unit in (("smallest", smallest), ("registration", registration)):
            _ratio(unit, 50)
            print(json.dumps({"unit": name, **_ratio(unit, times if name == "smallest" else times // 5)}))
        desk.close()


class _Everything:
    def __contains__(self, _key: object) -> bool:
        return True


if __name__ == "__main__":
    main()
