"""R6 for files beside the database, long form, and what sealing costs: ``-m benchmarks.reliability.sealed_files``.

1,000 flipped bits in sealed files; 100 MB put into a store without and with a key against a plain synced write.
"""

from __future__ import annotations

import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from mediation_desk.shared.file_store import FileStore
from mediation_desk.shared.sealed_file import CHUNK, Broken, Sealer, seal, unseal

FLIPS, ROUNDS, LARGE = 1000, 7, 100 << 20
_KEY = random.Random(1).randbytes(32)
_SIZES = (0, 1, 900, CHUNK, CHUNK + 1, 2 * CHUNK + 77)


def flipped(data: bytes, bit: int) -> bytes:
    """The same with one bit changed."""
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def noticed(flips: int) -> int:
    """How many of so many flipped bits, anywhere in sealed files of several sizes, are noticed."""
    chance, found = random.Random(7), 0
    sealed = [seal(chance.randbytes(size), _KEY) for size in _SIZES]
    for turn in range(flips):
        data = sealed[turn % len(sealed)]
        try:
            unseal(flipped(data, chance.randrange(8 * len(data))), _KEY)
        except Broken:
            found += 1
    return found


def run() -> None:
    """Print both."""
    print(f"{noticed(FLIPS)} of {FLIPS} flipped bits noticed")
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        source = Path(folder) / "source"
        source.write_bytes(random.Random(2).randbytes(LARGE))
        data = source.read_bytes()
        ways: dict[str, Callable[[Path], object]] = {
            "plain synced write": lambda place: _written(place, data),
            "sealed synced write": lambda place: _sealed(place, data),
            "put without a key": lambda place: FileStore(place).put(source),
            "put with a key": lambda place: FileStore(place, lambda: _KEY).put(source),
        }
        took: dict[str, list[float]] = {name: [] for name in ways}
        for turn in range(ROUNDS):  # in turn, so that other work of the machine meets all of them
            for name, way in ways.items():
                place = Path(folder) / f"{turn}-{name}"
                start = time.monotonic()
                way(place)
                took[name].append(time.monotonic() - start)
                for path in [*place.rglob("*"), place]:
                    if path.is_file():
                        path.unlink()
        least = statistics.median(took["plain synced write"])
        for name, times in took.items():
            said = f"{statistics.median(times):.3f} s, {statistics.median(times) / least:.2f} times"
            print(f"{name}: {said} (least {min(times) / min(took['plain synced write']):.2f})")


def _written(place: Path, data: bytes) -> None:
    with place.open("wb") as out:
        for at in range(0, len(data), CHUNK):
            out.write(data[at : at + CHUNK])
        out.flush()
        os.fsync(out.fileno())


def _sealed(place: Path, data: bytes) -> None:
    with place.open("wb") as out:
        sealer = Sealer(out, _KEY)
        for at in range(0, len(data), CHUNK):
            sealer.write(data[at : at + CHUNK])
        sealer.finish()
        out.flush()
        os.fsync(out.fileno())


if __name__ == "__main__":
    run()
