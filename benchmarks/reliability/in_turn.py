"""C2: processes that write to one encrypted SQLite file side by side: ``python -m benchmarks.reliability.in_turn``.

Two, as a window and a command beside it, at a counter's pace and without a pause; four without a pause. Nothing may
be lost or refused, and nobody waits long. The control waits as SQLite by itself does.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from db import sqlite
from db.storage import open_storage
from mediation_desk.settings import resolve
from mediation_desk.shared.errors import DeskError
from tests.persistence.account_desk import GOOD, Centre

Told = tuple[int, int, int, list[float]]


def seated(folder: str) -> Centre:
    """The administrator at a desk of the centre."""
    centre = Centre(open_storage(resolve(Path(folder))))
    centre.accounts.sign_in("root", GOOD)
    return centre


def work(folder: str, who: int, seconds: float, pause: float, bare: bool, ready: Any, told: Any) -> None:
    """Small units one after the other: how many were acknowledged, how many refused, how long each waited."""
    centre, chance = seated(folder), random.Random(who)
    if bare:
        sqlite.begun_in_turn = lambda connection: False  # noqa: ARG005  # named as it is called
    waits, refused, done = list[float](), 0, 0
    ready.wait()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        begun = time.monotonic()
        try:
            with centre.storage.write(centre.actor) as unit:
                waits.append(time.monotonic() - begun)
                unit.notes.put(f"load.{who}", str(done + 1))
                unit.audit.write(at=centre.clocks.now(), account="root", action="case.view", case_key="K")
            done += 1
        except DeskError:
            waits.append(time.monotonic() - begun)
            refused += 1
        time.sleep(chance.uniform(0, 2 * pause))
    told.put((who, done, refused, waits))


def run(writers: int, seconds: float, pause: float, *, bare: bool = False) -> tuple[int, int]:
    """Print the waits; how many units were refused, and how many of the acknowledged are lost."""
    context = multiprocessing.get_context("spawn")
    ready, told = context.Barrier(writers), context.Queue()
    with tempfile.TemporaryDirectory() as name:
        folder = f"{name}/desk"
        centre = Centre(open_storage(resolve(Path(folder))))
        centre.begun()
        centre.storage.close()
        desks = [
            context.Process(target=work, args=(folder, who, seconds, pause, bare, ready, told))
            for who in range(writers)
        ]
        for desk in desks:
            desk.start()
        found: list[Told] = [told.get() for _ in desks]
        for desk in desks:
            desk.join()
        centre = seated(folder)
        with centre.storage.read() as unit:
            lost = sum(
                done - int(unit.notes.get(f"load.{who}") or 0) for who, done, _refused, _waits in found
            )
        centre.storage.close()
    waits = sorted(wait for _who, _done, _refused, mine in found for wait in mine)
    refused = sum(refused for _who, _done, refused, _waits in found)
    print(
        f"{writers} writers, {seconds:.0f} s, {f'a unit each {pause} s' if pause else 'no pause'}"
        f"{', as SQLite waits (control)' if bare else ''}: {[done for _who, done, *_ in sorted(found)]} units, "
        f"{refused} refused, {lost} lost; waits: median {_ms(waits, 0.5)}, 99 of 100 {_ms(waits, 0.99)}, "
        f"longest {_ms(waits, 1)}",
        flush=True,
    )
    return refused, lost


def _ms(waits: Sequence[float], part: float) -> str:
    return f"{waits[min(len(waits) - 1, int(len(waits) * part))] * 1000:.0f} ms"


def main() -> int:
    """All of it; 1 where something was refused or lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=600.0)
    seconds = parser.parse_args().seconds
    bad = [run(2, seconds, 0.2), run(2, seconds / 10, 0), run(4, seconds / 10, 0)]
    run(4, seconds / 10, 0, bare=True)
    return int(bad != [(0, 0)] * 3)


if __name__ == "__main__":
    sys.exit(main())
