"""Looks for words in the bytes of every file of a folder, in the ways words are written to disks."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")


def hits(words: Iterable[str], *folders: Path) -> dict[str, set[str]]:
    """Which words stand in which files, also reversed and inside compressed parts; empty where none does."""
    forms = {form: word for word in words for form in _forms(word)}
    found: dict[str, set[str]] = {}
    for file in _files(folders):
        for data in (content, *_unpacked(content)) if (content := file.read_bytes()) else ():
            for form, word in forms.items():
                if form in data:
                    found.setdefault(word, set()).add(file.name)
    return found


def _forms(word: str) -> Iterator[bytes]:
    for text in (word, word[::-1]):
        for encoding in _ENCODINGS:
            yield text.encode(encoding)
    yield "".join(f"\\u{ord(char):04x}" for char in word if not char.isascii()).encode() or word.encode()


def _files(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        yield from (path for path in sorted(folder.rglob("*")) if path.is_file())


def _unpacked(data: bytes) -> Iterator[bytes]:
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            yield from (packed.read(name) for name in packed.namelist())
    for start in _streams(data):
        try:
            yield zlib.decompressobj().decompress(data[start:])
        except zlib.error:
            continue


def _streams(data: bytes) -> Iterator[int]:
    """Where a zlib stream may begin (PDF, PNG): the usual two bytes, one of a few levels."""
    for mark in (b"\x78\x01", b"\x78\x9c", b"\x78\xda"):
        place = data.find(mark)
        while place >= 0:
            yield place
            place = data.find(mark, place + 1)
