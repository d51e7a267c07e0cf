"""Prints papers of a case: the preview is, to the byte, the PDF that is printed."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Literal

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.across import all_crossed
from mediation_desk.documents.content import Filled, Paper
from mediation_desk.documents.flow import plain_text
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.letterhead import letterhead_of
from mediation_desk.documents.mark import marked
from mediation_desk.documents.registry import form
from mediation_desk.documents.sealing.check_code import CODED
from mediation_desk.shared.errors import InputError, RuleError, StorageError
from mediation_desk.shared.files import files_together, write_together
from mediation_desk.shared.pdfium import PDFIUM
from mediation_desk.shared.record import record

Format = Literal["pdf", "docx"]

_NOT_IN_NAMES = re.compile(r"[^0-9A-Za-z\u4e00-\u9fff（）〔〕_-]+")
_LONGEST_NAME = 80
_AT_THE_FOOT = f"{string.digits}{string.ascii_letters}{string.punctuation} 第页共校验码审计—…＿"


@record
class Printed:
    """One file written: where, its bytes, and the paper it shows."""

    path: Path
    data: bytes
    paper: Paper


def compose(file: CaseFile, form_key: str, background: Background = NOTHING) -> tuple[Paper, ...]:
    """The papers of this form for the case: one agreement, one record for each session held, and so on.

    ``background`` is what some papers tell beside the case file.
    Raises ``InputError`` for an unknown form and ``RuleError`` where the case has no such paper.
    """
    wanted = form(form_key)
    reason = wanted.applies(file)
    if reason is not None:
        raise RuleError(reason)
    head = letterhead_of(file.organisation)
    anchor = background.anchor if form_key in CODED else ""
    papers = tuple(
        replace(paper, letterhead=head, anchor=anchor) for paper in wanted.compose(file, background)
    )
    if background.template is not None:
        from mediation_desk.documents.templates.applying import apply  # loaded late: most centres have none

        papers = apply(background.template, wanted.key, file, background, papers)
    if background.printer is not None:
        papers = all_crossed(papers, background.printer)
    return tuple(marked(paper, file.case_key, wanted.key, no) for no, paper in enumerate(papers, start=1))


def render(paper: Paper, fmt: Format, among: str = "") -> bytes:
    """The paper as a file; the same paper gives the same bytes. ``InputError`` for unprintable characters.

    ``among`` is the text of all papers that are rendered as PDF together: their faces are prepared only once.
    """
    if paper.filled is not None and fmt in ("pdf", "docx"):
        return _render_filled(paper, paper.filled, fmt)
    if fmt == "pdf":
        from mediation_desk.documents.render.pdf import render_pdf  # loaded late: start-up prints nothing

        return render_pdf(paper, among)
    if fmt == "docx":
        from mediation_desk.documents.render.docx import render_docx

        return render_docx(paper)
    raise InputError(f"没有名为“{fmt}”的格式，可用的有：pdf、docx。", field="format")


def _render_filled(paper: Paper, filled: Filled, fmt: Format) -> bytes:
    """A paper made with a template. The PDF is read from the DOCX: both say the same."""
    from mediation_desk.documents.render.filled_pdf import render_sheet
    from mediation_desk.documents.templates.foreign import finished, sheet_of

    if fmt == "docx":
        return finished(filled.docx, paper.mark, paper.across)
    return render_sheet(sheet_of(filled.docx), paper)


def preview_pdf(
    file: CaseFile, form_key: str, part: int | None = -1, background: Background = NOTHING
) -> bytes:
    """The PDF of one of the form's papers: the last one unless ``part`` names another, None all of them in one."""
    papers = compose(file, form_key, background)
    if part is None:
        return joined([render(paper, "pdf") for paper in papers])
    if not -len(papers) <= part < len(papers):
        raise InputError(f"该文书只有{len(papers)}份。", field="part")
    return render(papers[part], "pdf")


def page_count(pdf: bytes) -> int:
    """How many pages a PDF of ours has."""
    from pypdfium2 import PdfDocument  # loaded late, as below

    with PDFIUM:
        document = PdfDocument(pdf)
        try:
            return len(document)
        finally:
            document.close()


def joined(pdfs: list[bytes]) -> bytes:
    """Several PDFs as one job for the printer; each keeps its own page numbers."""
    if len(pdfs) == 1:
        return pdfs[0]
    from pypdfium2 import PdfDocument  # loaded late: most forms are one paper

    data = BytesIO()
    with PDFIUM:
        whole = PdfDocument.new()
        for pdf in pdfs:
            whole.import_pages(PdfDocument(pdf))
        whole.save(data)
    return data.getvalue()


def print_form(
    file: CaseFile,
    form_key: str,
    formats: Iterable[Format],
    out_dir: Path,
    part: int | None = None,
    background: Background = NOTHING,
) -> tuple[Printed, ...]:
    """Write the form's papers (or one ``part``) into ``out_dir``, each in every format, in order.

    All files are rendered before the first is written: trouble in one leaves no half set behind.
    """
    papers = compose(file, form_key, background)
    chosen = papers if part is None else papers[part : part + 1 or None]
    ready = rendered(file, chosen, tuple(formats), out_dir)
    with lying(ready):
        return ready


def rendered(
    file: CaseFile, papers: Iterable[Paper], formats: Iterable[Format], out_dir: Path, among: str = ""
) -> tuple[Printed, ...]:
    """The papers as files that are not written yet; ``among`` as for :func:`render`."""
    return tuple(
        Printed(path=out_dir / file_name(file, paper, fmt), data=render(paper, fmt, among), paper=paper)
        for paper in papers
        for fmt in formats
    )


def characters(papers: Iterable[Paper]) -> str:
    """Every character of papers that are rendered together, each once."""
    words = [
        word for paper in papers for word in (plain_text(paper), paper.heading.number or "", paper.each_page)
    ]
    return "".join(sorted(set(_AT_THE_FOOT).union(*words)))


def lying(ready: Iterable[Printed]) -> AbstractContextManager[None]:
    """They lie there within the block, in which they are put on record; what cannot be put on record does not stay."""
    return files_together([(one.path, one.data) for one in ready])


def folder_for(folder: Path) -> None:
    """Make the folder papers go into. ``StorageError`` where that is not possible."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"建不了文件夹“{folder}”：{error.strerror}。") from error


def print_papers(papers: Iterable[Paper], formats: Iterable[Format], out_dir: Path) -> tuple[Path, ...]:
    """Write papers that belong to no case (a roster) into ``out_dir``; the paths, in order."""
    return write_together(paper_files(papers, formats, out_dir))


def paper_files(
    papers: Iterable[Paper], formats: Iterable[Format], out_dir: Path
) -> list[tuple[Path, bytes]]:
    """What :func:`print_papers` writes."""
    wanted = tuple(formats)
    return [
        (out_dir / f"{pool_file_name(paper)}.{fmt}", render(paper, fmt)) for paper in papers for fmt in wanted
    ]


def pool_file_name(paper: Paper) -> str:
    """``调解员名册-公开-2026-04-29``: made of form, variant and day."""
    day = paper.heading.dated.isoformat() if paper.heading.dated else ""
    return clean_name((paper.heading.title, paper.heading.part, day))


def file_name(file: CaseFile, paper: Paper, fmt: Format) -> str:
    """Made of form, number and part; never a person's name, never a path (S7)."""
    heading = paper.heading
    number = heading.number or file.intake.number or file.case_key
    return f"{clean_name((heading.title, number, heading.part))}.{fmt}"


def clean_name(words: Iterable[str]) -> str:
    """``words`` as a file name: letters, digits and brackets only, never a path."""
    clean = (_NOT_IN_NAMES.sub("", word)[:_LONGEST_NAME] for word in words)
    return "-".join(word for word in clean if word)


def warm_up() -> None:
    """Load libraries and faces ahead of the first paper; for a background thread once the window stands."""
    from mediation_desk.documents.render import docx, pdf  # noqa: F401
    from mediation_desk.documents.render.typeface import hei, song

    song()
    hei()
