"""Makes templates, good and hostile, and fills them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from docx import Document
from docx.document import Document as Draft

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents import service
from mediation_desk.documents.content import Paper, Template
from mediation_desk.documents.forms.background import Background
from tests.documents.dispute import case

START, END = "起点", "终点"


def saved(draft: Draft) -> bytes:
    """The document as a file."""
    stream = io.BytesIO()
    draft.save(stream)
    return stream.getvalue()


def document(*paragraphs: str, rows: Sequence[Sequence[str]] = ()) -> bytes:
    """Paragraphs, then a table."""
    draft = Document()
    for text in paragraphs:
        draft.add_paragraph(text)
    if rows:
        table = draft.add_table(len(rows), len(rows[0]), style="Table Grid")
        for line, row in zip(table.rows, rows, strict=True):
            for cell, text in zip(line.cells, row, strict=True):
                cell.text = text
    return saved(draft)


def in_runs(*pieces: str) -> bytes:
    """One paragraph cut into runs of different looks, as a word processor leaves them."""
    draft = Document()
    paragraph = draft.add_paragraph(START)
    for number, piece in enumerate(pieces):
        paragraph.add_run(piece).bold = number % 2 == 0
    paragraph.add_run(END)
    return saved(draft)


def papers(
    docx: bytes, file: CaseFile | None = None, form: str = "agreement", **background: Any
) -> tuple[Paper, ...]:
    """The papers of the form with this template."""
    filled = Background(template=Template(id=7, docx=docx), **background)
    return service.compose(file or case(), form, filled)


def paper(docx: bytes, file: CaseFile | None = None, form: str = "agreement") -> Paper:
    """The only one."""
    (made,) = papers(docx, file, form)
    return made


def all_words(docx: bytes) -> str:
    """Body, headers and footers as python-docx reads them, without white space."""
    draft = Document(io.BytesIO(docx))
    section = draft.sections[0]
    parts = [draft.element.body, section.header._element]
    texts = [node.text or "" for part in parts for node in part.iter() if node.tag.endswith("}t")]
    return "".join("".join(texts).split())


def changed(
    docx: bytes,
    parts: Mapping[str, bytes] | None = None,
    edit: Callable[[str, bytes], bytes] | None = None,
) -> bytes:
    """The file with parts added or put in place of others, or every part edited."""
    stream = io.BytesIO()
    more = dict(parts or {})
    with (
        zipfile.ZipFile(io.BytesIO(docx)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            data = more.pop(name, None) or source.read(name)
            target.writestr(name, edit(name, data) if edit else data)
        for name, data in more.items():
            target.writestr(name, data)
    return stream.getvalue()
