"""A synthetic centre to PostgreSQL and back: ``python -m benchmarks.reliability.moving --cases 20000``.

Every row, the statistics, papers and the audit trail are compared by the move itself, and here once more from
outside: the sum of all rows of the first and the last file. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from db.base import metadata
from db.moving.tally import Tally, parts_of
from db.tables.centre import audit
from db.tables.chain import audit_head
from mediation_desk.access.actor import COUNTER
from mediation_desk.app import component_versions, fill_demo, open_desk
from mediation_desk.settings import Settings, resolve
from tests.postgres import find_binaries, running_cluster

_OF_THE_MOVES = {audit, audit_head}  # each move adds its entry


def sums(settings: Settings) -> dict[str, Tally]:
    """What every table holds, seen from outside."""
    desk, found = open_desk(settings, create=False), dict[str, Tally]()
    with desk.storage.engine.connect() as connection:
        for table in metadata.sorted_tables:
            tally = Tally()
            for part in parts_of(connection, table):
                tally.add(part)
            found[table.name] = tally
    desk.close()
    return found


def moved(source: Settings, target: Settings) -> dict[str, Any]:
    """One move, timed."""
    desk = open_desk(source, create=False)
    begun = time.perf_counter()
    told = desk.mover.move(COUNTER, target, lambda _done, _total: True)
    seconds = time.perf_counter() - begun
    desk.close()
    return {
        "seconds": round(seconds, 1),
        "tables": len(told.rows),
        "rows": told.total,
        "cases": told.rows["cases"],
        "figures": told.tables_of_figures,
        "papers": told.papers,
        "audit": told.head,
    }


def main() -> None:
    """Fill, there, back, compare."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=20_000)
    wanted = parser.parse_args()
    binaries = find_binaries()
    if binaries is None:
        raise SystemExit("no PostgreSQL server here")
    home = Path(tempfile.mkdtemp(prefix="desk-moving-"))
    try:
        first, last = (_place(home / name) for name in ("first", "last"))
        begun = time.perf_counter()
        fill_demo(first, wanted.cases, 1, lambda _: None)
        report: dict[str, Any] = {
            "day": datetime.now().astimezone().date().isoformat(),
            "fill": round(time.perf_counter() - begun, 1),
        }
        with running_cluster(binaries) as url:
            server = replace(resolve(database=url, practice=True), folder=home / "served")
            report["there"] = moved(first, server)
            report["back"] = moved(server, last)
        before, after = sums(first), sums(last)
        ours = {table.name for table in _OF_THE_MOVES}
        report["different"] = sorted(
            name for name in before if before[name] != after[name] and name not in ours
        )
        report["megabytes"] = round((home / "last" / "desk.db").stat().st_size / 1e6)
        report["versions"] = component_versions()
    finally:
        shutil.rmtree(home, ignore_errors=True)
    print(json.dumps(report, ensure_ascii=False, indent=1))


def _place(folder: Path) -> Settings:
    folder.mkdir()
    return resolve(folder, practice=True)


if __name__ == "__main__":
    main()
