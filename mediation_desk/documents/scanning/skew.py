"""How far a page is turned: lines of writing give the sharpest profile when they lie level.

Done with Pillow alone: it shrinks the turned page to a column one dot wide, which is its profile.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

_WIDTH = 420
_COARSE, _FINE = 0.5, 0.1  # degrees between two tries
_CLEARER = 1.08  # how much sharper the best must be than no turn at all


def skew_of(page: Image, most: float) -> float:
    """Degrees to turn the page counter-clockwise so that its lines lie level; 0.0 where nothing is clear."""
    from PIL import ImageOps

    small = ImageOps.invert(page.convert("L"))
    small.thumbnail((_WIDTH, _WIDTH * 2), reducing_gap=2.0)
    tiny = small.reduce(2)
    steps = round(most / _COARSE)
    near = _sharpest(tiny, [_COARSE * step for step in range(-steps, steps + 1)])
    fine = round(_COARSE / _FINE)
    best = _sharpest(small, [near + _FINE * step for step in range(1 - fine, fine)])
    return best if _sharpness(small, best) > _sharpness(small, 0.0) * _CLEARER else 0.0


def _sharpest(page: Image, angles: list[float]) -> float:
    return max(angles, key=lambda angle: _sharpness(page, angle))


def _sharpness(page: Image, angle: float) -> float:
    """Sum of squared differences between neighbouring lines of the profile."""
    from PIL import Image

    turned = page.rotate(angle, Image.Resampling.BILINEAR)
    edge = page.width // 12  # corners that turned in from outside tell nothing
    inner = turned.crop((edge, edge, page.width - edge, page.height - edge))
    profile = inner.convert("F").resize((1, inner.height), Image.Resampling.BOX).tobytes()
    values = memoryview(profile).cast("f")
    return sum((after - before) ** 2 for before, after in pairwise(values))
