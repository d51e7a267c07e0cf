"""R3: three writers and two checkpointers on one file for ten minutes; nothing acknowledged may be gone.

Every writer reports each number after its commit. The engine the program refuses (SQLite before 3.51.3) is the
control: with ``stdlib`` the same runs on Python's own library. Ours is encrypted, and opened as the desk opens it.
"""

from __future__ import annotations

import multiprocessing
import sqlite3
import sys
import tempfile
import time
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

from db import sqlite

MEMORY = Path("/dev/shm")  # where a commit costs least, the race comes soonest
SECONDS, WRITERS, CHECKPOINTERS = 600, 3, ("PASSIVE", "TRUNCATE")
LIBRARIES: dict[str, Any] = {"ours": sqlite.DRIVER, "stdlib": sqlite3}
KEY = bytes(range(32))


def connected(library: str, file: str) -> Any:
    if library == "ours":
        connection = sqlite.connect(Path(file), KEY)
    else:
        connection = sqlite3.connect(file, isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        for pragma in sqlite.PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    connection.execute("PRAGMA busy_timeout=30000")
    return connection


def write(library: str, file: str, writer: int, stop: Event, told: Any) -> None:
    """Count up; the last number whose commit came back is what must be there."""
    connection, number = connected(library, file), 0
    try:
        while not stop.is_set():
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO units VALUES (?, ?, ?)", (writer, number + 1, b"x" * 300))
            connection.execute("COMMIT")
            number += 1
    except LIBRARIES[library].Error as error:
        print(f"writer {writer} stopped at {number}: {error}")
    told.put((writer, number))


def checkpoint(library: str, file: str, mode: str, stop: Event) -> None:
    """Fold the log away without pause, one beginning it anew each time."""
    connection = connected(library, file)
    connection.execute("PRAGMA busy_timeout=50")
    while not stop.is_set():
        try:
            connection.execute(f"PRAGMA wal_checkpoint({mode})").fetchall()
        except LIBRARIES[library].Error as error:
            print(f"checkpointer stopped: {error}")
            return


def soak(library: str, seconds: float) -> dict[str, object]:
    """Numbers acknowledged, gone, and whether the file is whole."""
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory(prefix="desk-soak-", dir=MEMORY if MEMORY.is_dir() else None) as folder:
        file = str(Path(folder) / "soak.db")
        first = connected(library, file)
        first.execute(
            "CREATE TABLE units (writer INTEGER, number INTEGER, more BLOB, PRIMARY KEY (writer, number))"
        )
        stop, told = context.Event(), context.Queue()
        ours = [
            context.Process(target=write, args=(library, file, writer, stop, told))
            for writer in range(WRITERS)
        ] + [context.Process(target=checkpoint, args=(library, file, mode, stop)) for mode in CHECKPOINTERS]
        for one in ours:
            one.start()
        time.sleep(seconds)
        stop.set()
        acknowledged = dict(told.get(timeout=60) for _ in range(WRITERS))
        for one in ours:
            one.join()
        try:
            stored = dict(first.execute("SELECT writer, count(*) FROM units GROUP BY writer").fetchall())
            whole = first.execute("PRAGMA integrity_check").fetchone()[0]
            first.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            forged = first.execute("PRAGMA cipher_integrity_check").fetchall() if library == "ours" else []
            whole = forged[0][0] if forged else whole
        except LIBRARIES[library].Error as error:
            stored, whole = {}, str(error)
        first.close()
    lost = sum(max(number - stored.get(writer, 0), 0) for writer, number in acknowledged.items())
    return {
        "SQLite": LIBRARIES[library].sqlite_version,
        "acknowledged": sum(acknowledged.values()),
        "lost": lost,
        "integrity": whole,
    }


if __name__ == "__main__":
    found = soak(
        sys.argv[2] if len(sys.argv) > 2 else "ours", float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    )
    print(found)
    if found["lost"] or found["integrity"] != "ok":
        raise SystemExit(1)
