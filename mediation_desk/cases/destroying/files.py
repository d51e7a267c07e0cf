"""Files of destroyed cases, and the backups in which they still are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mediation_desk.cases.destroying.model import Backup
from mediation_desk.cases.destroying.ports import Places
from mediation_desk.shared.errors import StorageError
from mediation_desk.shared.file_store import FileStore


def remove_files(places: Places, names: Sequence[str]) -> int:
    """Remove these files, the pictures made of them included; how many there were. Raises ``StorageError``.

    A file that is gone already is no trouble: an earlier run may have been killed in between.
    """
    gone = 0
    for path in _named(places, names):
        try:
            path.unlink()
            gone += 1
        except FileNotFoundError:
            continue
        except OSError as error:
            raise StorageError(
                f"删不掉“{path.name}”：{error.strerror}。数据已经销毁，请再执行一次。"
            ) from error
    return gone


def backups_in(folder: Path, days: int) -> tuple[Backup, ...]:
    """Copies that were made before, each with the day it has to be gone, the newest last."""
    if not folder.is_dir():
        return ()
    made = (
        (one, datetime.fromtimestamp(one.stat().st_mtime, tz=UTC).date())
        for one in folder.iterdir()
        if one.is_file()
    )
    found = (
        Backup(name=one.name, made_on=on, ages_out_on=on + timedelta(days=days))
        for one, on in made
        if not one.name.startswith(".")
    )
    return tuple(sorted(found, key=lambda one: (one.ages_out_on, one.name)))


def _named(places: Places, names: Sequence[str]) -> Iterator[Path]:
    store = FileStore(places.attachments)
    for name in names:
        kind, _, said = name.partition(":")
        if kind == "content":
            yield store.path(said)
            yield from _pictures(places.thumbnails, said)
        else:
            yield from _printed(places.papers, said)


def _pictures(folder: Path, content: str) -> Iterator[Path]:
    if folder.is_dir():
        yield from folder.rglob(f"*{content}*")


def _printed(folder: Path, name: str) -> Iterator[Path]:
    """Papers of this name, wherever below the folder they lie."""
    if folder.is_dir():
        yield from (path for path in folder.rglob("*") if path.name == Path(name).name and path.is_file())
