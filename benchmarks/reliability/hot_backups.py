"""R7: backups of an encrypted centre while another process writes all it can. ``python -m`` with ``PYTHONPATH=.``.

Each must open, be whole, and hold every commit acknowledged before it began; beside each a plain file copy is made.
"""

from __future__ import annotations

import multiprocessing
import shutil
import sys
from multiprocessing.synchronize import Event
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from db import sqlite
from db.backups.writing import write_backup
from db.copying import look_into, opened
from db.storage import open_storage
from mediation_desk.access.actor import COUNTER
from mediation_desk.settings import resolve
from mediation_desk.shared.errors import StorageError
from tests.persistence.account_desk import Centre

BACKUPS = 300
_HELD = "SELECT count(*) FROM settings WHERE key LIKE 'load.%'"


def load(folder: Path, data_key: bytes, done: Event, acknowledged: object) -> None:
    """Write until told to stop; the counter moves only after a commit."""
    storage = open_storage(resolve(folder))
    storage.unlock(data_key)
    while not done.is_set():
        with storage.write(COUNTER) as work:
            work.notes.put(f"load.{acknowledged.value}", "x" * 30)  # type: ignore[attr-defined]
        acknowledged.value += 1  # type: ignore[attr-defined]
        done.wait(0.002)  # some hundreds a second; more would only measure how long a growing file takes
    storage.close()


def run(backups: int) -> None:
    """Print what was found; leave with 1 when a backup was bad."""
    with TemporaryDirectory() as name:
        root = Path(name)
        centre = Centre(open_storage(resolve(root / "desk")))
        centre.begun()
        storage, data_key = centre.storage, centre.seat.key or b""
        done, acknowledged = multiprocessing.Event(), multiprocessing.Value("q", 0)
        writer = multiprocessing.Process(target=load, args=(root / "desk", data_key, done, acknowledged))
        writer.start()
        bad, bad_copies, began = 0, 0, perf_counter()
        for _ in range(backups):
            before = acknowledged.value
            shutil.copyfile(root / "desk" / "desk.db", root / "plain.db")
            bad_copies += not _holds(root / "plain.db", storage.key, before)
            made = write_backup(
                storage.engine, root / "stick", storage.key
            ).path  # opened and checked in there
            bad += not _holds(made / "desk.db", storage.key, before, checked=True)
            shutil.rmtree(made)
        seconds = perf_counter() - began
        done.set()
        writer.join()
        print(
            f"SQLite {'.'.join(map(str, sqlite.LIBRARY_VERSION))}: {backups} backups in {seconds:.0f} s beside "
            f"{acknowledged.value} acknowledged commits: {bad} bad; control, plain file copies: {bad_copies} bad"
        )
        storage.close()
        if bad:
            raise SystemExit(1)


def _holds(file: Path, key: bytes | None, before: int, *, checked: bool = False) -> bool:
    try:
        if not checked:
            look_into(file, key)
        with opened(file, key) as copy:
            return bool(copy.execute(_HELD).fetchone()[0] >= before)
    except (StorageError, sqlite.DRIVER.Error):
        return False


if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    run(int(sys.argv[1]) if len(sys.argv) > 1 else BACKUPS)
