"""What a file does beyond showing its words: nothing of it may ever come from what somebody typed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import openpyxl
import pypdf

from mediation_desk.documents.render.sheet import RUNS

_PAGE_FIELDS = frozenset(("PAGE", "NUMPAGES", "SECTIONPAGES"))
_DOCX = re.compile(
    rb"<(?:w:hyperlink|w:altChunk|w:object|w:control|w:dde\w*|o:OLEObject|w:attachedTemplate|w:subDoc)\b"
)
_FIELD = re.compile(rb"<w:instrText[^>]*>([^<]*)<|w:instr=\"([^\"]*)\"")
_EXTERNAL = re.compile(rb"TargetMode=\"External\"")
_PDF = ("/URI", "/Launch", "/JavaScript", "/JS", "/SubmitForm", "/GoToR", "/EmbeddedFile")


def in_docx(data: bytes) -> Iterator[str]:
    """Links, fields, foreign parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            part = package.read(name)
            if _DOCX.search(part) or _EXTERNAL.search(part):
                yield f"{name} leads elsewhere"
            for field in _FIELD.findall(part):
                word = b"".join(field).decode().split()[:1]
                if not _PAGE_FIELDS.issuperset(word):
                    yield f"{name} has a field {word}"


def in_pdf(data: bytes) -> Iterator[str]:
    """Links, scripts, files."""
    for page in pypdf.PdfReader(io.BytesIO(data)).pages:
        for note in page.get("/Annots") or ():
            yield f"annotation {note.get_object().get('/Subtype')}"
    for word in _PDF:
        if word.encode() in data:
            yield word


def in_xlsx(data: bytes) -> Iterator[str]:
    """Formulas, links, and texts that become formulas once somebody edits them."""
    for cell in _cells(data):
        if cell.data_type == "f" or cell.hyperlink:
            yield f"{cell.coordinate} is a formula or a link"
        elif isinstance(cell.value, str) and cell.value.startswith(RUNS) and not cell.quotePrefix:
            yield f"{cell.coordinate} runs when it is edited"


def words_of_xlsx(data: bytes) -> set[str]:
    """Every text, as a sheet shows it."""
    return {_shown(cell.value) for cell in _cells(data) if isinstance(cell.value, str)}


def _shown(text: str) -> str:
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


def _cells(data: bytes) -> Iterator[Any]:
    for sheet in openpyxl.load_workbook(io.BytesIO(data)).worksheets:
        for line in sheet.iter_rows():
            yield from line
