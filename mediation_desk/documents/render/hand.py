"""How large a name drawn on a screen stands on its line."""

from __future__ import annotations

import io

from PIL import Image, UnidentifiedImageError

from mediation_desk.shared.errors import InputError

_TALL = 0.95  # of the line: what stands above stays legible


def hand_size(png: bytes, room: float, leading: float) -> tuple[float, float]:
    """Width and height in points, no wider than ``room``. Raises ``InputError`` for a damaged picture."""
    try:
        with Image.open(io.BytesIO(png), formats=("PNG",)) as opened:
            width, height = opened.size
    except (UnidentifiedImageError, OSError, ValueError) as error:
        raise InputError("手写签名的图片损坏了，请重新手写。", field="picture") from error
    scale = min(leading * _TALL / height, max(room - 8, 1) / width)
    return width * scale, height * scale
