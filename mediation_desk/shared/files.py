"""The one way the desk writes a file: complete or not at all, readable by its owner only."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from mediation_desk.shared.errors import StorageError

PREFIX = ".unfinished-"


class UnsureFile(StorageError):
    """The new file has its name, but the disk did not say that it keeps it."""

    def __init__(self, path: Path, error: OSError) -> None:
        super().__init__(f"文件“{path}”写好了，但磁盘没有确认存牢：{_reason(error)}。请检查磁盘，再做一次。")


def atomic_write(path: Path, data: bytes) -> None:
    """Put ``data`` at ``path``: after a crash or power cut there is the old file or the new one, never half.

    Raises StorageError (disk full, read-only, folder missing); the old file is then untouched, but for
    ``UnsureFile``.
    """
    with atomic_file(path) as file:
        file.write(data)


@contextlib.contextmanager
def atomic_file(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write to; it takes the place of ``path`` when the block ends without an exception.

    Raises StorageError like ``atomic_write``. Other exceptions of the block pass; nothing is left behind.
    """
    named = False
    try:
        with unfinished_file(path.parent) as (file, made):
            yield file
            finish(file)
            made.replace(path)
            named = True
            sync_folder(path.parent)
    except OSError as error:
        raise (UnsureFile if named else unwritable)(path, error) from error


@contextlib.contextmanager
def files_together(files: Sequence[tuple[Path, bytes]]) -> Iterator[None]:
    """All of them lie there within the block; where it raises, or one cannot be written, all is as it was before.

    Raises StorageError as ``atomic_write`` does.
    """
    before = [(path, _content(path)) for path, _ in files]
    try:
        for path, data in files:
            atomic_write(path, data)
        yield
    except BaseException:
        for path, content in before:
            put_back(path, content)
        raise


def write_together(files: Sequence[tuple[Path, bytes]]) -> tuple[Path, ...]:
    """Write all of them or none; their paths."""
    with files_together(files):
        return tuple(path for path, _ in files)


def put_back(path: Path, content: bytes | None) -> None:
    """What lay there before lies there again, as far as the disk allows; None where nothing did."""
    with contextlib.suppress(OSError, StorageError):
        if content is None:
            path.unlink(missing_ok=True)
        elif _content(path) != content:
            path.unlink()  # makes room on a full disk
            atomic_write(path, content)


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise unwritable(path, error) from error


@contextlib.contextmanager
def unfinished_file(folder: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """A file in ``folder`` to write to, and its path; gone afterwards unless it was given a name. Raises OSError."""
    handle, name = tempfile.mkstemp(prefix=PREFIX, dir=folder)  # mkstemp opens with mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            try:
                yield file, Path(name)
            except BaseException:
                with contextlib.suppress(
                    OSError
                ):  # closing writes what is left, which a full disk refuses again
                    file.close()
                raise
    finally:
        with contextlib.suppress(OSError):
            Path(name).unlink(missing_ok=True)


def finish(file: BinaryIO) -> None:
    """See everything to the disk and close: Windows renames no open file. Raises OSError."""
    file.flush()
    os.fsync(file.fileno())
    file.close()


def replace_durably(unfinished: Path, path: Path) -> None:
    """Give the finished, synced file its name; the name survives a power cut too. Raises OSError."""
    unfinished.replace(path)
    sync_folder(path.parent)


def make_folder(folder: Path) -> None:
    """Make the folder where it is missing, for its owner only; without its name on the disk a power cut takes all
    files in it. Raises OSError."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """The names in a folder are on the disk. Raises OSError."""
    if os.name != "posix":
        return  # Windows cannot sync a folder, and needs not
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sweep_leftovers(folder: Path) -> int:
    """Remove what writes cut short by a crash left in ``folder``; return how many files and folders that were.

    To be called at start, before anything is written there: it cannot tell a leftover from a write under way.
    """
    swept = 0
    for leftover in folder.glob(PREFIX + "*"):
        with contextlib.suppress(OSError):
            shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
            swept += 1
    return swept


def unwritable(path: Path, error: OSError) -> StorageError:
    """The sentence for the user: which file could not be written, and why as the system puts it."""
    return StorageError(f"无法写入文件“{path}”：{_reason(error)}。原有文件未受影响。")


def _reason(error: OSError) -> str:
    reasons: dict[int | None, str] = {
        errno.ENOSPC: "磁盘已满",
        errno.EDQUOT: "磁盘配额已用完",
        errno.EROFS: "磁盘是只读的",
    }
    if isinstance(error, PermissionError):
        return "没有写入权限"
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "文件夹不存在"
    if isinstance(error, IsADirectoryError):
        return "同名的文件夹已经存在"
    return reasons.get(error.errno, error.strerror or "系统拒绝写入")
