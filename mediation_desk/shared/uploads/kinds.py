"""What kinds of file are let in, told by their first bytes, never by their name alone."""

from __future__ import annotations

from enum import StrEnum


class UploadKind(StrEnum):
    """A kind of file; its value is what the user is told."""

    PDF = "PDF"
    JPEG = "JPEG"
    PNG = "PNG"
    TIFF = "TIFF"
    DOCX = "DOCX"

    @property
    def media(self) -> str:
        """Its media type."""
        return _MEDIA[self]

    @property
    def endings(self) -> tuple[str, ...]:
        """The endings of a name that tell the truth about it, lower case, without the dot."""
        return _ENDINGS[self]


SCANS = (UploadKind.PDF, UploadKind.JPEG, UploadKind.PNG, UploadKind.TIFF)
PICTURES = (UploadKind.JPEG, UploadKind.PNG, UploadKind.TIFF)

HEAD = 8  # bytes needed to tell
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # a .doc of old, or a .docx under a password

_MEDIA = {
    UploadKind.PDF: "application/pdf",
    UploadKind.JPEG: "image/jpeg",
    UploadKind.PNG: "image/png",
    UploadKind.TIFF: "image/tiff",
    UploadKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_ENDINGS = {
    UploadKind.PDF: ("pdf",),
    UploadKind.JPEG: ("jpg", "jpeg", "jpe"),
    UploadKind.PNG: ("png",),
    UploadKind.TIFF: ("tif", "tiff"),
    UploadKind.DOCX: ("docx",),
}
_FIRST_BYTES = (
    (b"%PDF-", UploadKind.PDF),
    (b"\xff\xd8\xff", UploadKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", UploadKind.PNG),
    (b"II*\x00", UploadKind.TIFF),
    (b"MM\x00*", UploadKind.TIFF),
    (b"PK\x03\x04", UploadKind.DOCX),  # any archive begins so; the check of a DOCX says whether it is one
)


def kind_of(head: bytes) -> UploadKind | None:
    """The kind that the first bytes of a file tell, None for any other."""
    return next((kind for start, kind in _FIRST_BYTES if head.startswith(start)), None)
