"""A sealed copy of each case beside the backups, so that cases can be made anew when the database is lost.

One file per case, called by a keyed hash of its key: whoever holds the stick without a key learns how many cases there
are, and nothing else. Only cases that were touched since are written anew; one that is no more goes at once.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from mediation_desk.access.accounts.sealing import subkey
from mediation_desk.cases.model import CaseFile
from mediation_desk.interchange.reader import read_case
from mediation_desk.interchange.writer import dump_case
from mediation_desk.settings import KEYS_NAME
from mediation_desk.shared.errors import DeskError, StorageError
from mediation_desk.shared.files import PREFIX, atomic_write, unwritable
from mediation_desk.shared.sealed_file import Sealer, Unsealed
from mediation_desk.shared.watching import Stopped, Watch

FOLDER, INDEX, ENDING = "cases", "index.sealed", ".case"
_AT_ONCE = 100


class Source(Protocol):
    """The cases of the open centre."""

    def touched(self) -> Mapping[str, int]:
        """Every case, and the last entry of the audit trail about it."""

    def files(self, keys: Sequence[str]) -> Sequence[CaseFile]:
        """Whole files; those that are gone meanwhile are left out."""


class CaseCopies:
    """``key`` is that of the encrypted database; without one (a practice centre) nothing is copied."""

    def __init__(self, source: Source, key: Callable[[], bytes | None]) -> None:
        self._source = source
        self._key = key

    def keep(self, place: Path, keys: Path, watch: Watch | None = None) -> int:
        """Bring the copies in ``place`` up to date, with the file that holds the ``keys``; how many were written.

        Stopped or cut short, it goes on from there the next time. Raises ``StorageError``, ``Stopped``.
        """
        database_key = self._key()
        if database_key is None:
            return 0
        key, folder = subkey(database_key, "case-copies"), place / FOLDER
        touched = self._source.touched()
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            known = {name: tuple(one) for name, one in _index(folder, key).items()}
            atomic_write(folder / KEYS_NAME, keys.read_bytes())
            for gone in known.keys() - touched.keys():
                (folder / _name(gone, key)).unlink(missing_ok=True)
                del known[gone]
            due = [one for one, seq in touched.items() if one not in known or known[one][0] != seq]
            written = 0
            for at in range(0, len(due), _AT_ONCE):
                for file in self._source.files(due[at : at + _AT_ONCE]):
                    text = dump_case(file, with_private_notes=True).encode("utf-8")
                    digest = hashlib.sha256(text).hexdigest()
                    if known.get(file.case_key, ("", ""))[1] != digest:
                        _write(folder / _name(file.case_key, key), text, key)
                        written += 1
                    known[file.case_key] = (touched[file.case_key], digest)
                _write(folder / INDEX, json.dumps(known).encode("utf-8"), key)
                if watch is not None and not watch(at + _AT_ONCE, len(due)):
                    raise Stopped("已经停下，单件副本下次接着写。")
            wanted = {_name(one, key) for one in known}  # the others were written before a change of key
            for name in {path.name for path in folder.glob(f"*{ENDING}")} - wanted:
                (folder / name).unlink(missing_ok=True)
        except OSError as error:
            raise unwritable(folder, error) from error
        return written


def read_copies(folder: Path, database_key: bytes) -> Iterator[CaseFile | str]:
    """Every case of a folder of copies; for one that is lost or damaged, what it is called. Raises ``StorageError``."""
    key = subkey(database_key, "case-copies")
    named = {_name(case_key, key): case_key for case_key in _index(folder, key)}
    there = {path.name for path in folder.glob(f"*{ENDING}")}
    for name in sorted(named.keys() | there):
        try:
            yield read_case(_read(folder / name, key))
        except (DeskError, OSError):
            yield named.get(name, name)


def _index(folder: Path, key: bytes) -> dict[str, list[object]]:
    """What was written so far; one that cannot be read counts as none: everything is written anew."""
    try:
        found = json.loads(_read(folder / INDEX, key))
    except (DeskError, OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _name(case_key: str, key: bytes) -> str:
    return hmac.digest(subkey(key, "names"), case_key.encode("utf-8"), "sha256").hex()[:40] + ENDING


def _write(path: Path, data: bytes, key: bytes) -> None:
    """Without waiting for the disk each time: a copy cut short is noticed by its seal, and written again."""
    sealed = io.BytesIO()
    sealer = Sealer(sealed, key, path.name.encode("ascii"))
    sealer.write(data)
    sealer.finish()
    unfinished = path.with_name(PREFIX + path.name)
    unfinished.write_bytes(sealed.getvalue())
    with contextlib.suppress(OSError):
        unfinished.chmod(0o600)
    unfinished.replace(path)


def _read(path: Path, key: bytes) -> bytes:
    with path.open("rb") as stream:
        return b"".join(Unsealed(stream, key, path.name.encode("ascii")).chunks())


def demand_copies(folder: Path) -> Path:
    """The folder with the copies, named itself or as the place above. Raises ``StorageError``."""
    for one in (folder, folder / FOLDER):
        if (one / KEYS_NAME).is_file():
            return one
    raise StorageError(f"“{folder}”里没有单件副本：请选备份位置里的 cases 文件夹。")
