"""Files of cases, kept by what is in them: the same content is one file, whatever it is called.

Without a key ``<folder>/ab/abcdef…``, named by SHA-256. With one ``<folder>/12/1234….sealed``: sealed
(`sealed_file`), the name a keyed hash of the SHA-256: nobody can ask the folder whether it holds a file he knows.
A centre on a server keeps them there under the same names, for all counters (`shelf`); the folder of a counter is
then only where they are made. A file is there whole or not at all, and never changes once it is there.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import io
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from mediation_desk.shared.errors import InputError, StorageError
from mediation_desk.shared.files import finish, make_folder, unfinished_file, unwritable
from mediation_desk.shared.record import record
from mediation_desk.shared.sealed_file import CHUNK, Broken, Sealer, Unsealed, derived
from mediation_desk.shared.shelf import FolderShelf, Shelf
from mediation_desk.shared.watching import Stopped, Watch

PIECE = CHUNK  # bytes read at once; between two pieces somebody may stop it
SEALED = ".sealed"
_NAME = re.compile(r"[0-9a-f]{64}")

KeyNow = Callable[[], bytes | None]
"""The key files are sealed under, None where they lie in clear. Raises where nobody has the key just now."""


FormerKeys = Callable[[], tuple[bytes, ...]]
"""Keys files may still be sealed under from before the key was changed."""


@record
class Kept:
    """A file in the store: its SHA-256 in hexadecimal, and its size in bytes."""

    sha256: str
    size: int


class FileStore:
    """The folder is made when the first file comes.

    ``shared`` is the shelf of all counters: new files stand there, those of before are still read from the folder.
    """

    def __init__(
        self,
        folder: Path,
        key: KeyNow = lambda: None,
        former: FormerKeys = tuple,
        shared: Shelf | None = None,
    ) -> None:
        self.folder = folder
        self.key = key
        self.former = former
        own = FolderShelf(folder)
        self.shelves: tuple[Shelf, ...] = (own,) if shared is None else (shared, own)

    def put(self, source: Path, watch: Watch | None = None, *, expected: str = "") -> Kept:
        """Copy a file in, hashing on the way; ``watch`` is told bytes.

        ``expected`` is the hash of what was looked at before; a file changed since is refused.
        Raises ``InputError`` for what cannot be read, ``Stopped`` and ``StorageError``; then nothing was kept.
        """
        try:
            with source.open("rb") as stream:
                return self._copied(stream, os.fstat(stream.fileno()).st_size, watch, expected)
        except OSError as error:
            raise InputError(
                f"读不了文件“{source.name}”：请检查文件还在不在、能不能打开。", field="file"
            ) from error

    def put_bytes(self, data: bytes) -> Kept:
        """Keep what was made here. Raises ``StorageError``."""
        return self._copied(io.BytesIO(data), len(data), None, "")

    def read(self, sha256: str) -> bytes:
        """The bytes under this hash. Raises ``InputError`` when they are gone or not what was put in."""
        try:
            data = b"".join(self._pieces(sha256))
        except OSError as error:
            raise InputError("文件不在文件库里了，请检查数据文件夹。", field="file") from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise InputError("文件库里的文件已经不是存入时的样子。", field="file")
        return data

    def name(self, sha256: str) -> str:
        """What the file of this hash is called on a shelf."""
        return name_of(sha256, self.key())

    def names(self, sha256: str) -> tuple[str, ...]:
        """All it may be called: as it would be now, under former keys, and in clear from before there was one."""
        return tuple(name for name, _ in self._ways(sha256))

    def holds(self, sha256: str) -> bool:
        """Whether the file is there."""
        return any(shelf.holds(name) for name in self.names(sha256) for shelf in self.shelves)

    def remove(self, name: str) -> bool:
        """Take the file called so away; whether it was there. Raises ``OSError``, ``StorageError``."""
        return sum(shelf.remove(name) for shelf in self.shelves) > 0  # from every shelf, not only the first

    def is_whole(self, sha256: str) -> bool:
        """Whether the file is there and still is what was put in."""
        return _is(sha256, lambda: self._pieces(sha256))

    def _pieces(self, sha256: str) -> Iterator[bytes]:
        ways = self._ways(sha256)
        for name, one in (*ways, ways[0]):  # the first again: it may just have been sealed
            for shelf in self.shelves:
                with contextlib.suppress(FileNotFoundError):
                    return pieces_of(shelf.open(name), one)
        raise FileNotFoundError(sha256)

    def _ways(self, sha256: str) -> tuple[tuple[str, bytes | None], ...]:
        keys = dict.fromkeys((self.key(), *self.former(), None))
        return tuple((name_of(sha256, one), one) for one in keys)

    def _copied(self, stream: BinaryIO, size: int, watch: Watch | None, expected: str) -> Kept:
        key, shelf = self.key(), self.shelves[0]
        with unfinished(self.folder) as (copy, made):
            kept = pour(_read(stream), copy, size, key, watch)
            if expected not in ("", kept.sha256):
                raise InputError("文件在检查以后变了，没有存入，请再试一次。", field="file")
            name = name_of(kept.sha256, key)
            if not _is(kept.sha256, lambda: pieces_of(shelf.open(name), key)):
                shelf.give(made, name)
        return kept


def name_of(sha256: str, key: bytes | None) -> str:
    """What the file of this hash is called under ``key``. Raises ``InputError`` for what is no hash."""
    if not _NAME.fullmatch(sha256):
        raise InputError("文件的校验码不对。", field="sha256")
    if key is None:
        return sha256
    return hmac.digest(derived(key, b"file-names"), bytes.fromhex(sha256), "sha256").hex() + SEALED


def pieces_of(stream: BinaryIO, key: bytes | None) -> Iterator[bytes]:
    """The clear bytes of a file. Raises ``Broken``."""
    with stream:
        yield from _read(stream) if key is None else Unsealed(stream, key).chunks()


@contextlib.contextmanager
def unfinished(folder: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """A file to write to and its path; gone afterwards unless it was given a place. Raises ``StorageError``."""
    with contextlib.ExitStack() as stack:
        try:
            make_folder(folder)
            made = stack.enter_context(unfinished_file(folder))
        except OSError as error:
            raise unwritable(folder, error) from error
        yield made


def pour(
    pieces: Iterator[bytes], copy: BinaryIO, size: int, key: bytes | None, watch: Watch | None = None
) -> Kept:
    """Write everything, sealed where there is a key, and see it to the disk. Raises ``Stopped``, ``StorageError``."""
    digest, done = hashlib.sha256(), 0
    with _writing():
        sealer = Sealer(copy, key) if key is not None else None
    write = copy.write if sealer is None else sealer.write
    for piece in pieces:
        with _writing():
            write(piece)
        digest.update(piece)
        done += len(piece)
        if watch is not None and not watch(done, max(size, done)):
            raise Stopped("已经停下，文件没有存入。", field="file")
    with _writing():
        if sealer is not None:
            sealer.finish()
        finish(copy)
    return Kept(sha256=digest.hexdigest(), size=done)


@contextlib.contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageError("文件没有写完：磁盘可能满了或者出了错，没有存入。") from error


def _read(stream: BinaryIO) -> Iterator[bytes]:
    while piece := stream.read(PIECE):
        yield piece


def _is(sha256: str, pieces: Callable[[], Iterator[bytes]]) -> bool:
    digest = hashlib.sha256()
    try:
        for piece in pieces():
            digest.update(piece)
    except (OSError, Broken):
        return False
    return digest.hexdigest() == sha256
