"""The check of one file, called in the worker."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from mediation_desk.shared.uploads.docx import check_docx
from mediation_desk.shared.uploads.kinds import UploadKind
from mediation_desk.shared.uploads.pdfs import check_pdf
from mediation_desk.shared.uploads.pictures import check_picture


def check(path: str, kind: str, limits: dict[str, Any]) -> dict[str, Any]:
    """Its pages and the SHA-256 of what was looked at. Raises ``Refused``."""
    file = Path(path)
    with file.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    return {"pages": _pages(file, UploadKind(kind), limits), "sha256": sha256}


def _pages(file: Path, kind: UploadKind, limits: dict[str, Any]) -> int:
    if kind is UploadKind.PDF:
        return check_pdf(file, limits)
    if kind is UploadKind.DOCX:
        return check_docx(file, limits)
    return check_picture(file, kind, limits)
