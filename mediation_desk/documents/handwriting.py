"""Strokes made into a picture: the same strokes give the same PNG, on every machine with this library."""

from __future__ import annotations

import io
import itertools

from PIL import Image, ImageDraw

from mediation_desk.cases.ink.binding import Stroke

_INK = (18, 30, 66, 255)  # blue-black, as a pen on paper (§2.3)
_FINER = 3  # drawn that much larger, then reduced: smooth lines
_DOTS = 160  # rows of the picture: 300 dpi at a line's height
_THIN, _THICK = 0.018, 0.045  # of the height, by pressure
_EDGE = 0.06


def picture_of(strokes: tuple[Stroke, ...]) -> bytes:
    """The strokes cropped to what was written, dark on nothing, as PNG; pressure makes a line thicker."""
    points = [point for stroke in strokes for point in stroke]
    left, top = min(one.x for one in points), min(one.y for one in points)
    wide = max(max(one.x for one in points) - left, 1.0)
    high = max(max(one.y for one in points) - top, wide / 8, 1.0)
    scale = _DOTS * _FINER * (1 - 2 * _EDGE) / high
    edge = _DOTS * _FINER * _EDGE
    size = (round(wide * scale + 2 * edge), _DOTS * _FINER)
    image = Image.new("RGBA", size, (*_INK[:3], 0))
    draw = ImageDraw.Draw(image)
    for stroke in strokes:
        placed = [(edge + (one.x - left) * scale, edge + (one.y - top) * scale, one.p) for one in stroke]
        for x, y, pressure in placed:
            radius = _width(pressure) / 2
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=_INK)
        for (x1, y1, _p1), (x2, y2, pressure) in itertools.pairwise(placed):
            draw.line((x1, y1, x2, y2), fill=_INK, width=max(round(_width(pressure)), 1))
    small = image.resize((max(size[0] // _FINER, 1), _DOTS), Image.Resampling.LANCZOS)
    stream = io.BytesIO()
    small.save(stream, "PNG")
    return stream.getvalue()


def _width(pressure: float) -> float:
    bounded = min(max(pressure, 0.0), 1.0)
    return _DOTS * _FINER * (_THIN + (_THICK - _THIN) * bounded)
