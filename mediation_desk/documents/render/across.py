"""Words across a page, light and beneath its text, as shapes: they are no part of what a paper says."""

from __future__ import annotations

from math import ceil
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from mediation_desk.documents.render.pdf_text import draw_outlines
from mediation_desk.documents.render.typeface import face_for

_ROWS = (1 / 6, 1 / 2, 5 / 6)
_ANGLE = 35
_LONG, _LARGEST = 320.0, 64.0  # points: the words, and one of them
_GREY = 0.86
_FORM = "across"


def draw_across(canvas: Canvas, words: str, width: float, height: float) -> None:
    """Put ``words`` three times onto the page that has just begun."""
    if not words:
        return
    ems = sum(face_for(char, strong=True).width(char) for char in words)
    size = min(_LARGEST, _LONG / ems)
    if not canvas.hasForm(_FORM):  # drawn once, shown on every page
        _draw_once(canvas, words, size, ems * size)
    for share in _ROWS:
        canvas.saveState()
        canvas.translate(width / 2, height * share)
        canvas.rotate(_ANGLE)
        canvas.doForm(_FORM)
        canvas.restoreState()


def on_page(words: str) -> Any:
    """What a page template of ReportLab calls when a page begins."""
    return lambda canvas, _document: draw_across(canvas, words, *canvas._pagesize)  # noqa: SLF001  # no public way


def _draw_once(canvas: Canvas, words: str, size: float, wide: float) -> None:
    half, high = ceil(wide / 2), ceil(size)
    canvas.beginForm(_FORM, -half, -high, half, high)
    canvas.setFillGray(_GREY)
    draw_outlines(canvas, words, -wide / 2, -size * 0.35, size, strong=True)
    canvas.endForm()
