"""Portraits made ready for paper: cropped, no larger than a printer can use, and without what a camera notes down."""

from __future__ import annotations

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from mediation_desk.documents.content import Code, Illustration, Picture
from mediation_desk.documents.render.code import code_png
from mediation_desk.documents.styles import MM, PORTRAIT_RATIO
from mediation_desk.shared.errors import InputError

_DOTS_PER_MM = 300 / 25.4
_HEAD = (0.5, 0.3)  # what is cut off a tall photo comes off below, not off the head


def size_of(picture: Picture | Code) -> tuple[float, float]:
    """Width and height on paper, in points; a code is square."""
    height = picture.height * MM
    return (height if isinstance(picture, Code) else height * PORTRAIT_RATIO), height


def drawing_size(item: Illustration, text_width: float) -> tuple[float, float]:
    """Width and height of a drawing on paper, in points; no wider than the text."""
    with Image.open(io.BytesIO(item.png), formats=("PNG",)) as image:
        across, down = image.size
    width = min(item.width * MM, text_width)
    return width, width * down / across


def embedded(picture: Picture | Code) -> bytes:
    """The image file to embed: a PNG of the code, or the portrait as a JPEG."""
    return code_png(picture.text) if isinstance(picture, Code) else prepared(picture)


def prepared(picture: Picture) -> bytes:
    """The JPEG to embed; the same picture gives the same bytes. Raises ``InputError`` if it cannot be read.

    Writing it anew leaves the camera's notes behind: where and when a photo was taken is nobody's business.
    """
    try:
        with Image.open(io.BytesIO(picture.jpeg), formats=("JPEG",)) as opened:
            image = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise InputError("照片不是完好的JPEG图片，请重新上传照片后再打印。", field="照片") from error
    width, height = image.size
    rows = min(height, width / PORTRAIT_RATIO, picture.height * _DOTS_PER_MM)
    size = (max(1, round(rows * PORTRAIT_RATIO)), max(1, round(rows)))
    stream = io.BytesIO()
    ImageOps.fit(image, size, Image.Resampling.LANCZOS, centering=_HEAD).save(stream, "JPEG", quality=90)
    return stream.getvalue()
