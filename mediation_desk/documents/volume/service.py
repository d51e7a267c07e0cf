"""``Volumes``: the volume of a stored case: what is missing, what it will look like, and writing it, on record."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.cases.lifecycle import State, state_of
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.summary import PrintedPaper
from mediation_desk.documents.printing import Printing
from mediation_desk.documents.service import clean_name, folder_for
from mediation_desk.documents.volume.checklist import Checklist, checklist
from mediation_desk.shared.clock import Clock
from mediation_desk.shared.errors import RuleError, StorageError
from mediation_desk.shared.file_store import FileStore
from mediation_desk.shared.files import all_or_none, atomic_file, atomic_write
from mediation_desk.shared.record import record
from mediation_desk.shared.watching import Watch

if TYPE_CHECKING:
    from mediation_desk.documents.volume.assembling import Volume

FORM = "volume"
TITLE = "卷宗"
ARCHIVAL = "（归档格式）"
NOT_YET = "受理或者决定不予受理以后才有卷宗。"


@record
class Preview:
    """A volume as it would be written: its PDF, all its pages, and the titles the archive writes down."""

    pdf: bytes
    pages: int
    titles: tuple[str, ...]


def _on(_done: int, _all: int) -> bool:
    return True


class Volumes:
    """Checks and binds; what it writes is noted in the case like any printed paper."""

    def __init__(self, cases: CaseService, printing: Printing, store: FileStore, clock: Clock) -> None:
        self._cases = cases
        self._printing = printing
        self._store = store
        self._clock = clock

    def checklist(self, actor: Actor, key: str) -> Checklist:
        """What belongs into the volume by now, what is there and what is missing."""
        file = self._cases.file(actor, key)
        return checklist(file, self._cases.papers(actor, file.case_key))

    def preview(self, actor: Actor, key: str, watch: Watch = _on) -> Preview:
        """The whole volume as one PDF, written nowhere. ``watch`` is told of every piece and may stop it."""
        file, found = self._ready(actor, key)
        with self._bound(actor, file, found, watch) as volume:
            stream = io.BytesIO()
            volume.write(stream)
            return Preview(pdf=stream.getvalue(), pages=volume.pages, titles=found.titles)

    def write(
        self,
        actor: Actor,
        key: str,
        folder: Path,
        *,
        split: bool = False,
        pdfa: bool = False,
        watch: Watch = _on,
    ) -> tuple[Path, ...]:
        """Write the volume as one PDF, or ``split`` a file for each entry, and note it in the case.

        ``pdfa`` asks for the archive's format (PDF/A); the volume of a filed case is always written in it.

        Nothing is written before everything is bound: stopped half-way, or with a scan that cannot be read
        (``InputError`` names it), the folder stays as it was.
        """
        file, found = self._ready(actor, key)
        archival = pdfa or state_of(file) is State.ARCHIVED
        with self._bound(actor, file, found, watch, archival=archival) as volume, all_or_none() as keep:
            folder_for(folder)
            if split:
                paths = _write_sheets(volume, folder / f"{_name(volume)}-分件", keep)
            else:
                paths = (_write_whole(volume, folder / f"{_name(volume)}.pdf", keep),)
            pages = volume.pages if not split else None
            names = {path: path.relative_to(folder).as_posix() for path in paths}  # each case has a "00-…"
            self._note(actor, file, names, pages, archival=archival)
        return paths

    def print(
        self,
        actor: Actor,
        key: str,
        folder: Path,
        send: Callable[[bytes], object],
        copies: int,
        watch: Watch = _on,
    ) -> int:
        """Hand the very PDF of the preview to a printer in so many copies, put it into ``folder`` and on record.

        How many pages it has. What could not be sent is not on record.
        """
        file, found = self._ready(actor, key)
        with self._bound(actor, file, found, watch) as volume, all_or_none() as keep:
            folder_for(folder)
            path = _write_whole(volume, folder / f"{_name(volume)}.pdf", keep)
            with _reading(path) as stream:
                data = stream.read()
            send(data)
            self._note(actor, file, {path: path.name}, volume.pages, copies=copies)
            return volume.pages

    def _ready(self, actor: Actor, key: str) -> tuple[CaseFile, Checklist]:
        actor.require(Permission.DOCUMENT_PRINT)
        file = self._cases.file(actor, key, Permission.DOCUMENT_PRINT)
        if file.intake.accepted_on is None and file.ending is None:
            raise RuleError(NOT_YET)
        return file, checklist(file, self._cases.papers(actor, file.case_key))

    @contextmanager
    def _bound(
        self, actor: Actor, file: CaseFile, found: Checklist, watch: Watch, *, archival: bool = False
    ) -> Iterator[Volume]:
        from mediation_desk.documents.volume.assembling import bound  # loaded late: PDF libraries are heavy

        background, papers_of = self._printing.papers_of(actor, file)
        with bound(file, found, background, self._store, watch, papers_of, archival=archival) as volume:
            yield volume

    def _note(
        self,
        actor: Actor,
        file: CaseFile,
        names: Mapping[Path, str],
        pages: int | None,
        *,
        archival: bool = False,
        copies: int = 0,
    ) -> None:
        papers = [
            PrintedPaper(
                at=self._clock(),
                account=actor.display_name,
                form=FORM,
                title=f"{TITLE}{ARCHIVAL}" if archival else TITLE,
                file_name=name,
                pages=pages,
                sha256=_digest(path),
                copies=copies,
            )
            for path, name in names.items()
        ]
        self._cases.note_papers(actor, file.case_key, papers)


def _name(volume: Volume) -> str:
    """Made of the number only, never of names (S7)."""
    return clean_name((TITLE, volume.number))


def _write_whole(volume: Volume, path: Path, keep: Callable[[Path], None]) -> Path:
    keep(path)
    with atomic_file(path) as stream:
        volume.write(stream)
    return path


def _write_sheets(volume: Volume, folder: Path, keep: Callable[[Path], None]) -> tuple[Path, ...]:
    """Sheets of a former volume in the same folder go: they would bear other numbers."""
    folder_for(folder)
    paths = []
    for name, data in volume.sheets():
        paths.append(folder / name)
        keep(paths[-1])
        atomic_write(paths[-1], data)
    for former in folder.glob("[0-9][0-9]-*.pdf"):
        if former not in paths:
            keep(former)
            _remove(former)
    return tuple(paths)


def _remove(former: Path) -> None:
    try:
        former.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(
            f"删不掉以前的“{former}”：{error.strerror}。请关闭打开它的程序，再做一次。"
        ) from error


def _digest(path: Path) -> str:
    with _reading(path) as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def _reading(path: Path) -> Iterator[io.BufferedReader]:
    try:
        with path.open("rb") as stream:
            yield stream
    except OSError as error:
        raise StorageError(f"刚写好的“{path}”读不出来：{error.strerror}。请检查磁盘，再做一次。") from error
