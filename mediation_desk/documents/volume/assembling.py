"""Puts a volume together: counts first, writes the catalogue then, one PDF or a file for each entry."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import BinaryIO

import pikepdf

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import Paper
from mediation_desk.documents.forms.background import Background, Binding, BoundEntry
from mediation_desk.documents.forms.volume_cover import volume_number
from mediation_desk.documents.sealing.pdfa import save_archival
from mediation_desk.documents.service import characters, compose, render
from mediation_desk.documents.volume.checklist import Checklist
from mediation_desk.documents.volume.leaves import lay, upright
from mediation_desk.documents.volume.pieces import PapersOf, Piece, Section, StoredFile, sections
from mediation_desk.documents.volume.stamping import Stamp, bookmark, label_pages, number_pages
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.file_store import FileStore
from mediation_desk.shared.quarantine.process import workshop
from mediation_desk.shared.quarantine.refusal import Refused
from mediation_desk.shared.record import record
from mediation_desk.shared.spill import Spill
from mediation_desk.shared.watching import Stopped, Watch

_COVERS = 3  # cover, catalogue and back cover, for the progress
_NOT_IN_NAMES = re.compile(r"[^0-9A-Za-z\u4e00-\u9fff（）〔〕、_-]+")


@record
class Outline:
    """One entry bound: its line in the catalogue and its pieces with the number of their first page."""

    line: BoundEntry
    pieces: tuple[tuple[str, int], ...]


class Volume:
    """A volume put together, ready to be written; lives as long as the block that made it."""

    def __init__(
        self,
        pdf: pikepdf.Pdf,
        outlines: tuple[Outline, ...],
        cover: int,
        catalogue: int,
        number: str,
        *,
        archival: bool,
    ) -> None:
        self.pdf = pdf
        self._save = save_archival if archival else _save
        self.outlines = outlines
        self.cover_pages = cover
        self.catalogue_pages = catalogue
        self.number = number

    @property
    def pages(self) -> int:
        """All of them, covers and catalogue included."""
        return len(self.pdf.pages)

    @property
    def entries(self) -> tuple[BoundEntry, ...]:
        """The lines of the catalogue."""
        return tuple(outline.line for outline in self.outlines)

    def write(self, stream: BinaryIO) -> None:
        """The whole volume; the same volume gives the same bytes."""
        self._save(self.pdf, stream)

    def sheets(self) -> Iterator[tuple[str, bytes]]:
        """Name and PDF of every part by itself, the numbers on its pages kept."""
        before = self.cover_pages + self.catalogue_pages
        yield "00-卷宗封面.pdf", self._cut(0, self.cover_pages, None)
        yield "01-卷内目录.pdf", self._cut(self.cover_pages, before, None)
        for place, entry in enumerate(self.entries, start=2):
            name = _NOT_IN_NAMES.sub("", entry.title)[:60]
            data = self._cut(before + entry.first - 1, before + entry.last, entry.first)
            yield f"{place:02}-{name}.pdf", data
        yield f"{len(self.entries) + 2:02}-封底.pdf", self._cut(self.pages - 1, self.pages, None)

    def _cut(self, begin: int, end: int, first: int | None) -> bytes:
        with pikepdf.new() as part:
            part.pages.extend(self.pdf.pages[begin:end])
            if first is not None:
                number_pages(part, first)
            stream = io.BytesIO()
            self._save(part, stream)
            return stream.getvalue()


@contextmanager
def bound(
    file: CaseFile,
    found: Checklist,
    background: Background,
    store: FileStore,
    watch: Watch = lambda _done, _all: True,
    papers_of: PapersOf | None = None,
    *,
    archival: bool = False,
) -> Iterator[Volume]:
    """The volume of ``file``; ``watch`` is told how many pieces of how many are done, and may stop it.

    ``papers_of`` writes the papers of a form, by default in our own layout. ``archival`` makes it PDF/A.
    ``InputError`` names a scan that cannot be read; ``Stopped`` where the watch says so.
    Scans lie sealed on disk meanwhile, in a folder that is gone afterwards.
    """
    parts = sections(file, found, papers_of or (lambda form: compose(file, form, background)))
    with Spill(store.folder) as spill, ExitStack() as open_files:
        among = _characters(file, parts, background)
        binder = _Binder(
            spill,
            store,
            open_files,
            watch,
            sum(len(part.pieces) for part in parts),
            among,
            archival=archival,
        )
        outlines = tuple(binder.bind(part) for part in parts)
        yield binder.close(file, background, outlines)


class _Binder:
    """Collects the numbered pages, then puts cover, catalogue and back cover around them."""

    def __init__(
        self,
        spill: Spill,
        store: FileStore,
        open_files: ExitStack,
        watch: Watch,
        pieces: int,
        among: str,
        *,
        archival: bool,
    ) -> None:
        self._archival = archival
        self._spill, self._store, self._open_files = spill, store, open_files
        self._watch, self._pieces, self._done = watch, pieces + _COVERS, 0
        self._among = among
        self._pdf = open_files.enter_context(pikepdf.new())
        self._stamp = Stamp(self._pdf)
        self._bags = 0

    def bind(self, section: Section) -> Outline:
        """Append all pieces of an entry."""
        first = len(self._pdf.pages) + 1
        pieces = []
        for piece in section.pieces:
            pieces.append((piece.title, len(self._pdf.pages) + 1))
            self._append(piece)
            self._tell()
        self._bags = max(self._bags, 1 if section.entry.filling.elsewhere else 0)
        line = BoundEntry(
            title=section.entry.title, first=first, last=len(self._pdf.pages), note=section.note
        )
        return Outline(line=line, pieces=tuple(pieces))

    def close(self, file: CaseFile, background: Background, outlines: tuple[Outline, ...]) -> Volume:
        """Cover and catalogue in front, the back cover behind, labels and bookmarks."""
        numbered = len(self._pdf.pages)
        entries = tuple(outline.line for outline in outlines)
        binding = Binding(entries=entries, bags=self._bags)
        cover = self._rendered(_only(file, "cover", replace(background, binding=binding)))
        catalogue = self._rendered(_only(file, "catalogue", replace(background, binding=binding)))
        outside, count = len(cover.pages), len(catalogue.pages)
        total = outside + count + numbered + 1
        whole = replace(binding, pages=total)
        back = self._rendered(_only(file, "back", replace(background, binding=whole)))
        for place, page in enumerate([*cover.pages, *catalogue.pages]):
            self._pdf.pages.insert(place, page)
        self._pdf.pages.extend(back.pages)
        label_pages(self._pdf, outside, count, numbered)
        bookmark(self._pdf, _marks(outlines, outside, outside + count, total))
        number = volume_number(file)
        self._pdf.docinfo["/Title"] = f"调解卷宗 {number}"
        self._pdf.docinfo["/Creator"] = "调解台"
        self._pdf.Root.Lang = pikepdf.String("zh-CN")
        self._pdf.Root.PageMode = pikepdf.Name.UseOutlines
        return Volume(self._pdf, outlines, outside, count, number, archival=self._archival)

    def _append(self, piece: Piece) -> None:
        if piece.paper is None and piece.file is not None:
            self._add(self._opened(piece.file))
        elif piece.paper is not None:
            rendered = self._rendered(piece.paper, tell=False)
            if not piece.pages:
                self._add(rendered)
                return
            for number, page in enumerate(rendered.pages, start=1):
                stored = piece.pages.get(number)
                self._add_pages(self._opened(stored) if stored else None, page)

    def _add_pages(self, scan: pikepdf.Pdf | None, page: pikepdf.Page) -> None:
        if scan is not None:
            self._add(scan)
            return
        self._pdf.pages.append(page)
        self._number(len(self._pdf.pages))

    def _add(self, source: pikepdf.Pdf) -> None:
        before = len(self._pdf.pages)
        self._pdf.pages.extend(source.pages)
        for number in range(before + 1, len(self._pdf.pages) + 1):
            self._number(number)

    def _number(self, number: int) -> None:
        self._stamp.put(self._pdf.pages[number - 1], number)

    def _rendered(self, paper: Paper, *, tell: bool = True) -> pikepdf.Pdf:
        source = self._open_files.enter_context(pikepdf.open(io.BytesIO(render(paper, "pdf", self._among))))
        if tell:
            self._tell()
        return upright(source)

    def _opened(self, stored: StoredFile) -> pikepdf.Pdf:
        """The scan as pages, kept on disk until the volume is written."""
        called = f"“{stored.title}”（{stored.name}）" if stored.name != stored.title else f"“{stored.title}”"
        if not self._store.holds(stored.sha256):
            raise InputError(f"扫描件{called}的文件不见了，请作废以后重新扫描。", field="scan")
        try:
            if not self._spill.holds(stored.sha256):
                data = self._store.read(stored.sha256)
                made = workshop.run(lay, data=data, archival=self._archival)
                self._spill.put(stored.sha256, made)
            return self._open_files.enter_context(
                pikepdf.open(self._open_files.enter_context(self._spill.open(stored.sha256)))
            )
        except Refused as refused:
            raise InputError(f"扫描件{called}{refused}，请作废以后重新扫描。", field="scan") from None
        except InputError:
            raise InputError(
                f"扫描件{called}的内容和存入时不一样，请作废以后重新扫描。", field="scan"
            ) from None

    def _tell(self) -> None:
        self._done += 1
        if not self._watch(self._done, self._pieces):
            raise Stopped("已经停下，没有写出卷宗。")


def _characters(file: CaseFile, parts: tuple[Section, ...], background: Background) -> str:
    """All characters of the papers to be rendered, those around them included: the faces are prepared once."""
    lines = tuple(BoundEntry(title=part.entry.title, first=1, last=1, note=part.note) for part in parts)
    around = replace(background, binding=Binding(entries=lines, pages=1))
    papers = [piece.paper for part in parts for piece in part.pieces if piece.paper is not None]
    papers += [_only(file, form, around) for form in ("cover", "catalogue", "back")]
    return characters(papers)


def _only(file: CaseFile, form: str, background: Background) -> Paper:
    (paper,) = compose(file, form, background)
    return paper


def _marks(
    outlines: tuple[Outline, ...], catalogue: int, numbered: int, total: int
) -> list[tuple[str, int, list[tuple[str, int]]]]:
    """``catalogue`` and ``numbered`` are the indices at which these pages begin."""
    before = numbered - 1
    inner = [
        (
            outline.line.title,
            before + outline.line.first,
            [(title, before + page) for title, page in outline.pieces] if len(outline.pieces) > 1 else [],
        )
        for outline in outlines
    ]
    return [("卷宗封面", 0, []), ("卷内目录", catalogue, []), *inner, ("封底", total - 1, [])]


def _save(pdf: pikepdf.Pdf, stream: BinaryIO) -> None:
    pdf.save(stream, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
