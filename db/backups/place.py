"""A place with backups: which are there, how good they look, and which go."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from mediation_desk.backups.model import (
    ATTACHMENTS,
    MANIFEST,
    NAME,
    UNREADABLE,
    Backup,
    Reason,
    Standing,
    Stored,
    is_sealed,
    read,
    unlisted,
)
from mediation_desk.backups.rules import Keep
from mediation_desk.backups.thinning import Dated, kept
from mediation_desk.shared.errors import StorageError
from mediation_desk.shared.files import PREFIX

SHARED = "attachments"
"""In a place: the attachments of all its backups."""


def backups_in(place: Path, key: bytes | None = None) -> tuple[Backup, ...]:
    """Backups of a place, the newest first. Raises ``StorageError`` where the place cannot be looked into."""
    try:
        found = [one for path in place.iterdir() if (one := backup_at(path, key)) is not None]
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise StorageError(f"看不了“{place}”里的备份：请检查磁盘和权限。") from error
    return tuple(sorted(found, key=lambda one: (one.made_at, one.path.name), reverse=True))


def newest_in(place: Path, key: bytes | None = None) -> Backup | None:
    """The newest good backup of a place. Names tell the moment: what is older is not looked into."""
    try:
        names = sorted((one.name for one in place.iterdir()), reverse=True)
    except OSError:
        return None
    found = (backup_at(place / name, key) for name in names if name.startswith(NAME))
    return next((one for one in found if one is not None and one.standing is Standing.GOOD), None)


def backup_at(path: Path, key: bytes | None = None) -> Backup | None:
    """The backup that lies at ``path``: a folder, or a file of earlier versions; None for anything else."""
    if path.is_file() and path.suffix == ".db" and not path.name.startswith("."):
        return Backup(path=path, standing=Standing.OLD, made_at=_changed(path))
    if not path.is_dir() or not path.name.startswith(NAME):
        return None
    try:
        manifest, plain = read((path / MANIFEST).read_bytes(), path.name)
    except (OSError, StorageError):
        return Backup(path=path, standing=Standing.BROKEN, made_at=_changed(path))
    whole = all(_size(path / name) == one.size for name, one in manifest.files.items())
    proved = is_sealed(plain, key if manifest.encrypted else None)
    standing = Standing.BROKEN if not whole else Standing.GOOD if proved else Standing.SEALED
    return Backup(path=path, standing=standing, made_at=manifest.made_at, manifest=manifest)


def attachments_of(backup: Backup) -> dict[str, Stored]:
    """The attachments a backup names. Raises ``StorageError``."""
    try:
        return unlisted(json.loads((backup.path / ATTACHMENTS).read_bytes()))
    except (OSError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise StorageError(UNREADABLE.format(name=backup.path.name)) from error


def thin(
    place: Path, key: bytes | None, now: datetime, keep: Keep, most_days: int, *, own: bool = False
) -> int:
    """Take away what is too much, of ours only, then attachments no backup names; how many backups went.

    In the centre's ``own`` folder everything is ours, what a former data key sealed too; elsewhere only what the
    present one proves.
    """
    proved = (Standing.GOOD, Standing.SEALED) if own else (Standing.GOOD,)
    ours = [one for one in backups_in(place, key) if one.standing in proved and one.manifest]
    dated = [
        Dated(
            name=one.path.name,
            made_at=one.made_at,
            upgrade=one.manifest is not None and one.manifest.reason is Reason.UPGRADE,
        )
        for one in ours
    ]
    stay = kept(dated, now, keep, most_days)
    gone = [one.path for one in ours if one.path.name not in stay]
    for path in gone:
        discard(path)
    if gone:
        _forget_unnamed(place)
    return len(gone)


def discard(folder: Path) -> None:
    """Remove a backup; cut short, what is left is no backup any more. An error leaves it for the next time."""
    doomed = folder.with_name(PREFIX + folder.name)
    with contextlib.suppress(OSError):
        folder.rename(doomed)
        shutil.rmtree(doomed)


def _forget_unnamed(place: Path) -> None:
    """Attachments no backup here names, whoever made it. Nothing goes while one is unreadable or being written."""
    found = backups_in(place)
    if any(one.standing is Standing.BROKEN for one in found) or any(place.glob(PREFIX + "*")):
        return
    with contextlib.suppress(StorageError):
        named = {name for one in found if one.manifest for name in attachments_of(one)}
        for name, path in _files(place / SHARED):
            if name not in named:
                with contextlib.suppress(OSError):
                    path.unlink()


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in folder.rglob("*"):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path


def _changed(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1
