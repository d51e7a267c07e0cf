"""S8 in short: hostile files and mutants at every door; the same watch must notice the library called here."""

from __future__ import annotations

import io
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from mediation_desk.shared.quarantine.process import workshop
from tests.unit.hostile_doors import Took, doors_of, faults, taken
from tests.unit.hostile_files import Hostile
from tests.unit.hostile_set import SOUND, mutants, sample

_MUTANTS = 4
"""Of each kind; three thousand of each: ``python -m benchmarks.reliability.hostile_attachments``."""


@pytest.fixture(scope="module", autouse=True)
def _no_process_left() -> Iterator[None]:
    yield
    workshop.close()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    return tmp_path / "in" / "upload"


@pytest.mark.parametrize("ending", SOUND)
def test_a_sound_file_is_let_in_at_its_doors(ending: str, place: Path) -> None:
    file = Hostile(name=f"a.{ending}", data=SOUND[ending]())
    for door in doors_of(file):
        took = taken(door, file, place)
        assert (took.told, took.wrong) == ("", "")


@pytest.mark.timeout(300)
def test_hostile_files_are_one_kind_of_error_and_leave_no_trace(place: Path) -> None:
    wrong = [
        fault
        for file in sample(9, 4)
        for door in doors_of(file)
        for fault in faults(file, taken(door, file, place))
    ]

    assert wrong == []


@pytest.mark.parametrize("ending", SOUND)
def test_mutants_are_let_in_or_refused_in_a_sentence(ending: str, place: Path) -> None:
    wrong = [
        fault
        for file in mutants(ending, _MUTANTS)
        for door in doors_of(file)
        for fault in faults(file, taken(door, file, place))
    ]

    assert wrong == []


def swollen(paragraphs: int) -> bytes:
    """A small DOCX of nothing but empty paragraphs."""
    from tests.unit.hostile_set import patched

    out = io.BytesIO()
    docx.Document().save(out)
    inner = b"<w:p/>" * paragraphs
    body = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    return patched(out.getvalue(), {"word/document.xml": body + inner + b"</w:body></w:document>"})


def test_the_watch_notices_a_library_called_in_the_desk(tmp_path: Path) -> None:
    """The control: the same file, opened without quarantine, must be found at fault."""
    place = tmp_path / "in" / "upload"
    place.parent.mkdir()
    place.write_bytes(swollen(400_000))
    assert place.stat().st_size < 200_000
    told = subprocess.run(
        [sys.executable, "-m", "tests.unit.test_hostile_set", str(place)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [str(Path.cwd()), *sys.path]))},
    ).stdout
    assert "the desk grew by" in told


def test_the_watch_notices_each_thing_it_looks_for() -> None:
    good = Took(told="不收。", wrong="", growth=0, work=0.1, held=0, left=(), allowed=5)
    file = Hostile(name="a", data=b"")
    assert faults(file, good) == []
    for bad in (
        replace(good, told="", wrong="KeyError"),
        replace(good, told="no"),
        replace(good, growth=51 << 20),
        replace(good, work=7),
        replace(good, held=513 << 20),
        replace(good, left=("/evil",)),
    ):
        assert len(faults(file, bad)) == 1


def _in_the_desk() -> None:
    """Open the file the way it must not be done, under the same watch; a process of its own, bounded."""
    resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
    path = Path(sys.argv[1])
    file = Hostile(name="肿.docx", data=path.read_bytes())
    kept: list[object] = []

    def door(place: Path, _name: str) -> object:
        kept.append(docx.Document(str(place)).paragraphs)
        return kept

    for fault in faults(file, taken(door, file, path)):
        print(fault)


if __name__ == "__main__":
    _in_the_desk()
