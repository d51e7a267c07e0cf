"""Photos: shrunk, upright, without metadata; anything else is refused."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from mediation_desk.experts.photo import shrunk
from mediation_desk.shared.errors import InputError


def picture(kind: str, size: tuple[int, int], **options: Any) -> bytes:
    out = BytesIO()
    noise = Image.effect_noise(size, 90).convert("RGB")
    noise.save(out, kind, **options)
    return out.getvalue()


def test_a_photo_becomes_a_small_jpeg_without_metadata() -> None:
    exif = Image.Exif()
    exif[0x010E] = "GEHEIM"
    exif[0x0112] = 6  # lying on its side
    large = picture("JPEG", (3000, 2000), exif=exif, comment=b"GEHEIM")
    small = shrunk(large)
    assert b"GEHEIM" in large
    assert b"GEHEIM" not in small
    assert len(small) <= 120 * 1024
    with Image.open(BytesIO(small)) as shown:
        assert shown.format == "JPEG"
        assert shown.size == (427, 640)
        assert not shown.getexif()


def test_transparent_places_become_white() -> None:
    out, info = BytesIO(), PngInfo()
    info.add_text("Author", "GEHEIM")
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(out, "PNG", pnginfo=info)
    small = shrunk(out.getvalue())
    with Image.open(BytesIO(small)) as shown:
        assert shown.getpixel((20, 20)) == (255, 255, 255)


def bomb() -> bytes:
    """A PNG whose header promises a picture of 3.6 thousand million dots."""
    head = bytearray(picture("PNG", (4, 4)))
    head[16:24] = (60_000).to_bytes(4, "big") * 2
    return bytes(head)


@pytest.mark.parametrize(
    "photo",
    [
        b"",
        b"GIF89a" + bytes(40),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        picture("GIF", (20, 20)),
        picture("PNG", (90, 90))[:200],
        picture("JPEG", (900, 900))[:3000],
        bomb(),
        bytes(21 * 2**20),
    ],
    ids=["nothing", "not a GIF", "SVG", "GIF", "half a PNG", "half a JPEG", "bomb", "21 MB"],
)
def test_other_files_are_refused_with_a_sentence(photo: bytes) -> None:
    with pytest.raises(InputError, match="照片") as refused:
        shrunk(photo)
    assert refused.value.field == "photo"
