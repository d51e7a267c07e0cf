"""Files of a store that lie there already: sealed where they were in clear, and sealed anew under another key.

Killed at any moment, each file is the old one or the new one, and the next run does the rest.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

from mediation_desk.shared.errors import StorageError
from mediation_desk.shared.file_store import (
    SEALED,
    FileStore,
    give_place,
    pieces_of,
    place_of,
    pour,
    unfinished,
)
from mediation_desk.shared.sealed_file import Broken, Unsealed
from mediation_desk.shared.watching import Stopped, Watch

_LEFT = "已经停下，还有{left}个文件没有加密，下次登录接着办。"
_FOLDERS = "[0-9a-f][0-9a-f]"
_CLEAR = "[0-9a-f]" * 64


def seal_clear_files(store: FileStore, watch: Watch | None = None) -> int:
    """Seal what lies in clear, from before there was a key; how many files that were. Without a key nothing is done.

    A spoilt file stays under its name and stays spoilt. ``watch`` is told files. Raises ``Stopped``, ``StorageError``.
    """
    key = store.key()
    if key is None or not store.folder.is_dir():
        return 0
    for folder in (store.folder, *store.folder.glob(_FOLDERS)):
        with contextlib.suppress(OSError):
            folder.chmod(0o700)
    clear = sorted(store.folder.glob(f"{_FOLDERS}/{_CLEAR}"))
    return _each(clear, lambda path, asked: _seal(store.folder, path, key, asked), watch)


def reseal(store: FileStore, old: bytes, new: bytes, watch: Watch | None = None) -> tuple[Path, ...]:
    """Seal everything under ``new`` that was under ``old``; the files that open under neither, left as they are.

    A store that knows both keys can be read and written meanwhile. Raises ``Stopped``, ``StorageError``.
    """
    strange: list[Path] = []

    def do(path: Path, asked: Watch | None) -> None:
        if not _reseal(store.folder, path, old, new, asked):
            strange.append(path)

    _each(sorted(store.folder.glob(f"{_FOLDERS}/*{SEALED}")), do, watch)
    return tuple(strange)


def _each(paths: list[Path], do: Callable[[Path, Watch | None], object], watch: Watch | None) -> int:
    for done, path in enumerate(paths):
        within = None if watch is None else partial(_within, watch, done, len(paths))
        try:
            _go_on(within)
            do(path, within)
        except FileNotFoundError:
            continue  # destroyed meanwhile
        except Stopped:
            raise Stopped(_LEFT.format(left=len(paths) - done), field="file") from None
        except OSError as error:
            raise StorageError(f"文件夹“{path.parent}”里的文件没有加密完：{error.strerror}。") from error
    return len(paths)


def _go_on(watch: Watch | None) -> None:
    if watch is not None and not watch(0, 0):
        raise Stopped("")


def _within(watch: Watch, done: int, whole: int, _bytes: int, _all: int) -> bool:
    return watch(done, whole)


def _seal(folder: Path, clear: Path, key: bytes, watch: Watch | None) -> None:
    place = place_of(folder, clear.name, key)
    size = clear.stat().st_size
    with unfinished(folder) as (copy, made):
        kept = pour(pieces_of(clear.open("rb"), None), copy, size, key, watch)
        if not clear.exists():
            raise FileNotFoundError(clear)
        if kept.sha256 == clear.name or not place.exists():
            give_place(made, place)
    clear.unlink()


def _reseal(folder: Path, sealed: Path, old: bytes, new: bytes, watch: Watch | None) -> bool:
    size = sealed.stat().st_size
    try:
        with unfinished(folder) as (copy, made):
            kept = pour(pieces_of(sealed.open("rb"), old), copy, size, new, watch)
            if place_of(folder, kept.sha256, old) != sealed:
                return False
            give_place(made, place_of(folder, kept.sha256, new))
        sealed.unlink()
    except Broken:
        return _opens(sealed, new)
    return True


def _opens(sealed: Path, key: bytes) -> bool:
    try:
        with sealed.open("rb") as stream:
            Unsealed(stream, key)
    except Broken:
        return False
    return True
