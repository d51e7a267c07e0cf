"""Kill a PostgreSQL server again and again while two counters write, and look what is left of what was acknowledged.

The server is set to acknowledge before it has written; the desk does not let it. A program of its own, since it
starts servers: prints findings as JSON. Arguments: kills, and ``theirs`` for the control, which takes the server as
it is set.
"""

from __future__ import annotations

import json
import random
import sys
import threading
import time
from collections import Counter

from sqlalchemy import create_engine, insert, select

from db.engine import POSTGRES_DRIVER, open_engine
from db.migrate import upgrade
from db.unit_of_work import Storage
from mediation_desk.shared.errors import AwayError, StorageError, StoredError, UncertainError
from mediation_desk.shared.operation import operation
from tests.persistence.lost_replies import numbers
from tests.postgres import find_binaries, killable_cluster

COUNTERS = 2


class Writing:
    """One counter: every number is tried until something final was said."""

    def __init__(self, storage: Storage, first: int) -> None:
        self.stored: set[int] = set()
        self.told: Counter[str] = Counter()
        self.slowest = 0.0
        self._storage = storage
        self._number = first
        self._ending = False
        self._thread = threading.Thread(target=self._write)
        self._thread.start()

    def end(self) -> None:
        self._ending = True
        self._thread.join()
        self._storage.close()

    def _write(self) -> None:
        while not self._ending:
            began = time.monotonic()
            try:
                with operation(f"op-{self._number}"), self._storage.write() as work:
                    work.connection.execute(insert(numbers).values(number=self._number))
            except UncertainError:
                self.told["uncertain"] += 1
            except StoredError:
                self.told["stored after all"] += 1
                self._acknowledge()
            except (AwayError, StorageError):
                self.told["not stored"] += 1
                time.sleep(0.02)
            else:
                self._acknowledge()
            self.slowest = max(self.slowest, time.monotonic() - began)

    def _acknowledge(self) -> None:
        self.stored.add(self._number)
        self._number += COUNTERS


def main(kills: int, *, ours: bool = True) -> dict[str, float]:
    """Kill ``kills`` times; count what was acknowledged, lost and doubled, and the longest wait for a word."""
    binaries = find_binaries()
    assert binaries is not None
    chance = random.Random(2026)
    options = {"synchronous_commit": "off", "wal_writer_delay": "2s", "fsync": "on", "full_page_writes": "on"}
    with killable_cluster(binaries, lambda _home, _user: options) as server:
        engine = open_engine(server.url)
        upgrade(engine, practice=True)
        numbers.create(engine)
        plain = server.url.replace("postgresql:", f"{POSTGRES_DRIVER}:", 1)
        engines = [open_engine(server.url) if ours else create_engine(plain) for _ in range(COUNTERS)]
        counters = [Writing(Storage(one), first) for first, one in enumerate(engines)]
        for _ in range(kills):
            time.sleep(chance.uniform(0.2, 0.8))
            server.kill()
            time.sleep(chance.uniform(0, 0.5))
            server.start_again()
        time.sleep(0.3)
        for one in counters:
            one.end()
        engine.dispose()  # what it held was of a server that is gone
        with engine.connect() as connection:
            found = Counter(connection.scalars(select(numbers.c.number)))
        engine.dispose()
    acknowledged = set[int]().union(*(one.stored for one in counters))
    told = sum((one.told for one in counters), Counter[str]())
    return {
        "kills": kills,
        "acknowledged": len(acknowledged),
        "lost": len(acknowledged - set(found)),
        "doubled": sum(count > 1 for count in found.values()),
        "stored and never told": len(set(found) - acknowledged),
        "longest": round(max(one.slowest for one in counters), 1),
        **told,
    }


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), ours="theirs" not in sys.argv)))
