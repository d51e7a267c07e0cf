"""R9: kill the program 400 times while it saves DOCX, PDF and XLSX; each must open, nothing may be left after a start.

The control writes the same bytes straight to the place. It forks: the children have everything loaded already.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pikepdf

from mediation_desk.shared.files import PREFIX, atomic_write, sweep_leftovers

KILLS, CONTROL, PAGES = 400, 60, 40


def papers() -> dict[str, bytes]:
    """One of each kind, some hundred kilobytes large."""
    chance = random.Random(9)
    text, sheet, pages = docx.Document(), openpyxl.Workbook(), pikepdf.new()
    for line in range(400):
        text.add_paragraph("".join(chr(chance.randrange(0x4E00, 0x9F00)) for _ in range(80)))
        sheet.active.append([line, *(chance.random() for _ in range(30))])
    for _ in range(PAGES):
        page = pages.add_blank_page()
        page.obj.Contents = pages.make_stream(chance.randbytes(8000))
    made = {}
    for ending, save in (("docx", text.save), ("xlsx", sheet.save), ("pdf", pages.save)):
        buffer = BytesIO()
        save(buffer)
        made[ending] = buffer.getvalue()
    return made


OPEN: dict[str, Callable[[Path], object]] = {
    "docx": lambda path: docx.Document(str(path)),
    "xlsx": lambda path: openpyxl.load_workbook(path).active,
    "pdf": lambda path: len(pikepdf.open(path).pages) == PAGES or 1 / 0,
}


def kill_once(
    folder: Path, made: dict[str, bytes], write: Callable[[Path, bytes], object], seconds: float
) -> None:
    """A child saves one paper after the other until it is killed."""
    child = os.fork()
    if child == 0:
        while True:
            for ending, data in made.items():
                write(folder / f"协议书.{ending}", data)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def main(kills: int, write: Callable[[Path, bytes], object]) -> dict[str, int]:
    """Count papers that do not open after a kill, and files left after the next start."""
    counts = dict.fromkeys(("kills", "orphans", "unreadable", "left"), 0)
    made, chance = papers(), random.Random(2026)
    with tempfile.TemporaryDirectory(prefix="desk-saving-") as base:
        folder = Path(base)
        for ending, data in made.items():
            atomic_write(folder / f"协议书.{ending}", data)
        for _ in range(kills):
            kill_once(folder, made, write, chance.uniform(0.003, 0.03))
            counts["kills"] += 1
            counts["orphans"] += sum(1 for _ in folder.glob(PREFIX + "*"))
            spoilt = 0
            for ending in made:
                try:
                    OPEN[ending](folder / f"协议书.{ending}")
                except Exception:  # noqa: BLE001  # each library has errors of its own
                    spoilt += 1
                    atomic_write(folder / f"协议书.{ending}", made[ending])
            counts["unreadable"] += bool(spoilt)
            sweep_leftovers(folder)
            counts["left"] += sum(1 for _ in folder.iterdir()) - len(made)
    return counts


def run(kills: int) -> None:
    """Print both; leave with 1 where ours broke something or the control did not."""
    ours, control = main(kills, atomic_write), main(CONTROL, Path.write_bytes)
    print(f"ours: {ours}\nstraight to the place (control): {control}")
    if ours["unreadable"] or ours["left"] or not control["unreadable"]:
        raise SystemExit(1)


if __name__ == "__main__":
    run(int(sys.argv[1]) if len(sys.argv) > 1 else KILLS)
