"""The gate for files from outside: sound ones pass, all others are a sentence."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from mediation_desk.shared.assets import use_rules_in
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.file_store import FileStore
from mediation_desk.shared.quarantine.process import workshop
from mediation_desk.shared.uploads.guard import checked, checked_data
from mediation_desk.shared.uploads.keeping import put_checked
from mediation_desk.shared.uploads.kinds import PICTURES, UploadKind
from mediation_desk.shared.uploads.names import clean_name
from tests.unit.hostile_files import (
    COUNT,
    Hostile,
    hostile_files,
    sound_docx,
    sound_pdf,
    sound_picture,
)

ALL = tuple(UploadKind)
LONGEST = 5.0  # seconds
EVERY = 3
"""The suite looks at every third hostile file; all of them: ``python -m benchmarks.reliability.hostile_uploads``."""


@pytest.fixture(scope="module", autouse=True)
def _no_process_left() -> Iterator[None]:
    yield
    workshop.close()


@pytest.mark.parametrize(
    ("name", "data", "kind", "pages"),
    [
        ("扫描.pdf", sound_pdf(), UploadKind.PDF, 3),
        ("照片.JPG", sound_picture("JPEG"), UploadKind.JPEG, 1),
        ("照片.jpeg", sound_picture("JPEG"), UploadKind.JPEG, 1),
        ("图.png", sound_picture("PNG"), UploadKind.PNG, 1),
        ("扫描.tif", sound_picture("TIFF"), UploadKind.TIFF, 1),
        ("模板.docx", sound_docx(), UploadKind.DOCX, 1),
    ],
)
def test_a_sound_file_is_let_in(name: str, data: bytes, kind: UploadKind, pages: int) -> None:
    upload = checked_data(data, name, ALL)

    assert (upload.kind, upload.name, upload.size, upload.pages) == (kind, name, len(data), pages)
    assert upload.sha256 == hashlib.sha256(data).hexdigest()


def test_hostile_and_damaged_files_are_refused_with_a_sentence(tmp_path: Path) -> None:
    files = hostile_files()
    assert len(files) == COUNT
    wrong = [fault for file in files[::EVERY] if (fault := fault_of(file, tmp_path))]

    assert wrong == []


def fault_of(file: Hostile, folder: Path) -> str:
    """What is wrong with how the gate took this file; empty when nothing is."""
    place = folder / "upload"
    place.write_bytes(file.data)
    before = sorted(folder.rglob("*"))
    start = time.monotonic()
    try:
        checked(place, ALL, file.name)
        told = None
    except InputError as error:
        told = error.message
    took = time.monotonic() - start
    if took > LONGEST:
        return f"{file.name}: {took:.1f} s"
    if sorted(folder.rglob("*")) != before or place.read_bytes() != file.data:
        return f"{file.name}: something was written"
    if told is None:
        return "" if file.reason is None else f"{file.name}: let in"
    sentence = told.startswith(f"没有导入“{clean_name(file.name)}”：") and told.endswith("。")
    return "" if sentence and (file.reason or "") in told else f"{file.name}: {told}"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("照片.jpg", sound_picture("JPEG")),
        ("合同.pdf", sound_pdf()),
        ("说明.docx", sound_docx()),
        ("录音.mp3", b"ID3" + bytes(range(256))),
        ("录像.mp4", b"\x00\x00\x00\x18ftypmp42" + bytes(100)),
        ("表.xlsx", b"PK\x03\x04" + bytes(100)),
    ],
)
def test_sound_evidence_and_recordings_are_kept_as_they_are(name: str, data: bytes, tmp_path: Path) -> None:
    source, store = tmp_path / name, FileStore(tmp_path / "store")
    source.write_bytes(data)

    assert store.read(put_checked(store, source).sha256) == data


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("合同.pdf", sound_pdf()[:200]),
        ("照片.jpg", sound_picture("JPEG")[:300]),
        ("照片.mp4", sound_picture("JPEG")),
        ("说明.docx", b"PK\x03\x04" + bytes(100)),
        ("录音.pdf", b"ID3" + bytes(range(256))),
        ("空.png", b""),
    ],
)
def test_damaged_and_lying_evidence_is_refused_and_not_kept(name: str, data: bytes, tmp_path: Path) -> None:
    source, store = tmp_path / name, FileStore(tmp_path / "store")
    source.write_bytes(data)

    with pytest.raises(InputError, match=f"没有导入“{name}”"):
        put_checked(store, source)
    assert not store.folder.exists()


def test_only_the_kinds_asked_for_are_let_in() -> None:
    with pytest.raises(InputError, match="只收JPEG、PNG、TIFF"):
        checked_data(sound_pdf(), "扫描.pdf", PICTURES)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\a\\扫描.pdf", "扫描.pdf"),
        ("CON.pdf", "-CON.pdf"),
        ("lpt1", "-lpt1"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("a\x00\x1f\nb.pdf", "a b.pdf"),
        ("..", "未命名"),
        ("", "未命名"),
        (" .pdf. . ", ".pdf"),
        ('<b>&".pdf', '<b>&".pdf'),
        ("\udcff甲.pdf", "甲.pdf"),
        ("长" * 300 + ".pdf", "长" * 116 + ".pdf"),
    ],
)
def test_a_name_is_kept_as_clean_words(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_what_is_no_ordinary_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.pdf")

    for place in (tmp_path / "管道.pdf", tmp_path, tmp_path / "没有.pdf"):
        with pytest.raises(InputError, match="没有导入“"):
            checked(place)


def test_a_centre_may_set_its_own_bounds(tmp_path: Path) -> None:
    shipped = Path("resources/rules/uploads.toml").read_text(encoding="utf-8")
    (tmp_path / "uploads.toml").write_text(shipped.replace("most = 500", "most = 2"), encoding="utf-8")
    use_rules_in(tmp_path)
    try:
        with pytest.raises(InputError, match="PDF有3页，最多2页"):
            checked_data(sound_pdf(), "扫描.pdf")
    finally:
        use_rules_in(tmp_path / "none")
