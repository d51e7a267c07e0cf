"""The file of a DOCX without anything that differs from one writing to the next."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

from docx.document import Document as Draft
from docx.opc.packuri import CONTENT_TYPES_URI, PACKAGE_URI, PackURI
from docx.opc.pkgwriter import _ContentTypesItem

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""When every paper says it was made: the same paper gives the same bytes."""


def repacked(draft: Draft) -> bytes:
    """The file, written once: python-docx would stamp each entry with the time, and it would be packed again."""
    package, stream = draft.part.package, io.BytesIO()
    parts = list(package.iter_parts())
    for part in parts:
        part.before_marshal()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        types = _ContentTypesItem.from_parts(parts)  # type: ignore[no-untyped-call]  # python-docx has no public way
        _write(file, CONTENT_TYPES_URI, types.blob)
        _write(file, PACKAGE_URI.rels_uri, package.rels.xml)
        for part in parts:
            _write(file, part.partname, part.blob)
            if len(part.rels):
                _write(file, part.partname.rels_uri, part.rels.xml)
    return stream.getvalue()


def _write(file: zipfile.ZipFile, place: PackURI, blob: bytes) -> None:
    entry = zipfile.ZipInfo(place.membername, date_time=(2000, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    file.writestr(entry, blob)
