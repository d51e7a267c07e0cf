"""A photo as the pool keeps it: a small JPEG without anything hidden in it."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import TYPE_CHECKING

from mediation_desk.experts.rules import PhotoRule, pool_rules
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.quarantine.parsers import parser
from mediation_desk.shared.quarantine.process import workshop
from mediation_desk.shared.quarantine.refusal import told
from mediation_desk.shared.uploads.kinds import HEAD, UploadKind, kind_of

if TYPE_CHECKING:
    from PIL.Image import Image

FIELD = "photo"
_UNREADABLE = "照片读不出来，请换一张PNG或者JPEG格式的照片。"
_QUALITIES = (88, 80, 70, 60, 50, 40, 30)


def shrunk(photo: bytes) -> bytes:
    """``photo`` (PNG or JPEG) turned upright, shrunk to the size of ``rules/pool.toml`` and stripped of metadata.

    Raises ``InputError`` for other files, broken ones, and pictures that are too large to be opened safely.
    """
    rule = pool_rules().photo
    if len(photo) > rule.largest_file:
        raise InputError(f"照片文件超过{rule.largest_file // 2**20}兆字节，请换一张小一些的。", field=FIELD)
    if kind_of(photo[:HEAD]) not in (UploadKind.PNG, UploadKind.JPEG):
        raise InputError(_UNREADABLE, field=FIELD)
    with told("照片没有存", FIELD):
        return workshop.run(shrink, photo=photo, rule=rule)


@parser(loads=("PIL.Image", "PIL.ImageOps", "PIL.PngImagePlugin", "PIL.JpegImagePlugin"))
def shrink(photo: bytes, rule: PhotoRule) -> bytes:
    """The same, where it may fail. Raises ``InputError``."""
    return _packed(_opened(photo, rule), rule)


def _opened(photo: bytes, rule: PhotoRule) -> Image:
    """The picture itself, upright, on white, no larger than wanted."""
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            # Our own bound below is tighter; as a warning Pillow's would be somebody else's business.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture: Image.Image = Image.open(BytesIO(photo), formats=("PNG", "JPEG"))
        if picture.width * picture.height > rule.most_pixels:
            raise InputError(
                f"照片有{picture.width}×{picture.height}点，超过上限，请换一张小一些的。", field=FIELD
            )
        picture.draft("RGB", (rule.width * 2, rule.height * 2))
        picture = ImageOps.exif_transpose(picture).convert("RGBA")
    except Image.DecompressionBombError:
        raise InputError("照片的点数超过上限，请换一张小一些的。", field=FIELD) from None
    except (OSError, SyntaxError, ValueError):  # Pillow's ways of saying that a file is broken
        raise InputError(_UNREADABLE, field=FIELD) from None
    picture.thumbnail((rule.width, rule.height))
    plain = Image.new("RGB", picture.size, "white")  # a new picture has no metadata to forget
    plain.paste(picture, mask=picture.getchannel("A"))
    return plain


def _packed(picture: Image, rule: PhotoRule) -> bytes:
    """The best quality that fits; a smaller picture where none does."""
    while True:
        for quality in _QUALITIES:
            out = BytesIO()
            picture.save(out, "JPEG", quality=quality, optimize=True)
            if out.tell() <= rule.bytes:
                return out.getvalue()
        picture = picture.resize((picture.width * 3 // 4, picture.height * 3 // 4))
