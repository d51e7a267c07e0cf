"""Kill a writing process again and again and look at what is left: a program that prints findings as JSON.

It is a program of its own because it forks: the children must not inherit pytest's threads and files.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable

from sqlalchemy import Column, Integer, MetaData, Table, insert

from db.engine import open_engine
from db.sqlite import DRIVER
from db.unit_of_work import Storage

LINES = 5  # rows of a unit beside its head: half a unit is one with fewer

schema = MetaData()
heads = Table("heads", schema, Column("number", Integer, primary_key=True))
lines = Table("lines", schema, Column("number", Integer), Column("line", Integer))


def write_units(file: str, first: int, acknowledge: Callable[[int], None]) -> None:
    """Ours: one transaction each, acknowledged after the commit."""
    storage = Storage(open_engine(f"sqlite:///{file}"))
    while True:
        with storage.write() as work:
            work.connection.execute(insert(heads).values(number=first))
            for line in range(LINES):
                work.connection.execute(insert(lines).values(number=first, line=line))
        acknowledge(first)
        first += 1


def write_statements(file: str, first: int, acknowledge: Callable[[int], None]) -> None:
    """The control: every statement commits by itself."""
    driver = DRIVER.connect(file, isolation_level=None)
    while True:
        driver.execute("INSERT INTO heads VALUES (?)", (first,))
        for line in range(LINES):
            driver.execute("INSERT INTO lines VALUES (?, ?)", (first, line))
        acknowledge(first)
        first += 1


WRITERS = {"units": write_units, "statements": write_statements}


def kill_once(file: str, writer: str, first: int, seconds: float) -> list[int]:
    """Let a child write from number ``first`` for a while, kill it; return what it acknowledged."""
    receiving, sending = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(receiving)
        WRITERS[writer](file, first, lambda number: void(os.write(sending, f"{number}\n".encode())))
    os.close(sending)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(receiving) as stream:
        return [int(number) for number in stream.read().split()]


def void(_: object) -> None:
    """Drop a result."""


def main(file: str, writer: str, kills: int) -> dict[str, int]:
    """Kill ``kills`` times; count what was acknowledged, lost, half stored, and damaged files."""
    engine = open_engine(f"sqlite:///{file}")
    schema.create_all(engine)
    engine.dispose()
    chance = random.Random(2026)
    counts = dict.fromkeys(("acknowledged", "lost", "half", "damaged"), 0)
    first = 1
    for _ in range(kills):
        acknowledged = kill_once(file, writer, first, chance.uniform(0.02, 0.12))
        driver = DRIVER.connect(file)
        stored = dict(
            driver.execute(
                "SELECT h.number, count(l.line) FROM heads h LEFT JOIN lines l USING (number) GROUP BY 1"
            )
        )
        counts["damaged"] += driver.execute("PRAGMA integrity_check").fetchall() != [("ok",)]
        driver.close()
        counts["acknowledged"] += len(acknowledged)
        counts["lost"] += len(set(acknowledged) - set(stored))
        counts["half"] += sum(count != LINES for number, count in stored.items() if number >= first)
        first = max(stored, default=0) + 1
    return counts


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], sys.argv[2], int(sys.argv[3]))))
