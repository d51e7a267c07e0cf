"""Files of destroyed cases, and the backups in which they still are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mediation_desk.backups.model import MANIFEST
from mediation_desk.cases.destroying.model import Backup
from mediation_desk.cases.destroying.ports import Places
from mediation_desk.shared.errors import StorageError

_SHEETS = "-分件"


def remove_files(places: Places, names: Sequence[str]) -> int:
    """Remove these files, the pictures made of them included; how many there were. Raises ``StorageError``.

    A file that is gone already is no trouble: an earlier run may have been killed in between.
    """
    gone = 0
    for name in _contents(names):
        for called in places.files.names(name):
            with _told(called):
                gone += places.files.remove(called)
    for path in _named(places, names):
        with _told(path.name):
            path.unlink()
            gone += 1
            if path.parent.name.endswith(_SHEETS) and not any(path.parent.iterdir()):
                path.parent.rmdir()
    return gone


@contextmanager
def _told(name: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        return
    except OSError as error:
        raise StorageError(f"删不掉“{name}”：{error.strerror}。数据已经销毁，请再执行一次。") from error


def backups_in(folder: Path, days: int) -> tuple[Backup, ...]:
    """Copies that were made before, each with the day it has to be gone, the newest last."""
    if not folder.is_dir():
        return ()
    made = (
        (one, datetime.fromtimestamp(one.stat().st_mtime, tz=UTC).date())
        for one in folder.iterdir()
        if one.is_file() or (one / MANIFEST).is_file()
    )
    found = (
        Backup(name=one.name, made_on=on, ages_out_on=on + timedelta(days=days))
        for one, on in made
        if not one.name.startswith(".")
    )
    return tuple(sorted(found, key=lambda one: (one.ages_out_on, one.name)))


def _contents(names: Sequence[str]) -> Iterator[str]:
    return (said for kind, _, said in (name.partition(":") for name in names) if kind == "content")


def _named(places: Places, names: Sequence[str]) -> Iterator[Path]:
    for name in names:
        kind, _, said = name.partition(":")
        if kind == "content":
            for called in places.files.names(said):
                yield from _pictures(places.thumbnails, Path(called).stem)
        elif kind == "copies":
            yield from _copies(places.papers, said)
        else:
            yield from _printed(places.papers, said)


def _pictures(folder: Path, content: str) -> Iterator[Path]:
    if folder.is_dir():
        yield from folder.rglob(f"*{content}*")


def _printed(folder: Path, name: str) -> Iterator[Path]:
    """Papers of this name, wherever below the folder they lie.

    A sheet of a volume is named with the folder of its case: every case has sheets of that name.
    """
    for path in _below(folder):
        said = f"/{path.relative_to(folder).as_posix()}"
        if said.endswith(f"/{name}") and ("/" in name or not path.parent.name.endswith(_SHEETS)):
            yield path


def _copies(folder: Path, case_key: str) -> Iterator[Path]:
    """What was handed to a person of the case (个人信息副本): of no case on record, but named by its key."""
    name = re.compile(
        rf"个人信息副本-{re.escape(case_key)}-[A-Za-z]\w*(-[^-\d][^-]*)?(-\d+)?-\d{{4}}-\d\d-\d\d\.\w+"
    )
    yield from (path for path in _below(folder) if name.fullmatch(path.name))


def _below(folder: Path) -> tuple[Path, ...]:
    return tuple(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else ()
