"""Files kept beside the database by what is in them: the same content is one file, whatever it is called.

``<folder>/ab/abcdef…``, named by SHA-256. A file is there whole or not at all, and never changes once it is there.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import re
import tempfile
from pathlib import Path
from typing import BinaryIO

from mediation_desk.shared.errors import InputError, StorageError
from mediation_desk.shared.files import PREFIX, replace_durably, unwritable
from mediation_desk.shared.record import record
from mediation_desk.shared.watching import Stopped, Watch

PIECE = 1 << 20  # bytes read at once; between two pieces somebody may stop it
_NAME = re.compile(r"[0-9a-f]{64}")


@record
class Kept:
    """A file in the store: its SHA-256 in hexadecimal, and its size in bytes."""

    sha256: str
    size: int


class FileStore:
    """The folder is made when the first file comes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

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
            data = self.path(sha256).read_bytes()
        except OSError as error:
            raise InputError("文件不在文件库里了，请检查数据文件夹。", field="file") from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise InputError("文件库里的文件已经不是存入时的样子。", field="file")
        return data

    def path(self, sha256: str) -> Path:
        """Where the file of this hash lies or would lie."""
        if not _NAME.fullmatch(sha256):
            raise InputError("文件的校验码不对。", field="sha256")
        return self.folder / sha256[:2] / sha256

    def holds(self, sha256: str) -> bool:
        """Whether the file is there."""
        return self.path(sha256).is_file()

    def is_whole(self, sha256: str) -> bool:
        """Whether the file is there and still is what was put in."""
        try:
            with self.path(sha256).open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest() == sha256
        except OSError:
            return False

    def _copied(self, stream: BinaryIO, size: int, watch: Watch | None, expected: str) -> Kept:
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=PREFIX, dir=self.folder)
        except OSError as error:
            raise unwritable(self.folder, error) from error
        unfinished = Path(name)
        try:
            with os.fdopen(handle, "wb") as copy:
                try:
                    kept = _pour(stream, copy, size, watch)
                except BaseException:
                    with contextlib.suppress(
                        OSError
                    ):  # closing writes what is left, which a full disk refuses again
                        copy.close()
                    raise
            _demand_same(kept, expected)
            self._name(unfinished, kept)
        except BaseException:
            with contextlib.suppress(OSError):
                unfinished.unlink(missing_ok=True)
            raise
        return kept

    def _name(self, unfinished: Path, kept: Kept) -> None:
        place = self.path(kept.sha256)
        try:
            if self.is_whole(kept.sha256):
                unfinished.unlink()
                return
            if not place.parent.is_dir():
                place.parent.mkdir(mode=0o700, exist_ok=True)
                _sync(self.folder)
            replace_durably(unfinished, place)
        except OSError as error:
            raise unwritable(place, error) from error


def _demand_same(kept: Kept, expected: str) -> None:
    if expected not in ("", kept.sha256):
        raise InputError("文件在检查以后变了，没有存入，请再试一次。", field="file")


def _pour(stream: BinaryIO, copy: BinaryIO, size: int, watch: Watch | None) -> Kept:
    digest, done = hashlib.sha256(), 0
    while piece := stream.read(PIECE):
        try:
            copy.write(piece)
        except OSError as error:
            raise unwritable(Path(str(copy.name)).parent, error) from error
        digest.update(piece)
        done += len(piece)
        if watch is not None and not watch(done, max(size, done)):
            raise Stopped("已经停下，文件没有存入。", field="file")
    try:
        copy.flush()
        os.fsync(copy.fileno())
    except OSError as error:
        raise StorageError("文件没有写完：磁盘可能满了或者出了错，没有存入。") from error
    return Kept(sha256=digest.hexdigest(), size=done)


def _sync(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
