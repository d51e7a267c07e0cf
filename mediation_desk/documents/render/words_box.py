"""A small page that is a frame with lines of words in it: what a digital seal shows on paper."""

from __future__ import annotations

import io
from collections.abc import Sequence

from reportlab.pdfgen.canvas import Canvas

from mediation_desk.documents.render.pdf_fonts import embedded_fonts
from mediation_desk.documents.render.typeface import face_for, song, unprintable

_SIZE, _LEADING, _INSET = 7.0, 8.2, 3.0


def words_box(lines: Sequence[str], width: float) -> tuple[bytes, float]:
    """A one-page PDF ``width`` points wide with a line each, cut where they are too long; and its height.

    A character no face has is left out: the words only tell what the signature itself holds.
    """
    said = [_fitting(line, width - 2 * _INSET) for line in lines]
    height = len(said) * _LEADING + 2 * _INSET
    stream = io.BytesIO()
    with embedded_fonts("".join(said)):
        canvas = Canvas(stream, pagesize=(width, height), invariant=1, initialFontName=song().name)  # type: ignore[arg-type]  # wrong in the stubs
        canvas.setLineWidth(0.6)
        canvas.rect(0.3, 0.3, width - 0.6, height - 0.6)
        for place, line in enumerate(said):
            x, y = _INSET, height - _INSET - (place + 1) * _LEADING + 2.2
            for char in line:
                face = face_for(char)
                canvas.setFont(face.name, _SIZE)
                canvas.drawString(x, y, char)
                x += face.width(char) * _SIZE
        canvas.save()
    return stream.getvalue(), height


def _fitting(line: str, width: float) -> str:
    missing = unprintable(line)
    kept = "".join(char for char in line if char not in missing and char.isprintable())
    if _width(kept) <= width:
        return kept
    while kept and _width(f"{kept}…") > width:
        kept = kept[:-1]
    return f"{kept}…"


def _width(line: str) -> float:
    return sum(face_for(char).width(char) for char in line) * _SIZE
