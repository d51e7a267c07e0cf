"""The bounds of what is let in, as ``rules/uploads.toml`` has them; a centre may change them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mediation_desk.shared.assets import built
from mediation_desk.shared.record import record
from mediation_desk.shared.uploads.kinds import UploadKind


@record
class DocxLimits:
    """Of a DOCX: parts, bytes of one and of all unpacked, unpacked to packed; depth, elements, paragraphs."""

    parts: int
    part_size: int
    total_size: int
    ratio: int
    depth: int
    elements: int
    paragraphs: int


@record
class UploadLimits:
    """Bytes by kind; bytes the disk must have left; pages of a file and pixels of a page; objects of a PDF."""

    size: Mapping[UploadKind, int]
    room: int
    most_pages: int
    most_pixels: int
    pdf_objects: int
    docx: DocxLimits


def upload_limits() -> UploadLimits:
    """The bounds in force. Raises ``InputError`` when an item is missing or has a value nobody knows."""
    return built("uploads", _limits)


def _limits(data: Mapping[str, Any]) -> UploadLimits:
    size = {kind: int(data["size"][kind.lower()]) for kind in UploadKind}
    return UploadLimits(
        size=size,
        room=int(data["room"]["times"]) * max(size.values()),
        most_pages=data["pages"]["most"],
        most_pixels=data["pages"]["pixels"],
        pdf_objects=data["pdf"]["objects"],
        docx=DocxLimits(**data["docx"]),
    )
