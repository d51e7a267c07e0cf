"""All three hundred hostile or damaged files: at the gate, then on their way into a case."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from mediation_desk.access.actor import COUNTER
from mediation_desk.app import Desk, open_desk
from mediation_desk.settings import resolve
from mediation_desk.shared.errors import InputError
from tests.gui.case_page_driver import register
from tests.unit.hostile_files import Hostile, hostile_files
from tests.unit.test_uploads import LONGEST, fault_of


def run() -> None:
    """Print what went wrong and the times; leave with 1 when anything did."""
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        gate, data = Path(folder) / "gate", Path(folder) / "data"
        gate.mkdir()
        wrong += _each("gate", lambda file: fault_of(file, gate))
        desk = open_desk(resolve(data, practice=True))
        try:
            key = register(desk).case_key
            wrong += _each("case", lambda file: _filed_by_halves(desk, key, file, gate))
        finally:
            desk.close()
    for fault in wrong:
        print(fault)
    if wrong:
        raise SystemExit(1)


def _each(where: str, look: Callable[[Hostile], str]) -> list[str]:
    files, times, wrong = hostile_files(), list[float](), list[str]()
    for file in files:
        start = time.monotonic()
        fault = look(file)
        times.append(time.monotonic() - start)
        if fault:
            wrong.append(fault)
    times.sort()
    print(
        f"{where}: {len(files)} files, {len(wrong)} wrong; median {times[len(times) // 2] * 1000:.0f} ms,",
        end=" ",
    )
    print(f"slowest {times[-1]:.2f} s, next {times[-2]:.2f} s, all {sum(times):.1f} s")
    return wrong


def _filed_by_halves(desk: Desk, key: str, file: Hostile, folder: Path) -> str:
    """What is wrong: a refused file left something, or a filed one is not whole; empty when nothing is."""
    ending = "".join(char for char in file.name.rpartition(".")[2] if char.isalnum())
    place = folder / f"upload.{ending}"
    place.write_bytes(file.data)
    before, kept = desk.cases.file(COUNTER, key), _kept(desk)
    start = time.monotonic()
    try:
        filed = desk.scanning.take(COUNTER, key, place)
    except InputError:
        same = desk.cases.file(COUNTER, key) == before and _kept(desk) == kept
        return (
            ""
            if same and time.monotonic() - start <= LONGEST
            else f"{file.name}: left something, or was slow"
        )
    hashes = {one.sha256 for one in filed.scans} | {one.original for one in filed.scans if one.original}
    return "" if all(desk.attachments.is_whole(one) for one in hashes) else f"{file.name}: filed by halves"


def _kept(desk: Desk) -> list[Path]:
    return sorted(desk.settings.attachments.rglob("*"))


if __name__ == "__main__":
    run()
