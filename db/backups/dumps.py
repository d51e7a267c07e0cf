"""Backups of a server's centre as they lie in a place: one sealed file each, and its keys beside it.

A file is a manifest, then what ``pg_dump`` gave, both of one state of the database. The keys are wrapped and stand in
a small clear file, as beside an embedded database: a password of that day, or the recovery code of that day, opens
them. A practice centre has no key, its backups are clear.
"""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, cast

from db.backups.files import STOPPED, copied, hashed
from mediation_desk.backups.model import Backup, Manifest, Standing, read, written
from mediation_desk.backups.model import is_sealed as is_proved
from mediation_desk.settings import KEYS_SUFFIX
from mediation_desk.shared.errors import DeskError, StorageError
from mediation_desk.shared.files import PREFIX, make_folder, replace_durably, unwritable
from mediation_desk.shared.sealed_file import MAGIC as SEALED
from mediation_desk.shared.sealed_file import Unsealed
from mediation_desk.shared.watching import Stopped, Watch

SUFFIX = ".dump"
MAGIC = b"TJTDUMP\x02"
LABEL = b"dump"
NOT_A_COPY = "“{file}”不是调解台在服务器上的备份，或者已经损坏。"
UNLIKE = "写到“{place}”的备份和原来的不一样，没有保留。请换一个磁盘。"
_MOMENT = "%Y%m%d-%H%M%S"
_PIECE = 1 << 20


class Watched:
    """A stream whose watch is told how many pieces went through it; it may stop them."""

    def __init__(self, stream: Any, watch: Watch | None) -> None:
        self._stream, self._watch, self._done = stream, watch, 0

    def write(self, piece: bytes) -> None:
        """Raises ``Stopped``."""
        self._stream.write(piece)
        self._go()

    def read(self, size: int) -> bytes:
        """Raises ``Stopped``."""
        piece: bytes = self._stream.read(size)
        self._go()
        return piece

    def _go(self) -> None:
        self._done += 1
        if self._watch is not None and not self._watch(self._done, 0):
            raise Stopped(STOPPED)


def dump_name(database: str, at: datetime) -> str:
    """What a backup made now is called; the database stands in it, a folder may hold those of several."""
    return f"{_plain(database)}-{at.astimezone():{_MOMENT}}{SUFFIX}"


def head(manifest: Manifest, key: bytes | None) -> bytes:
    """How a file begins."""
    told = written(manifest, key)
    return MAGIC + len(told).to_bytes(4, "big") + told


@contextlib.contextmanager
def opened(file: Path, key: bytes | None) -> Iterator[tuple[Manifest, BinaryIO]]:
    """The manifest, and the dump to be read from the stream. Raises ``StorageError``, ``Broken``, OSError."""
    with file.open("rb") as raw:
        source: Any = io.BufferedReader(Unsealed(raw, key, LABEL), _PIECE) if key else raw
        if source.read(len(MAGIC)) != MAGIC:
            raise StorageError(NOT_A_COPY.format(file=file))
        manifest, plain = read(source.read(int.from_bytes(source.read(4), "big")), file.name)
        if not is_proved(plain, key):
            raise StorageError(NOT_A_COPY.format(file=file))
        yield manifest, cast(BinaryIO, source)


def is_sealed(file: Path) -> bool:
    """Whether it takes a password to open it. Raises StorageError where there is no such file."""
    try:
        with file.open("rb") as stream:
            return stream.read(len(SEALED)) == SEALED
    except OSError as error:
        raise StorageError(f"找不到备份文件“{file}”。") from error


def dump_at(file: Path, key: bytes | None) -> Backup:
    """The backup in a file, as far as its begin and its end tell."""
    try:
        with opened(file, key) as (manifest, _dump):
            whole = key is None or file.with_suffix(KEYS_SUFFIX).is_file()
            standing = Standing.GOOD if whole else Standing.BROKEN
            return Backup(path=file, standing=standing, made_at=manifest.made_at, manifest=manifest)
    except (OSError, DeskError):
        return Backup(path=file, standing=Standing.SEALED, made_at=_moment(file))


def newest_dump(place: Path, database: str, key: bytes | None) -> Backup | None:
    """The newest good backup of a place. Names tell the moment: what is older is not looked into."""
    found = (dump_at(file, key) for file in reversed(_dumps(place, database)))
    return next((one for one in found if one.standing is Standing.GOOD), None)


def bring_dump(backup: Backup, place: Path, key: bytes | None, watch: Watch | None) -> Backup:
    """Copy a finished one into another place; what arrived is read again. Raises ``StorageError``, ``Stopped``."""
    target = place / backup.path.name
    unfinished = target.with_name(PREFIX + target.name)
    try:
        make_folder(place)
        if key:
            copied(backup.path.with_suffix(KEYS_SUFFIX), target.with_suffix(KEYS_SUFFIX), watch)
        if copied(backup.path, unfinished, watch) != hashed(unfinished, watch):
            raise StorageError(UNLIKE.format(place=place))
        replace_durably(unfinished, target)
    except OSError as error:
        raise unwritable(target, error) from error
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
    return dump_at(target, key)


def dumps_in(place: Path, database: str, key: bytes | None, *, own: bool) -> list[Backup]:
    """Good backups of this database in a place; in this computer's ``own`` also what opens no more."""
    found = (dump_at(file, key) for file in _dumps(place, database))
    return [one for one in found if own or one.standing is Standing.GOOD]


def drop_dump(file: Path) -> None:
    """Remove a backup. An error leaves it for the next time."""
    with contextlib.suppress(OSError):
        file.unlink()
        file.with_suffix(KEYS_SUFFIX).unlink(missing_ok=True)


def _dumps(place: Path, database: str) -> list[Path]:
    """Files that are named like backups of this database, the oldest first."""
    named = re.compile(rf"{re.escape(_plain(database))}-\d{{8}}-\d{{6}}{re.escape(SUFFIX)}")
    try:
        return sorted(one for one in place.iterdir() if named.fullmatch(one.name))
    except OSError:
        return []


def _plain(database: str) -> str:
    return re.sub(r"\W+", "_", database)


def _moment(file: Path) -> datetime:
    with contextlib.suppress(ValueError):
        return datetime.strptime(file.stem[-15:], _MOMENT).astimezone()
    return datetime.fromtimestamp(file.stat().st_mtime).astimezone()
