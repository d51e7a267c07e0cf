"""QR codes as images; the same text gives the same bytes."""

from __future__ import annotations

import io

import segno

_DOTS = 8  # a module of the code; sharp at any printer's size
_QUIET = 2  # modules of white around it


def code_png(text: str) -> bytes:
    """``text`` as a black and white PNG that survives a crease (level M)."""
    stream = io.BytesIO()
    segno.make_qr(text, error="m").save(stream, kind="png", scale=_DOTS, border=_QUIET)
    return stream.getvalue()
