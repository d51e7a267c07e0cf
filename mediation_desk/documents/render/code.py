"""QR codes as images or as rectangles; the same text gives the same."""

from __future__ import annotations

import functools
import io
from collections.abc import Iterator

import segno

from mediation_desk.documents.content import Mark
from mediation_desk.documents.mark import code_text

_DOTS = 8  # a module of the code; sharp at any printer's size
_QUIET = 2  # modules of white around it
_FOOT_LEVEL = "l"  # large modules survive a bad scan better than more correction; segno adds what fits


def code_png(text: str) -> bytes:
    """``text`` as a black and white PNG that survives a crease (level M)."""
    return _png(segno.make_qr(text, error="m"), _QUIET)


def foot_png(mark: Mark) -> bytes:
    """The code of a whole paper, without white around it: the foot of a page is white already."""
    return _png(segno.make_qr(code_text(mark), error=_FOOT_LEVEL), 0)


def foot_modules(mark: Mark, page: int) -> tuple[tuple[bool, ...], ...]:
    """The code of one page, row by row from the top; True is black."""
    return _modules(code_text(mark, page))


def black_stretches(modules: tuple[tuple[bool, ...], ...]) -> Iterator[tuple[int, int, int]]:
    """``(row, column, length)`` of every stretch of black: a quarter of the rectangles single modules would be."""
    for row, line in enumerate(modules):
        start = None
        for column, black in enumerate((*line, False)):
            if black and start is None:
                start = column
            elif not black and start is not None:
                yield row, start, column - start
                start = None


@functools.lru_cache(maxsize=256)  # the preview and the print of a paper ask for the same codes
def _modules(text: str) -> tuple[tuple[bool, ...], ...]:
    return tuple(tuple(bool(dot) for dot in row) for row in segno.make_qr(text, error=_FOOT_LEVEL).matrix)


def _png(code: segno.QRCode, border: int) -> bytes:
    stream = io.BytesIO()
    code.save(stream, kind="png", scale=_DOTS, border=border)
    return stream.getvalue()
