"""An encrypted centre to PostgreSQL and back: ``python -m benchmarks.reliability.moving --cases 20000 --files 200``.

Every row, the statistics, papers, files and the audit trail are compared by the move itself, and here once more from
outside: the sum of all rows of the first and the last database, every file read. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from db.base import metadata
from db.bulk import BulkCases
from db.moving.tally import Tally, parts_of
from mediation_desk.app import Desk, component_versions, open_desk
from mediation_desk.practice.demo import fill
from mediation_desk.settings import Settings, resolve
from tests.postgres import find_binaries, running_cluster

NAME, PASSWORD, FILE = "root", "Kaixiang-77-men", 300_000
_OF_THE_MOVES = {
    "audit",
    "audit_head",
    "accounts",
    "operations",
}  # entries of the moves, who signed in when, units


@contextmanager
def at(settings: Settings) -> Iterator[Desk]:
    """Somebody sits at a desk of an existing centre."""
    desk = open_desk(settings, create=False)
    try:
        desk.accounts.sign_in(NAME, PASSWORD)
        yield desk
    finally:
        desk.close()


def begun(settings: Settings, cases: int, files: int) -> list[str]:
    """A centre with so many cases, and files of random bytes; their hashes."""
    desk = open_desk(settings)
    desk.accounts.first(NAME, "管理员甲", PASSWORD)
    fill(BulkCases(desk.storage), cases, seed=1)
    kept = [desk.attachments.put_bytes(os.urandom(FILE)).sha256 for _ in range(files)]
    desk.close()
    return kept


def sums(settings: Settings) -> dict[str, Tally]:
    """What every table holds, seen from outside."""
    found = dict[str, Tally]()
    with at(settings) as desk, desk.storage.engine.connect() as connection:
        for table in metadata.sorted_tables:
            tally = Tally()
            for part in parts_of(connection, table):
                tally.add(part)
            found[table.name] = tally
    return found


def moved(source: Settings, target: Settings) -> dict[str, Any]:
    """One move, timed."""
    with at(source) as desk:
        begun = time.perf_counter()
        told = desk.mover.move(desk.actor, target, lambda _done, _total: True)
        seconds = time.perf_counter() - begun
    return {
        "seconds": round(seconds, 1),
        "tables": len(told.rows),
        "rows": told.total,
        "cases": told.rows["cases"],
        "figures": told.tables_of_figures,
        "papers": told.papers,
        "files": told.files,
        "audit": told.head,
    }


def main() -> None:
    """Fill, there, back, compare."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--files", type=int, default=200)
    wanted = parser.parse_args()
    binaries = find_binaries()
    if binaries is None:
        raise SystemExit("no PostgreSQL server here")
    home = Path(tempfile.mkdtemp(prefix="desk-moving-"))
    try:
        first, last = (_place(home / name) for name in ("first", "last"))
        began = time.perf_counter()
        kept = begun(first, wanted.cases, wanted.files)
        report: dict[str, Any] = {
            "day": datetime.now().astimezone().date().isoformat(),
            "fill": round(time.perf_counter() - began, 1),
        }
        with running_cluster(binaries) as url:
            server = replace(resolve(database=url), folder=home / "served")
            report["there"] = moved(first, server)
            with at(server) as desk:
                report["whole there"] = sum(map(desk.attachments.is_whole, kept))
            report["files in the folder of the counter"] = len(list(server.attachments.rglob("*.sealed")))
            report["back"] = moved(server, last)
        before, after = sums(first), sums(last)
        report["different"] = sorted(
            name for name in before if before[name] != after[name] and name not in _OF_THE_MOVES
        )
        with at(last) as desk:
            report["sealed"] = desk.storage.sealed
            report["whole"] = sum(map(desk.attachments.is_whole, kept))
        report["megabytes"] = round((home / "last" / "desk.db").stat().st_size / 1e6)
        report["versions"] = component_versions()
    finally:
        shutil.rmtree(home, ignore_errors=True)
    print(json.dumps(report, ensure_ascii=False, indent=1))


def _place(folder: Path) -> Settings:
    folder.mkdir()
    return resolve(folder)


if __name__ == "__main__":
    main()
