"""Whether a DOCX is whole and nothing but text, pictures and layout. Runs in the worker."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from mediation_desk.shared.quarantine.refusal import Refused
from mediation_desk.shared.uploads.xml_parts import check_xml

_DAMAGED = "DOCX损坏或者不完整，请用文字处理软件打开后另存一份"
_NO_DOCX = "文件不是DOCX文档"
_PIECE = 1 << 16
_XML = ("xml", "rels", "svg")
_PICTURES = ("png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff")
_PLAIN = ("emf", "wmf", "odttf")
_MACROS = re.compile(r"(?i)vbaproject|vbadata|macroenabled|activex")
_NAME = re.compile(r"[^\x00-\x1f\\:]{1,200}")


def check_docx(file: Path | BytesIO, limits: Mapping[str, Any]) -> int:
    """Always 1: how many pages a DOCX has is known only once it is laid out. Raises ``Refused``."""
    try:
        with zipfile.ZipFile(file) as archive:
            _check(archive, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, UnicodeError, ValueError):
        raise Refused(_DAMAGED) from None
    except RuntimeError:  # what zipfile raises for a part with a password
        raise Refused("DOCX加了密，请先去掉密码") from None
    return 1


def _check(archive: zipfile.ZipFile, limits: Mapping[str, Any]) -> None:
    parts = archive.infolist()
    if len(parts) > limits["parts"]:
        raise Refused(f"DOCX里有{len(parts)}个部件，过多")
    names = [part.filename for part in parts]
    if len({name.casefold() for name in names}) < len(names):
        raise Refused("DOCX里有同名的部件")
    if "[Content_Types].xml" not in names or "word/document.xml" not in names:
        raise Refused(_NO_DOCX)
    if sum(part.file_size for part in parts) > limits["total_size"]:
        raise Refused("DOCX展开以后过大，像是压缩炸弹")
    for part in parts:
        _check_part(archive, part, limits)


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, limits: Mapping[str, Any]) -> None:
    name = part.filename
    if not _NAME.fullmatch(name) or name.startswith("/") or ".." in name.split("/"):
        raise Refused("DOCX里有部件的名称指向别处")
    if part.flag_bits & 1:
        raise Refused("DOCX加了密，请先去掉密码")
    if _MACROS.search(name):
        raise Refused("DOCX里有宏或者ActiveX控件")
    if name.endswith("/"):
        return
    if part.file_size > limits["part_size"] or (
        part.file_size > 1 << 20 and part.file_size > part.compress_size * limits["ratio"]
    ):
        raise Refused("DOCX展开以后过大，像是压缩炸弹")
    ending = name.rpartition(".")[2].lower()
    if ending in _XML:
        check_xml(_pieces(archive, part), name, limits)
    elif ending in _PICTURES:
        _check_picture(archive, part, limits)
    elif ending in _PLAIN:
        for _ in _pieces(archive, part):
            pass
    else:
        raise Refused("DOCX里嵌着别的文件或者对象")


def _pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterable[bytes]:
    """What is really in the part: no more than it said, its checksum proved at the end."""
    left = part.file_size
    with archive.open(part) as stream:
        while piece := stream.read(_PIECE):
            left -= len(piece)
            if left < 0:
                raise Refused("DOCX展开以后过大，像是压缩炸弹")
            yield piece


def _check_picture(archive: zipfile.ZipFile, part: zipfile.ZipInfo, limits: Mapping[str, Any]) -> None:
    from PIL import Image

    data = b"".join(_pieces(archive, part))
    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG", "GIF", "BMP", "TIFF")) as picture:
            width, height = picture.size
    except Image.DecompressionBombError:
        raise Refused("DOCX里有一张图片点数过多") from None
    except (OSError, SyntaxError, ValueError, TypeError):
        raise Refused("DOCX里有一张图片读不出来") from None
    if width * height > limits["most_pixels"]:
        raise Refused("DOCX里有一张图片点数过多")
