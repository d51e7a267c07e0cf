"""Freezes the server's process at times it chooses, with the waits as shipped: how long until a word is said.

``python -m benchmarks.reliability.frozen_server``: per moment (a statement, COMMIT, idle) the sentence and the seconds.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import insert, text

from db.engine import FRESH_SECONDS, open_engine
from db.migrate import upgrade
from db.unit_of_work import Storage
from mediation_desk.shared.errors import DeskError
from mediation_desk.shared.operation import operation
from tests.persistence.lost_replies import numbers
from tests.postgres import find_binaries, killable_cluster

FROZEN_SECONDS = 20


def main() -> None:
    """Freeze at each moment, everything the server is made of or one process of it."""
    binaries = find_binaries()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.parse_args()
    if binaries is None:
        parser.error("no PostgreSQL server here")
    with killable_cluster(binaries) as server:
        engine = open_engine(server.url)
        upgrade(engine, practice=True)
        numbers.create(engine)
        engine.dispose()
        for whole in (False, True):
            for moment in ("idle", "statement", "commit"):
                storage = Storage(open_engine(server.url))
                processes = [_backend(storage)] + ([server.process.pid] if whole else [])
                print(
                    json.dumps(
                        {"whole server": whole, "frozen at": moment, **_try(storage, processes, moment)}
                    )
                )
                storage.close()


def _backend(storage: Storage) -> int:
    with storage.write() as work:
        return int(work.connection.scalar(text("SELECT pg_backend_pid()")) or 0)


def _try(storage: Storage, processes: list[int], moment: str) -> dict[str, object]:
    def freeze() -> None:
        for process in processes:
            os.kill(process, signal.SIGSTOP)

    if moment == "idle":
        time.sleep(FRESH_SECONDS)
        freeze()
    began = time.monotonic()
    first = _act(storage, freeze, moment)
    seconds = time.monotonic() - began
    time.sleep(max(0.0, FROZEN_SECONDS - seconds))
    for process in reversed(processes):
        os.kill(process, signal.SIGCONT)
    time.sleep(0.5)
    again = _act(storage, lambda: None, "")
    with storage.read() as work:
        stored = work.connection.scalar(text("SELECT count(*) FROM numbers"))
    with storage.write() as work:
        work.connection.execute(text("DELETE FROM numbers"))
    return {"seconds": round(seconds, 1), "told": first, "again": again, "stored": stored}


def _act(storage: Storage, freeze: Callable[[], None], moment: str) -> str:
    dialect: Any = storage.engine.dialect
    before = dialect.do_commit

    def commit(connection: object) -> None:
        freeze()
        before(connection)

    if moment == "commit":
        dialect.do_commit = commit
    try:
        with operation("op"), storage.write() as work:
            if moment == "statement":
                freeze()
            work.connection.execute(insert(numbers).values(number=1))
    except DeskError as error:
        return f"{type(error).__name__}: {error.message}"
    finally:
        dialect.do_commit = before
    return "stored"


if __name__ == "__main__":
    main()
