"""Fill a small disk again and again while a desk writes on it, and look at what is left: a program that prints JSON."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text

from db.storage import open_storage
from db.unit_of_work import Storage
from mediation_desk.settings import Settings, resolve
from mediation_desk.shared.errors import StorageError
from mediation_desk.shared.file_store import FileStore
from mediation_desk.shared.files import PREFIX, atomic_write
from tests.stored import place_of

DISK = "24m"
LARGEST = 200_000
MOST = 200
"""Units tried until the disk must have been full."""


class CannotMountError(Exception):
    """This machine lets nobody mount a disk here."""


@contextlib.contextmanager
def small_disk() -> Iterator[Path]:
    """A file system of its own, some megabytes large. Raises CannotMountError."""
    with tempfile.TemporaryDirectory(prefix="desk-disk-") as folder:
        command = ["mount", "-t", "tmpfs", "-o", f"size={DISK},mode=700", "desk", folder]
        try:
            subprocess.run(command, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise CannotMountError from error
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)


class Desk:
    """Writes units of two notes and an entry, papers and attachments; remembers what it was told is stored."""

    def __init__(self, settings: Settings, chance: random.Random) -> None:
        settings.papers.mkdir(parents=True, exist_ok=True)
        self.settings, self.chance = settings, chance
        self.storage: Storage = open_storage(settings)
        self.store = FileStore(settings.attachments)
        self.units: dict[str, str] = {}
        self.papers: dict[Path, str] = {}
        self.kept: set[str] = set()
        self.count = 0

    def write(self) -> None:
        """One thing of some size. Raises StorageError where it could not be stored."""
        self.count += 1
        data = self.chance.randbytes(self.chance.randrange(1, LARGEST))
        digest = hashlib.sha256(data).hexdigest()
        kind = self.count % 4
        if kind == 1:
            path = self.settings.papers / f"{self.count % 3}.pdf"
            atomic_write(path, data)
            self.papers[path] = digest
        elif kind == 2:
            self.kept.add(self.store.put_bytes(data).sha256)
        else:
            key = f"filling:{self.count % 40}"
            with self.storage.write() as work:
                work.notes.put(key, data.hex())
                work.notes.put(f"{key}:digest", digest)
                work.audit.write(at=datetime.now(UTC), account="", action="account.key", case_key=None)
            self.units[key] = digest

    def wrong(self) -> dict[str, int]:
        """What of it is not there, and what is half there."""
        lost = half = 0
        with self.storage.read() as work:
            for key, digest in self.units.items():
                stored, said = work.notes.get(key), work.notes.get(f"{key}:digest")
                lost += said != digest
                half += said is not None and hashlib.sha256(bytes.fromhex(stored)).hexdigest() != said
        for path, digest in self.papers.items():
            lost += hashlib.sha256(path.read_bytes()).hexdigest() != digest
        lost += sum(not self.store.is_whole(sha256) for sha256 in self.kept)
        return {"lost": lost, "half": half}

    def is_sound(self) -> bool:
        with self.storage.engine.connect() as connection:
            return connection.execute(text("PRAGMA integrity_check")).fetchall() == [("ok",)]

    def leftovers(self) -> int:
        return sum(1 for _ in self.settings.folder.rglob(PREFIX + "*"))


def fill(desk: Desk, ballast: Path) -> bool:
    """Leave little room, write until it is used up; whether the desk said so in a sentence of its own."""
    room = os.statvfs(ballast.parent)
    with ballast.open("wb") as file:
        spare = desk.chance.randrange(0, LARGEST)
        with contextlib.suppress(OSError):
            for _ in range(max(room.f_bavail * room.f_frsize - spare, 0) // 4096):
                file.write(bytes(4096))
                file.flush()
    for _ in range(MOST):
        try:
            desk.write()
        except StorageError as error:
            if "磁盘" not in error.message:
                raise
            return True
    return False


def main(events: int, seed: int = 2026) -> dict[str, int]:
    """Fill the disk ``events`` times under one desk that is never opened again; count what went wrong."""
    counts = dict.fromkeys(("events", "lost", "half", "damaged", "not resumed", "unreadable", "leftovers"), 0)
    with small_disk() as disk:
        desk, ballast = Desk(resolve(disk / "desk", practice=True), random.Random(seed)), disk / "ballast"
        try:
            while counts["events"] < events:
                counts["events"] += fill(desk, ballast)
                try:  # reading goes on while the disk is full
                    for name, found in desk.wrong().items():
                        counts[name] += found
                except StorageError:
                    counts["unreadable"] += 1
                ballast.unlink()
                _forget_attachments(desk)
                try:
                    for _ in range(4):
                        desk.write()
                except StorageError:
                    counts["not resumed"] += 1
                counts["damaged"] += not desk.is_sound()
                counts["leftovers"] += desk.leftovers()
            for name, found in desk.wrong().items():
                counts[name] += found
        finally:
            desk.storage.close()
    return counts


def _forget_attachments(desk: Desk) -> None:
    """So that the small disk lasts."""
    for sha256 in desk.kept:
        place_of(desk.store, sha256).unlink()
    desk.kept.clear()


if __name__ == "__main__":
    try:
        print(json.dumps(main(int(sys.argv[1]))))
    except CannotMountError:
        print("{}")
