"""``Scanning``: files from outside become scans of a case, filed by their codes; pictures of them for the screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.cases.lifecycle import state_on
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.scan import Scan, ScanKind
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.scanning import Arrived, FileScans
from mediation_desk.documents.content import Mark
from mediation_desk.documents.registry import FORMS
from mediation_desk.documents.scanning.batch import Batch, Progress
from mediation_desk.documents.scanning.pages import join, picture_of
from mediation_desk.documents.scanning.rules import scanning_rules
from mediation_desk.documents.scanning.sorting import Piece, other_case, told_of
from mediation_desk.documents.scanning.thumbnails import Thumbnails
from mediation_desk.shared.clock import Clock
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.file_store import FileStore, Kept
from mediation_desk.shared.quarantine.process import workshop
from mediation_desk.shared.quarantine.refusal import told
from mediation_desk.shared.record import record
from mediation_desk.shared.uploads.room import require_room

LARGE = 2000  # dots of the longer side of a page looked at
MOST_SHOWN = 60
THUMBNAIL = 320  # dots of the longer side


@record
class Wanted:
    """What pages without a code show, as somebody says; by default it is left to be sorted."""

    kind: ScanKind = ScanKind.UNSORTED
    title: str = ""
    form: str = ""
    paper_no: int = 0
    evidence_ref: str = ""


@record
class Filed:
    """The case after filing, the scans that came, and sentences somebody should read."""

    file: CaseFile
    scans: tuple[Scan, ...]
    told: tuple[str, ...]


class Scanning:
    """Everything or nothing of a file comes in; its bytes are kept as they came beside what was made of them."""

    def __init__(self, cases: CaseService, store: FileStore, clock: Clock, cache: Path) -> None:
        self._cases = cases
        self._store = store
        self._clock = clock
        self._thumbnails = Thumbnails(cache, store)

    def read(self, actor: Actor, path: Path, progress: Progress | None = None) -> Batch:
        """Look at a file and read its codes; the caller closes the batch. Stores nothing."""
        actor.require(Permission.CASE_MEDIATE)
        return Batch(path, self._store.folder, progress)

    def take(
        self,
        actor: Actor,
        key: str,
        path: Path,
        wanted: Wanted | None = None,
        progress: Progress | None = None,
    ) -> Filed:
        """:meth:`read` and :meth:`file_batch` in one."""
        with self.read(actor, path, progress) as batch:
            return self.file_batch(actor, key, batch, wanted)

    def file_batch(self, actor: Actor, key: str, batch: Batch, wanted: Wanted | None = None) -> Filed:
        """File every piece: by its code, otherwise as ``wanted``.

        Raises ``OtherCase`` where a code names another case, ``InputError`` for a file that is in the case already,
        ``StorageError`` where the disk is too full for files.
        """
        actor.require(Permission.CASE_MEDIATE)
        require_room(self._store.folder)
        file, upload = self._cases.file(actor, key, Permission.CASE_MEDIATE), batch.upload
        _demand_possible(file, self._cases.local_today)
        other = other_case(upload.name, batch.pages, file.case_key)
        if other is not None:
            raise other
        for scan in file.beside.scans:
            if scan.stands and upload.sha256 in (scan.sha256, scan.original):
                raise InputError(
                    f"没有导入“{upload.name}”：它已经在本案里了（扫描件{scan.no}，{scan.title}）。",
                    field="file",
                )
        original = self._store.put(batch.path, expected=upload.sha256)
        told = self._told_of_pages(batch)
        printed = self._cases.papers(actor, file.case_key)
        arrived: list[Arrived] = []
        for piece in batch.pieces:
            one = self._kept(file, batch, piece, wanted or Wanted(), original)
            arrived.append(one)
            told += told_of(piece, one.title, printed)
        before = len(file.beside.scans)
        saved = self._cases.perform(
            actor, file.case_key, FileScans(scans=tuple(arrived), at=self._clock()), version=file.version
        )
        return Filed(file=saved, scans=saved.beside.scans[before:], told=tuple(told))

    def _kept(self, file: CaseFile, batch: Batch, piece: Piece, wanted: Wanted, original: Kept) -> Arrived:
        """What a piece becomes, its file in the store."""
        made, media = batch.made_of(piece)
        kept = original if made is None else self._store.put_bytes(made)
        name = batch.upload.name
        plain = Arrived(
            kind=wanted.kind,
            title=wanted.title or name.rpartition(".")[0] or name,
            sha256=kept.sha256,
            name=name,
            media=media,
            size=kept.size,
            pages=len(piece.pages),
            form=wanted.form,
            paper_no=wanted.paper_no,
            evidence_ref=wanted.evidence_ref,
            original="" if kept.sha256 == original.sha256 else original.sha256,
        )
        if piece.mark is None:
            return plain
        return replace(
            plain,
            kind=ScanKind.FORM,
            title=title_of(file, piece.mark),
            form=piece.mark.form,
            paper_no=piece.mark.no,
            version=piece.mark.version,
            page=piece.page,
            evidence_ref="",
        )

    def picture(self, actor: Actor, scan: Scan, page: int = 0, side: int = THUMBNAIL) -> bytes:
        """A page (from 0) of a scan as a JPEG; small ones are made once. ``InputError`` where the file is gone."""
        actor.require(Permission.CASE_READ)
        small = side <= THUMBNAIL
        found = self._thumbnails.get(scan.sha256, page, side) if small else None
        if found is not None:
            return found
        data = self._drawn(scan, self._bytes(scan), page, side)
        if small:
            self._thumbnails.keep(scan.sha256, page, side, data)
        return data

    def shown(self, actor: Actor, scan: Scan) -> bytes:
        """Its pages as pictures in a PDF, to be looked at: what came from outside is never drawn in this process."""
        actor.require(Permission.CASE_READ)
        data = self._bytes(scan)
        pages = range(min(scan.pages, MOST_SHOWN))
        pictures = tuple(self._drawn(scan, data, page, LARGE) for page in pages)
        with told(f"扫描件{scan.no}打不开"):
            return workshop.run(join, pictures=pictures)

    def _bytes(self, scan: Scan) -> bytes:
        if not self._store.holds(scan.sha256):
            raise InputError(f"扫描件{scan.no}的文件不在这台电脑上。", field="file")
        return self._store.read(scan.sha256)

    @staticmethod
    def _drawn(scan: Scan, data: bytes, page: int, side: int) -> bytes:
        with told(f"扫描件{scan.no}打不开"):
            return workshop.run(picture_of, data=data, media=scan.media, page=page, side=side)

    def _told_of_pages(self, batch: Batch) -> list[str]:
        least = scanning_rules().least_dpi
        coarse = [str(no) for no, page in enumerate(batch.pages, start=1) if 0 < page.dpi < least]
        if not coarse:
            return []
        return [f"{batch.upload.name}：第{'、'.join(coarse)}页按A4纸算不到{least} dpi，看不清的请重新扫描。"]


def title_of(file: CaseFile, mark: Mark) -> str:
    """What a paper is called in this case; its key where this program has no such form."""
    return next((form.titles[file.track] for form in FORMS if form.key == mark.form), mark.form)


def _demand_possible(file: CaseFile, today: date) -> None:
    """Before bytes are copied for nothing; the step itself asks again."""
    state, step = state_on(file, today), FileScans
    if state not in step.transition.sources:
        sentence, rule = step.transition.refusal(state, step.title)
        raise RuleError(sentence, rule=rule)
