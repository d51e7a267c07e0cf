"""Files kept by what is in them: whole or not at all, once however often they come."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mediation_desk.shared.errors import InputError, StorageError
from mediation_desk.shared.file_store import PIECE, FileStore, Kept
from mediation_desk.shared.files import PREFIX, sweep_leftovers
from mediation_desk.shared.watching import Stopped
from tests.architecture.gates import ROOT
from tests.stored import place_of
from tests.unit.test_files import full_disk


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "attachments")


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    file = tmp_path / "第2次调解录像.mp4"
    file.write_bytes(random.Random(9).randbytes(3 * PIECE + 17))
    return file


def everything(store: FileStore) -> list[Path]:
    return sorted(path for path in store.folder.rglob("*") if path.is_file())


def test_a_file_lies_under_its_hash(store: FileStore, recording: Path) -> None:
    kept = store.put(recording)

    data = recording.read_bytes()
    assert kept == Kept(sha256=hashlib.sha256(data).hexdigest(), size=len(data))
    place = place_of(store, kept.sha256)
    assert place == store.folder / kept.sha256[:2] / kept.sha256
    assert place.read_bytes() == data
    assert place.stat().st_mode & 0o777 == 0o600
    assert store.holds(kept.sha256)
    assert store.is_whole(kept.sha256)


def test_the_same_file_twice_is_one(store: FileStore, recording: Path, tmp_path: Path) -> None:
    renamed = tmp_path / "另一个名字.mp4"
    renamed.write_bytes(recording.read_bytes())

    assert store.put(recording) == store.put(renamed)
    assert len(everything(store)) == 1


def test_a_spoilt_file_is_noticed_and_mended_by_the_same_file(store: FileStore, recording: Path) -> None:
    kept = store.put(recording)
    place_of(store, kept.sha256).write_bytes(b"rotten")
    assert not store.is_whole(kept.sha256)

    assert store.put(recording) == kept
    assert store.is_whole(kept.sha256)


def test_an_empty_file_is_a_file(store: FileStore, tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    assert store.put(tmp_path / "empty").size == 0


def test_the_watcher_sees_it_grow_and_may_stop_it(store: FileStore, recording: Path) -> None:
    seen: list[tuple[int, int]] = []

    def watch(done: int, size: int) -> bool:
        seen.append((done, size))
        return len(seen) < 2

    with pytest.raises(Stopped):
        store.put(recording, watch)
    size = recording.stat().st_size
    assert seen == [(PIECE, size), (2 * PIECE, size)]
    assert everything(store) == []


def test_a_full_disk_leaves_nothing(store: FileStore, recording: Path) -> None:
    with full_disk(10_000), pytest.raises(StorageError):
        store.put(recording)
    assert everything(store) == []


def test_what_cannot_be_read_is_told(store: FileStore, tmp_path: Path) -> None:
    with pytest.raises(InputError) as told:
        store.put(tmp_path / "没有这个文件.mp4")
    assert told.value.field == "file"
    assert not store.folder.exists()


@pytest.mark.parametrize("name", ["", "../../desk.db", "ab", "G" * 64, f"{'a' * 63}/"])
def test_only_a_hash_names_a_file(store: FileStore, name: str) -> None:
    with pytest.raises(InputError):
        store.name(name)


WRITER = """
import sys
from pathlib import Path
from mediation_desk.shared.file_store import FileStore
from tests.stored import place_of
store = FileStore(Path(sys.argv[2]))
print("ready", flush=True)
while True:
    kept = store.put(Path(sys.argv[1]))
    print(kept.sha256, flush=True)
    place_of(store, kept.sha256).unlink()
"""


def test_a_killed_writer_leaves_no_half_file(store: FileStore, recording: Path) -> None:
    """Whatever the moment: under its name a file is whole, and what is left over is swept at the next start."""
    chance, cut = random.Random(1), 0
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for _round in range(12):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(recording), str(store.folder)],
            stdout=subprocess.PIPE,
            env=environment,
        )
        with writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(chance.uniform(0.0, 0.05))
            writer.send_signal(signal.SIGKILL)
        named = [path for path in everything(store) if not path.name.startswith(PREFIX)]
        assert all(store.is_whole(path.name) for path in named)
        cut += sweep_leftovers(store.folder)
        assert all(not path.name.startswith(PREFIX) for path in everything(store))
    assert cut > 0, "the control: some writes were cut short"


def test_a_file_changed_since_it_was_looked_at_is_not_kept(store: FileStore, recording: Path) -> None:
    looked_at = hashlib.sha256(recording.read_bytes()).hexdigest()
    recording.write_bytes(b"changed")

    with pytest.raises(InputError, match="检查以后变了"):
        store.put(recording, expected=looked_at)
    assert everything(store) == []
