"""Files of a store that are there already: sealed where they were in clear, and sealed anew under another key.

Killed at any moment, each file is the old one or the new one, and the next run does the rest.
"""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Callable
from functools import partial
from typing import BinaryIO

from mediation_desk.shared.errors import StorageError
from mediation_desk.shared.file_store import SEALED, FileStore, name_of, pieces_of, pour, unfinished
from mediation_desk.shared.sealed_file import Broken, Unsealed
from mediation_desk.shared.shelf import Shelf
from mediation_desk.shared.watching import Stopped, Watch

_LEFT = "已经停下，还有{left}个文件没有加密，下次登录接着办。"
_CLEAR = re.compile("[0-9a-f]{64}")

Place = tuple[Shelf, str]


def seal_clear_files(store: FileStore, watch: Watch | None = None) -> int:
    """Seal what is in clear, from before there was a key; how many files that were. Without a key nothing is done.

    A spoilt file stays under its name and stays spoilt. ``watch`` is told files. Raises ``Stopped``, ``StorageError``.
    """
    key = store.key()
    if key is None:
        return 0
    if store.folder.is_dir():
        for folder in (store.folder, *store.folder.glob("[0-9a-f][0-9a-f]")):
            with contextlib.suppress(OSError):
                folder.chmod(0o700)
    clear = [place for place in _places(store) if _CLEAR.fullmatch(place[1])]
    return _each(clear, lambda place, asked: _seal(store, place, key, asked), watch)


def reseal(store: FileStore, old: bytes, new: bytes, watch: Watch | None = None) -> tuple[str, ...]:
    """Seal everything under ``new`` that was under ``old``; names of what opens under neither, left as it is.

    A store that knows both keys can be read and written meanwhile. Raises ``Stopped``, ``StorageError``.
    """
    strange: list[str] = []

    def do(place: Place, asked: Watch | None) -> None:
        if not _reseal(store, place, old, new, asked):
            strange.append(place[1])

    _each([place for place in _places(store) if place[1].endswith(SEALED)], do, watch)
    return tuple(strange)


def _places(store: FileStore) -> list[Place]:
    return [(shelf, name) for shelf in store.shelves for name in shelf.names()]


def _each(places: list[Place], do: Callable[[Place, Watch | None], object], watch: Watch | None) -> int:
    for done, place in enumerate(places):
        within = None if watch is None else partial(_within, watch, done, len(places))
        try:
            _go_on(within)
            do(place, within)
        except FileNotFoundError:
            continue  # destroyed meanwhile
        except Stopped:
            raise Stopped(_LEFT.format(left=len(places) - done), field="file") from None
        except OSError as error:
            raise StorageError(f"文件“{place[1]}”没有加密完：{error.strerror}。") from error
    return len(places)


def _go_on(watch: Watch | None) -> None:
    if watch is not None and not watch(0, 0):
        raise Stopped("")


def _within(watch: Watch, done: int, whole: int, _bytes: int, _all: int) -> bool:
    return watch(done, whole)


def _seal(store: FileStore, place: Place, key: bytes, watch: Watch | None) -> None:
    shelf, clear = place
    with unfinished(store.folder) as (copy, made):
        with shelf.open(clear) as stream:
            kept = pour(pieces_of(stream, None), copy, _size(stream), key, watch)
        if not shelf.holds(clear):
            raise FileNotFoundError(clear)
        sealed = name_of(clear, key)
        if kept.sha256 == clear or not shelf.holds(sealed):
            shelf.give(made, sealed)
    shelf.remove(clear)


def _reseal(store: FileStore, place: Place, old: bytes, new: bytes, watch: Watch | None) -> bool:
    shelf, sealed = place
    try:
        with unfinished(store.folder) as (copy, made):
            with shelf.open(sealed) as stream:
                kept = pour(pieces_of(stream, old), copy, _size(stream), new, watch)
            if name_of(kept.sha256, old) != sealed:
                return False
            shelf.give(made, name_of(kept.sha256, new))
        shelf.remove(sealed)
    except Broken:
        return _opens(place, new)
    return True


def _size(stream: BinaryIO) -> int:
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    return size


def _opens(place: Place, key: bytes) -> bool:
    shelf, sealed = place
    try:
        with shelf.open(sealed) as stream:
            Unsealed(stream, key)
    except Broken:
        return False
    return True
