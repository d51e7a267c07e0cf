"""Writes one backup: under an unfinished name, opened again and checked, then named."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from db import sqlite
from db.backups.files import brought, copied, hashed
from db.backups.place import SHARED, attachments_of, backup_at, newest_in
from db.copying import Facts, copy_live, look_into
from mediation_desk import __version__
from mediation_desk.audit.anchors import FILE_NAME, Anchor, code_of
from mediation_desk.backups.model import (
    ATTACHMENTS,
    MANIFEST,
    Backup,
    Manifest,
    Reason,
    Standing,
    Stored,
    folder_name,
    listed,
    written,
)
from mediation_desk.settings import ATTACHMENTS_NAME, DATABASE_NAME, KEYS_NAME
from mediation_desk.shared.errors import StorageError
from mediation_desk.shared.files import PREFIX, make_folder, replace_durably, sync_folder
from mediation_desk.shared.watching import Watch

UNWRITTEN = "备份未能写入“{place}”：请检查磁盘空间和权限。原数据和以前的备份没有改动。"
FOLDERS = ("rules", "trust", "laws")
"""What of the data folder goes along whole; printed papers do not, they can be printed again."""


def write_backup(
    engine: Engine,
    place: Path,
    key: bytes | None = None,
    *,
    at: datetime | None = None,
    reason: Reason = Reason.HAND,
    watch: Watch | None = None,
) -> Backup:
    """A backup of the live database and of what lies beside it, in ``place``, opened again and found good.

    Of an encrypted database, opened with ``key``, the copy is encrypted too and its keys lie beside it.
    Raises ``StorageError`` and ``Stopped``; then nothing of it is left, and earlier backups are as they were.
    """
    moment = at or datetime.now().astimezone()
    home = Path(str(engine.url.database)).parent
    with _unfinished(place, folder_name(moment)) as (folder, finish):
        files = _beside(home, folder)
        database, keys = folder / DATABASE_NAME, folder / KEYS_NAME
        try:
            copy_live(engine, database, keys, key, watch)
        except sqlite.DRIVER.Error as error:
            raise StorageError(UNWRITTEN.format(place=place)) from error
        facts = look_into(database, key, watch)
        attachments = brought(home / ATTACHMENTS_NAME, place / SHARED, _known(place, key), watch)
        (folder / ATTACHMENTS).write_text(json.dumps(listed(attachments)), encoding="utf-8")
        for file in (database, keys, folder / ATTACHMENTS):
            if file.exists():
                _synced(file)
                files[file.name] = hashed(file)
        manifest = _manifest(moment, reason, facts, files, len(attachments), encrypted=key is not None)
        _put(folder / MANIFEST, written(manifest, key))
        path = finish()
    return _found_good(path, key)


def bring(backup: Backup, place: Path, key: bytes | None, watch: Watch | None = None) -> Backup:
    """Copy a finished backup into another place; what arrived is read again. Raises as ``write_backup``."""
    manifest = backup.manifest
    if manifest is None:
        raise StorageError(UNWRITTEN.format(place=place))
    with _unfinished(place, backup.path.name) as (folder, finish):
        shared = backup.path.parent / SHARED
        wanted = attachments_of(backup)
        known = _known(place, key)
        for name, stored in wanted.items():
            there = place / SHARED / name
            lies = there.is_file() and there.stat().st_size == stored.size
            if not (lies and known.get(name) == stored):
                _demand(copied(shared / name, there, watch), stored, place)
        for name, stored in manifest.files.items():
            copied(backup.path / name, folder / name, watch)
            _demand(hashed(folder / name), stored, place)
        copied(backup.path / MANIFEST, folder / MANIFEST)
        path = finish()
    return _found_good(path, key)


@contextlib.contextmanager
def _unfinished(place: Path, name: str) -> Iterator[tuple[Path, Callable[[], Path]]]:
    """A folder nobody takes for a backup, and what gives it its name; it is gone when the block fails."""
    folder = place / f"{PREFIX}{name}"
    try:
        make_folder(place)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)

        def finish() -> Path:
            sync_folder(folder)
            final, more = place / name, 1
            while final.exists():
                more += 1
                final = place / f"{name}-{more}"
            try:
                replace_durably(folder, final)
            except OSError:
                # it may have got its name, but the disk is not sure of it
                shutil.rmtree(final, ignore_errors=True)
                raise
            return final

        yield folder, finish
    except OSError as error:
        raise StorageError(UNWRITTEN.format(place=place)) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _found_good(path: Path, key: bytes | None) -> Backup:
    """What was just written, read again; what is not good does not stay."""
    made = backup_at(path, key)
    if made is None or made.standing is not Standing.GOOD:
        shutil.rmtree(path, ignore_errors=True)
        raise StorageError(UNWRITTEN.format(place=path.parent))
    return made


def _beside(home: Path, folder: Path) -> dict[str, Stored]:
    """Anchors and small files; before the database: no anchor may be newer than its copy."""
    found = {}
    if (home / FILE_NAME).exists():
        found[FILE_NAME] = copied(home / FILE_NAME, folder / FILE_NAME)
    for name in FOLDERS:
        for said, stored in brought(home / name, folder / name, {}).items():
            found[f"{name}/{said}"] = stored
    return found


def _known(place: Path, key: bytes | None) -> dict[str, Stored]:
    """Attachments that lie in a place already, as its newest good backup says."""
    newest = newest_in(place, key)
    try:
        return attachments_of(newest) if newest else {}
    except StorageError:
        return {}


def _manifest(
    at: datetime, reason: Reason, facts: Facts, files: dict[str, Stored], attachments: int, *, encrypted: bool
) -> Manifest:
    return Manifest(
        made_at=at,
        reason=reason,
        program=__version__,
        schema=facts.schema,
        encrypted=encrypted,
        cases=facts.cases,
        rows=facts.rows,
        files=files,
        attachments=attachments,
        anchor=Anchor(seq=facts.seq, code=code_of(facts.link)) if facts.seq else None,
    )


def _put(file: Path, data: bytes) -> None:
    file.write_bytes(data)
    _synced(file)


def _synced(file: Path) -> None:
    file.chmod(0o600)
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())


def _demand(found: Stored, wanted: Stored, place: Path) -> None:
    if found != wanted:
        raise StorageError(f"写到“{place}”的备份和原来的不一样，没有保留。请换一个磁盘。")
