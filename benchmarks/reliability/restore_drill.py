"""R8: a large encrypted centre backed up, tried and restored, against a plain copy of its file.

``python -m`` with ``PYTHONPATH=.``; the number of cases may follow. Everything is checked: each page, rows of each
table, each attachment, the whole audit chain.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from db import sqlite
from db.backups.writing import write_backup
from db.bulk import BulkCases
from db.restoring import Keys, find, restore, try_out
from db.storage import open_storage
from mediation_desk.practice.demo import fill
from mediation_desk.settings import resolve
from mediation_desk.shared.file_store import FileStore
from tests.persistence.account_desk import Centre

CASES, ATTACHMENTS = 20_000, 200


def run(cases: int) -> None:
    """Print sizes and times, the latter as multiples of a synced file copy."""
    with TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as name:
        root = Path(name)
        centre = Centre(open_storage(resolve(root / "desk")))
        centre.begun()
        storage = centre.storage
        fill(BulkCases(storage), cases, seed=8)
        store = FileStore(root / "desk" / "attachments")
        for _ in range(ATTACHMENTS):
            store.put_bytes(os.urandom(100_000))
        with closing(sqlite.connect(root / "desk" / "desk.db", storage.key)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        keys = Keys(database=storage.key, audit=storage.audit_key)
        size = (root / "desk" / "desk.db").stat().st_size
        plain = min(_timed(lambda: _copy(root / "desk" / "desk.db", root / "plain.db")) for _ in range(3))
        times = {"backup": _timed(lambda: write_backup(storage.engine, root / "stick", storage.key))}
        [path] = [one for one in (root / "stick").iterdir() if one.name != "attachments"]
        times["trial"] = _timed(lambda: try_out(find(path), root / "desk", keys))
        times["restore"] = _timed(lambda: restore(find(path), root / "new" / "desk.db", keys))
        told = ", ".join(f"{what} {one / plain:.1f} times ({one:.1f} s)" for what, one in times.items())
        print(
            f"{cases} cases, {size / 1e6:.0f} MB, {ATTACHMENTS} attachments; file copy {plain:.2f} s; {told}"
        )
        storage.close()


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    with target.open("rb+") as stream:
        os.fsync(stream.fileno())


def _timed(deed: Callable[[], object]) -> float:
    began = perf_counter()
    deed()
    return perf_counter() - began


if __name__ == "__main__":
    run(int(sys.argv[1]) if len(sys.argv) > 1 else CASES)
