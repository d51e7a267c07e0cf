"""S8: more than two thousand hostile files and 3,000 mutants of every kind that is let in, at every door."""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from mediation_desk.shared.quarantine.process import workshop
from tests.unit.hostile_doors import doors_of, faults, taken
from tests.unit.hostile_files import Hostile
from tests.unit.hostile_set import LEAST, SOUND, hostile_set, mutants

_MUTANTS = 3_000


def run() -> None:
    """Print counts and what went wrong; leave with 1 when anything did."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mutants", type=int, default=_MUTANTS, help="of each kind")
    parser.add_argument("--kinds", nargs="*", default=list(SOUND), help="mutants of these kinds only")
    parser.add_argument("--no-set", action="store_true", help="mutants alone")
    given = parser.parse_args()
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "in" / "upload"
        place.parent.mkdir()
        os.chdir(place.parent)
        for ending, make in SOUND.items():  # what every door loads is no growth
            _all("sound", [Hostile(name=f"a.{ending}", data=make())], place, quiet=True)
        if not given.no_set:
            wrong += _all("hostile", hostile_set(), place, least=LEAST)
        for ending in given.kinds:
            wrong += _all(f"mutants of {ending}", mutants(ending, given.mutants), place)
        os.chdir("/")
    for fault in wrong:
        print(fault)
    if wrong:
        raise SystemExit(1)


def _all(
    what: str, files: Iterable[Hostile], place: Path, *, least: int = 0, quiet: bool = False
) -> list[str]:
    """The faults of all of them, after a line of counts."""
    counted, growth, work, held, wrong = Counter[str](), 0, 0.0, 0, list[str]()
    start = time.monotonic()
    for file in files:
        counted["files"] += 1
        for door in doors_of(file):
            took = taken(door, file, place)
            counted["refused" if took.told else "wrong error" if took.wrong else "let in"] += 1
            growth, work, held = max(growth, took.growth), max(work, took.work), max(held, took.held)
            wrong += faults(file, took)
            if not took.told and file.reason is not None and not took.wrong and not quiet:
                counted["let in though made to be refused"] += 1
    if counted["files"] < least:
        wrong.append(f"only {counted['files']} files")
    if not quiet:
        said = ", ".join(f"{number} {word}" for word, number in counted.items())
        took_all = time.monotonic() - start
        print(
            f"{what}: {said}; most growth {growth >> 20} MB, most work {work:.1f} s,"
            f" largest worker {held >> 20} MB, all {took_all:.0f} s",
            flush=True,
        )
    return wrong


if __name__ == "__main__":
    try:
        run()
    finally:
        workshop.close()
