"""Files are written whole or not at all, for the owner only (reliability R9)."""

from __future__ import annotations

import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from mediation_desk.shared.errors import StorageError
from mediation_desk.shared.files import PREFIX, all_or_none, atomic_file, atomic_write, sweep_leftovers
from tests.architecture.gates import ROOT

OLD, NEW = b"old" * 1000, b"new" * 100_000


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    file = tmp_path / "协议书.pdf"
    file.write_bytes(OLD)
    return file


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_a_file_is_replaced_and_private(paper: Path) -> None:
    atomic_write(paper, NEW)

    assert paper.read_bytes() == NEW
    assert paper.stat().st_mode & 0o777 == 0o600
    assert names(paper.parent) == [paper.name]


def test_a_block_that_raises_leaves_the_old_file_alone(paper: Path) -> None:
    with pytest.raises(ZeroDivisionError), atomic_file(paper) as file:
        file.write(NEW)
        raise ZeroDivisionError

    assert paper.read_bytes() == OLD
    assert names(paper.parent) == [paper.name]


@pytest.mark.parametrize("links", [True, False])
def test_what_a_failed_block_wrote_is_as_it_was_before(
    paper: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    new, former = paper.with_name("新.pdf"), paper.with_name("旧.pdf")
    former.write_bytes(OLD)
    if not links:
        monkeypatch.setattr(Path, "hardlink_to", _no_links)
    with pytest.raises(ZeroDivisionError), all_or_none() as keep:
        for path in (paper, new, former):
            keep(path)
        atomic_write(paper, NEW)
        atomic_write(new, NEW)
        former.unlink()
        raise ZeroDivisionError

    assert paper.read_bytes() == former.read_bytes() == OLD
    assert sorted(names(paper.parent)) == sorted([paper.name, former.name])


def test_what_a_block_wrote_stays_when_it_ends_well(paper: Path) -> None:
    with all_or_none() as keep:
        keep(paper)
        atomic_write(paper, NEW)

    assert paper.read_bytes() == NEW
    assert names(paper.parent) == [paper.name]


def _no_links(_self: Path, _target: Path) -> None:
    raise PermissionError


@contextmanager
def full_disk(room: int) -> Iterator[None]:
    """Let no file grow beyond ``room`` bytes: the write fails half-way, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_leaves_the_old_file_alone(paper: Path) -> None:
    with full_disk(10_000), pytest.raises(StorageError, match="无法写入文件"):
        atomic_write(paper, NEW)

    assert paper.read_bytes() == OLD
    assert names(paper.parent) == [paper.name]


def test_writing_in_place_would_have_spoilt_it(paper: Path) -> None:
    """The control."""
    with full_disk(10_000), pytest.raises(OSError, match="File too large"):
        paper.write_bytes(NEW)

    assert paper.read_bytes() != OLD


def test_a_missing_folder_is_a_clear_sentence(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="文件夹不存在"):
        atomic_write(tmp_path / "none" / "a.pdf", NEW)


def test_leftovers_are_swept_and_nothing_else(paper: Path) -> None:
    (paper.parent / f"{PREFIX}abc").write_bytes(b"half")

    assert sweep_leftovers(paper.parent) == 1
    assert names(paper.parent) == [paper.name]
    assert sweep_leftovers(paper.parent / "none") == 0


WRITER = """
import sys
from pathlib import Path
from mediation_desk.shared.files import atomic_write
path, old, new = Path(sys.argv[1]), b"old" * 1000, b"new" * 100_000
print("ready", flush=True)
while True:
    {write}(new)
    {write}(old)
"""


def unreadable_after_kills(path: Path, write: str, kills: int) -> int:
    """Kill a program that writes the file over and over; count how often neither version was left whole."""
    spoilt, chance = 0, random.Random(2026)
    for _ in range(kills):
        command = [sys.executable, "-c", WRITER.format(write=write), str(path)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(chance.uniform(0, 0.02))
            writer.send_signal(signal.SIGKILL)
        spoilt += path.read_bytes() not in {OLD, NEW}
    return spoilt


def test_a_killed_writer_leaves_one_version_whole(paper: Path) -> None:
    assert unreadable_after_kills(paper, "(lambda data: atomic_write(path, data))", 25) == 0
    sweep_leftovers(paper.parent)
    assert names(paper.parent) == [paper.name]


def test_a_killed_writer_in_place_leaves_neither(paper: Path) -> None:
    """The control."""
    assert unreadable_after_kills(paper, "path.write_bytes", 25) > 0


def test_two_writers_do_not_meet(paper: Path) -> None:
    with atomic_file(paper) as first, atomic_file(paper) as second:
        first.write(b"first")
        second.write(b"second")

    assert paper.read_bytes() == b"first"
    assert names(paper.parent) == [paper.name]
