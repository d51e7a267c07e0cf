"""How fast a synthetic centre is invented and stored: cases per second, and the size of the database per case."""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from db.bulk import BulkCases
from db.engine import open_engine
from db.migrate import upgrade
from db.unit_of_work import Storage
from mediation_desk.practice.demo import fill, generate
from mediation_desk.shared.clock import local_day, system_clock


def invent(cases: int) -> float:
    started = time.perf_counter()
    for _ in generate(cases, 1, local_day(system_clock())):
        pass
    return time.perf_counter() - started


def store(cases: int, url: str) -> float:
    engine = open_engine(url)
    upgrade(engine)
    storage = Storage(engine)
    started = time.perf_counter()
    fill(BulkCases(storage), cases, 1)
    seconds = time.perf_counter() - started
    storage.close()
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument(
        "--database", default="", help="an empty database; a temporary SQLite file by default"
    )
    given = parser.parse_args()
    invented = invent(given.cases)
    print(f"invented only: {given.cases / invented:,.0f} cases/s")
    with tempfile.TemporaryDirectory(prefix="bench-demo-") as folder:
        file = Path(folder) / "desk.db"
        stored = store(given.cases, given.database or f"sqlite:///{file}")
        print(
            f"invented and stored: {given.cases / stored:,.0f} cases/s ({stored / invented:.1f} times as long)"
        )
        if file.exists():
            print(f"on disk: {file.stat().st_size / given.cases / 1024:.1f} KiB per case")


if __name__ == "__main__":
    main()
