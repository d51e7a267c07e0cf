"""What lies beside the database and goes along, where the other database has another data folder."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from operator import itemgetter
from pathlib import Path

from mediation_desk.audit.anchors import FILE_NAME
from mediation_desk.settings import Settings
from mediation_desk.shared.errors import StorageError
from mediation_desk.shared.file_store import unfinished
from mediation_desk.shared.files import PREFIX, atomic_file, finish, unwritable
from mediation_desk.shared.shelf import Shelf
from mediation_desk.shared.watching import Stopped, Watch

FOLDERS = ("rules", "laws", "trust")
"""Of the centre, and what signatures are checked with. Papers and backups stay where they are."""

OTHER = "“{file}”在目的地的数据文件夹里已经有了，内容不一样，没有覆盖。请先核对这两个文件，再搬。"
STOPPED = "已经停下：没有切换，原来的数据没有改动。再执行一次 move 会从头开始。"
SPOILT = "“{file}”复制以后读出来的与原来的不同，请检查目的地的磁盘。"
_PIECE = 1 << 20


def take_along(source: Settings, target: Settings) -> int:
    """Copy every file that is not there yet, each read back; how many. Raises ``StorageError``.

    Nothing is overwritten or removed; what was copied stays, also where the move fails later.
    """
    if source.folder == target.folder:
        return 0
    return sum(_take(file, target.folder / file.relative_to(source.folder)) for file in _files(source.folder))


def carry(shelves: Iterable[Shelf], target: Shelf, folder: Path, watch: Watch) -> int:
    """Files of cases onto the shelf ``target``, each read back; how many. They are made in ``folder``.

    Raises ``StorageError``, ``Stopped``.
    """
    places = {name: shelf for shelf in shelves for name in shelf.names()}
    carried = 0
    for number, (name, shelf) in enumerate(sorted(places.items(), key=itemgetter(0)), start=1):
        carried += _carry(shelf, target, name, folder)
        if not watch(number, len(places)):
            raise Stopped(STOPPED)
    return carried


def _carry(shelf: Shelf, target: Shelf, name: str, folder: Path) -> bool:
    with shelf.open(name) as stream:
        wanted = hashlib.file_digest(stream, "sha256").digest()
        if target.holds(name):
            if _on(target, name) != wanted:
                raise StorageError(OTHER.format(file=name))
            return False
        stream.seek(0)
        with unfinished(folder) as (copy, made):
            while piece := stream.read(_PIECE):
                copy.write(piece)
            finish(copy)
            target.give(made, name)
    if _on(target, name) != wanted:
        raise StorageError(SPOILT.format(file=name))
    return True


def _on(shelf: Shelf, name: str) -> bytes:
    with shelf.open(name) as stream:
        return hashlib.file_digest(stream, "sha256").digest()


def _files(folder: Path) -> Iterator[Path]:
    for name in (*FOLDERS, FILE_NAME):
        place = folder / name
        found = sorted(place.rglob("*")) if place.is_dir() else [place]
        yield from (one for one in found if one.is_file() and not one.name.startswith(PREFIX))


def _take(file: Path, place: Path) -> bool:
    try:
        wanted = _digest(file)
        if place.exists():
            if _digest(place) != wanted:
                raise StorageError(OTHER.format(file=place))
            return False
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with file.open("rb") as stream, atomic_file(place) as copy:
            while piece := stream.read(_PIECE):
                copy.write(piece)
        if _digest(place) != wanted:
            raise StorageError(SPOILT.format(file=place))
    except OSError as error:
        raise unwritable(place, error) from error
    return True


def _digest(file: Path) -> bytes:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").digest()
