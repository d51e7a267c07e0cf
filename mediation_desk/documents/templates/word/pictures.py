"""Pictures that stand in a line of their own: a badge in a letterhead. Everything else drawn is refused."""

from __future__ import annotations

import io
from typing import Any

from docx.oxml.ns import nsmap, qn
from PIL import Image

from mediation_desk.documents.templates.layout import Shown
from mediation_desk.documents.templates.word.opened import Element, text_of

_DRAWING = qn("w:drawing")
_INLINE, _EXTENT, _BLIP = qn("wp:inline"), qn("wp:extent"), qn("a:blip")
_EMBED = f"{{{nsmap['r']}}}embed"
_PICTURE = qn("pic:pic")
_EMU = 12700.0  # to a point
_MOST_PIXELS = 20_000_000
_FORMATS = ("PNG", "JPEG")


def picture_in(paragraph: Element, part: Any) -> Shown | None:
    """The picture a paragraph consists of; None for a paragraph without one, or with one we do not draw."""
    drawings = list(paragraph.iter(_DRAWING))
    if len(drawings) != 1 or text_of(paragraph).strip():
        return None
    return shown(drawings[0], part)


def shown(drawing: Element, part: Any) -> Shown | None:
    """A picture in the line, PNG or JPEG of a bearable size; None for everything else."""
    inline = drawing.find(_INLINE)
    extent = inline.find(_EXTENT) if inline is not None else None
    blips = list(drawing.iter(_BLIP))
    if inline is None or extent is None or len(blips) != 1 or next(inline.iter(_PICTURE), None) is None:
        return None
    image = part.rels.get(blips[0].get(_EMBED))
    if image is None or image.is_external:
        return None
    data = image.target_part.blob
    try:
        width, height = float(extent.get("cx")) / _EMU, float(extent.get("cy")) / _EMU
    except (TypeError, ValueError):
        return None
    if not (0 < width < 2000 and 0 < height < 2000 and _is_sound(data)):
        return None
    return Shown(data=data, width=width, height=height)


def _is_sound(data: bytes) -> bool:
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            if image.width * image.height > _MOST_PIXELS:
                return False
            image.load()
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        return False
    return True
