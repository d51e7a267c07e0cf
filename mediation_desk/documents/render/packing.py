"""The file of a DOCX without anything that differs from one writing to the next."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

from docx.document import Document as Draft

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""When every paper says it was made: the same paper gives the same bytes."""


def repacked(draft: Draft) -> bytes:
    """The file with the zip's own time stamps taken out."""
    raw, clean = io.BytesIO(), io.BytesIO()
    draft.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(clean, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=(2000, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, source.read(name))
    return clean.getvalue()
