"""Whether a picture is whole and of a size that can be opened. Runs in the worker."""

from __future__ import annotations

import struct
import warnings
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from mediation_desk.shared.quarantine.refusal import Refused

_DAMAGED = "图片损坏或者不完整，请重新扫描或者拍照"
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, TypeError, KeyError, IndexError, struct.error)


def check_picture(file: Path | BytesIO, kind: str, limits: Mapping[str, Any]) -> int:
    """The number of pictures in it (a TIFF may have several). Raises ``Refused``."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            # A file Pillow has doubts about is damaged; its bound on pixels is wider than ours.
            warnings.simplefilter("error")
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(file, formats=(kind,)) as picture:
                return _looked_at(picture, kind, limits)
    except (Image.DecompressionBombError, MemoryError):
        raise Refused("图片的点数过多，请用较低的分辨率重新扫描") from None
    except (*_BROKEN, Warning):  # Pillow's ways of saying that a file is broken
        raise Refused(_DAMAGED) from None


def _looked_at(picture: Any, kind: str, limits: Mapping[str, Any]) -> int:
    frames = 0
    while True:
        frames += 1
        if frames > limits["most_pages"]:
            raise Refused(f"图片多于{limits['most_pages']}页")
        width, height = picture.size
        if width * height > limits["most_pixels"]:
            raise Refused(f"图片有{width}×{height}点，超过上限，请用较低的分辨率重新扫描")
        picture.load()
        if kind != "TIFF":  # a camera may hide a second, smaller picture behind the first
            return 1
        try:
            picture.seek(frames)
        except EOFError:
            return frames
