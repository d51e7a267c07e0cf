"""The pieces of a volume in order: papers to be rendered, scans in their place, slip sheets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field

from mediation_desk.cases.attachment import Attachment
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.scan import Scan
from mediation_desk.documents.content import Paper
from mediation_desk.documents.volume.checklist import Checklist, Entry
from mediation_desk.documents.volume.rules import Part
from mediation_desk.documents.volume.slips import bag_slip, missing_slip
from mediation_desk.shared.record import record

PapersOf = Callable[[str], tuple[Paper, ...]]
"""Writes the papers of the form with this key."""


@record
class StoredFile:
    """A file of the file store, and what to call it where it cannot be read."""

    sha256: str
    title: str
    name: str


@record
class Piece:
    """One bookmark: a paper, some pages of which may be scanned (by page from 1), or a file alone."""

    title: str
    paper: Paper | None = None
    file: StoredFile | None = None
    pages: Mapping[int, StoredFile] = field(default_factory=dict)
    scanned: bool = False


@record
class Section:
    """An entry of the catalogue with its pieces and the remark the catalogue makes."""

    entry: Entry
    pieces: tuple[Piece, ...]
    note: str = ""


def sections(file: CaseFile, found: Checklist, papers_of: PapersOf) -> tuple[Section, ...]:
    """What lies between catalogue and back cover, in order; every entry has at least one piece."""
    return tuple(_section(file, entry, papers_of) for entry in found.due if entry.part is Part.PAPERS)


def _section(file: CaseFile, entry: Entry, papers_of: PapersOf) -> Section:
    filling = entry.filling
    pieces = [*_papers(entry, papers_of), *map(_attached, filling.attachments)]
    notes = ["扫描件"] if any(piece.scanned for piece in pieces) else []
    if filling.elsewhere:
        pieces.append(Piece(title="附证物袋清单", paper=bag_slip(file, entry.title, filling.elsewhere)))
        notes.append(f"{len(filling.elsewhere)}件附证物袋")
    if not pieces:
        slip = missing_slip(file, entry)
        pieces.append(Piece(title=slip.heading.title, paper=slip))
        notes.append("缺件" if entry.todo else "原件在纸质卷")
    return Section(entry=entry, pieces=tuple(pieces), note="；".join(notes))


def _papers(entry: Entry, papers_of: PapersOf) -> list[Piece]:
    """Each paper of the entry's forms, its signed scan in its place; then the scans of no paper."""
    left = list(entry.filling.scans)
    pieces: list[Piece] = []
    for form in entry.filling.forms:
        papers = papers_of(form.key)
        for no, paper in enumerate(papers, start=1):
            mine = [scan for scan in left if scan.form == form.key and max(1, scan.paper_no) == no]
            left = [scan for scan in left if scan not in mine]
            pieces += _one_paper(paper, _newest(mine))
    return pieces + [_scanned(scan) for scan in _without_former(left)]


def _one_paper(paper: Paper, scans: list[Scan]) -> list[Piece]:
    title = " ".join(part for part in (paper.heading.title, paper.heading.part) if part)
    if not scans:
        return [Piece(title=title, paper=paper)]
    same_words = paper.mark is not None and all(scan.version == paper.mark.version for scan in scans)
    if same_words and all(scan.page > 0 for scan in scans):
        return [Piece(title=title, paper=paper, pages={s.page: _stored(s) for s in scans}, scanned=True)]
    return [_scanned(scan) for scan in scans]


def _newest(scans: list[Scan]) -> list[Scan]:
    """Of a paper signed twice, in two wordings, the later one."""
    if not scans:
        return []
    version = max(scans, key=lambda scan: scan.no).version
    return [scan for scan in scans if scan.version == version]


def _without_former(scans: list[Scan]) -> list[Scan]:
    """The same where the program no longer prints the paper itself (a notice of a session held since)."""
    groups: dict[tuple[str, int], list[Scan]] = {}
    for scan in scans:
        if scan.form:
            groups.setdefault((scan.form, scan.paper_no), []).append(scan)
    return [scan for scan in scans if not scan.form or scan in _newest(groups[scan.form, scan.paper_no])]


def _scanned(scan: Scan) -> Piece:
    return Piece(title=scan.title or scan.kind, file=_stored(scan), scanned=True)


def _stored(scan: Scan) -> StoredFile:
    return StoredFile(sha256=scan.sha256, title=scan.title or scan.kind, name=scan.name)


def _attached(attachment: Attachment) -> Piece:
    stored = StoredFile(sha256=attachment.sha256, title=attachment.name, name=attachment.name)
    return Piece(title=attachment.name, file=stored, scanned=True)
