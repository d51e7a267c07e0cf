"""Copying files so that what arrived is known by its hash, and stays through a power cut."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from mediation_desk.backups.model import Stored
from mediation_desk.shared.files import PREFIX, finish, make_folder, replace_durably, unfinished_file
from mediation_desk.shared.watching import Stopped, Watch

_PIECE = 1 << 20
STOPPED = "已经停下，没有备份。"


def hashed(file: Path, watch: Watch | None = None) -> Stored:
    """What the bytes of a file are. Raises OSError and ``Stopped``."""
    return _poured(file, lambda _piece: None, watch)


def copied(source: Path, target: Path, watch: Watch | None = None) -> Stored:
    """Copy one file, whole or not at all, onto the disk; for its owner only. Raises OSError and ``Stopped``."""
    make_folder(target.parent)
    with unfinished_file(target.parent) as (copy, made):
        stored = _poured(source, copy.write, watch)
        finish(copy)
        replace_durably(made, target)
    return stored


def below(folder: Path) -> Iterator[tuple[str, Path]]:
    """Every finished file below, with its name from there; nothing where there is no folder."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and not path.name.startswith(PREFIX):
            yield path.relative_to(folder).as_posix(), path


def brought(
    source: Path, store: Path, known: Mapping[str, Stored], watch: Watch | None = None
) -> dict[str, Stored]:
    """Bring into ``store`` what is not there yet, and tell the hash of each file of ``source``.

    A file never changes under its name, so one that is ``known`` and lies there in its size is not read again.
    """
    found = {}
    for name, path in below(source):
        there = store / name
        try:
            size = path.stat().st_size
            same = there.is_file() and there.stat().st_size == size
            if same and name in known and known[name].size == size:
                found[name] = known[name]
            elif same and hashed(there, watch) == (one := hashed(path, watch)):
                found[name] = one
            else:
                found[name] = copied(path, there, watch)
        except FileNotFoundError:
            if path.exists():
                raise
            continue  # destroyed in this moment, by the desk itself
        if watch is not None and not watch(len(found), 0):
            raise Stopped(STOPPED)
    return found


def _poured(source: Path, take: Callable[[bytes], object], watch: Watch | None) -> Stored:
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as stream:
        while piece := stream.read(_PIECE):
            take(piece)
            digest.update(piece)
            size += len(piece)
            if watch is not None and not watch(size, 0):
                raise Stopped(STOPPED)
    return Stored(sha256=digest.hexdigest(), size=size)
