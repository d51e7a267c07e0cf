"""The check of one file, called in the worker."""

from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path
from typing import Any

from mediation_desk.shared.quarantine.parsers import parser
from mediation_desk.shared.record import record
from mediation_desk.shared.uploads.docx import check_docx
from mediation_desk.shared.uploads.kinds import UploadKind
from mediation_desk.shared.uploads.pdfs import check_pdf
from mediation_desk.shared.uploads.pictures import check_picture

_LOADS = (
    "pikepdf",
    "PIL.Image",
    "PIL.ImageFile",
    "PIL.PngImagePlugin",
    "PIL.JpegImagePlugin",
    "PIL.TiffImagePlugin",
)


@record
class Looked:
    """Pages of a file that was found harmless, and the SHA-256 of what was looked at."""

    pages: int
    sha256: str


@parser(loads=_LOADS)
def check(path: str, kind: UploadKind, limits: dict[str, Any]) -> Looked:
    """The file at ``path``. Raises ``Refused``."""
    file = Path(path)
    with file.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    return Looked(pages=_pages(file, kind, limits), sha256=sha256)


@parser(loads=_LOADS)
def check_data(data: bytes, kind: UploadKind, limits: dict[str, Any]) -> Looked:
    """The same for what is in memory. Raises ``Refused``."""
    return Looked(pages=_pages(BytesIO(data), kind, limits), sha256=hashlib.sha256(data).hexdigest())


def _pages(file: Path | BytesIO, kind: UploadKind, limits: dict[str, Any]) -> int:
    if kind is UploadKind.PDF:
        return check_pdf(file, limits)
    if kind is UploadKind.DOCX:
        return check_docx(file, limits)
    return check_picture(file, kind, limits)
