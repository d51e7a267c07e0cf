"""Scans as A4 pages: pictures pass through undecoded wherever the PDF can hold them, nothing is distorted."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pikepdf
from PIL import Image

from mediation_desk.documents.styles import MM, PAGE_HEIGHT, PAGE_WIDTH
from mediation_desk.shared.pdfium import PDFIUM
from mediation_desk.shared.quarantine.parsers import parser
from mediation_desk.shared.quarantine.refusal import Refused
from mediation_desk.shared.record import record

_NEARLY_A4 = 0.03  # a picture of these proportions is a scan of a whole sheet and fills the page
_MARGIN = 15 * MM
_A4 = (0.0, 0.0, PAGE_WIDTH, PAGE_HEIGHT)
_BOX = (_MARGIN, _MARGIN, PAGE_WIDTH - 2 * _MARGIN, PAGE_HEIGHT - 2 * _MARGIN)
_JPEG_QUALITY = 85
_CONTENT = pikepdf.Name("/Scan")  # a name of our own: invented ones differ from run to run
_AT_ONCE = 20  # pages
_LONG_SIDE = 2339  # pixels: an A4 sheet at 200 dpi
_MOST_PIXELS = 120_000_000
_TURNS = {1: 0, 3: 180, 6: 270, 8: 90}  # EXIF orientation → degrees to turn left
_PICTURES = ("JPEG", "PNG", "TIFF", "BMP", "GIF", "WEBP")
_HOLDS = {"L": pikepdf.Name.DeviceGray, "RGB": pikepdf.Name.DeviceRGB}


class Damaged(Refused):
    """The file is no picture or PDF, is broken, or locked by a password; the message ends a sentence."""


@record
class _Picture:
    """What goes into the page: compressed bytes as the PDF stores them, and how they are to be read."""

    data: bytes
    width: int
    height: int
    colours: pikepdf.Name
    turn: int


@parser(loads=("pypdfium2",), longer="volume", alone=True)
def lay(data: bytes, archival: bool) -> bytes:  # arguments of a parser are named
    """A file as A4 pages, for the archive's format or as it is. Raises ``Damaged``."""
    if archival:
        return draw_scan(data)
    with scan_pdf(data) as pages:
        return _saved(pages)


def scan_pdf(data: bytes) -> pikepdf.Pdf:
    """The file as a PDF of upright A4 pages. Raises ``Damaged``."""
    try:
        if _is_pdf(data):
            return _sheets(data)
        return _picture_page(_picture(data))
    except pikepdf.PasswordError as error:
        raise Damaged("加了密码，读不出来") from error
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError) as error:
        raise Damaged("不是完好的图片或者 PDF") from error
    except pikepdf.PdfError as error:
        raise Damaged("PDF 已经损坏") from error


def draw_scan(data: bytes) -> bytes:
    """The same for the archive's format: pages of somebody else's PDF become opaque pictures.

    What such a PDF may hold (fonts not embedded, see-through pictures, JPEG 2000) no archive's format takes. Some
    pages at a time are drawn. Raises ``Damaged``.
    """
    if not _is_pdf(data):
        with scan_pdf(data) as pages:
            return _saved(pages)
    with ExitStack() as parts, pikepdf.new() as whole:
        for part in _drawn(data):
            whole.pages.extend(parts.enter_context(part).pages)
        return _saved(whole)


def _is_pdf(data: bytes) -> bool:
    return b"%PDF-" in data[:1024]


def _saved(pages: pikepdf.Pdf) -> bytes:
    made = io.BytesIO()
    pages.save(made, deterministic_id=True)
    return made.getvalue()


def _drawn(data: bytes) -> Iterator[pikepdf.Pdf]:
    """Pictures of the pages, some at a time; between two pages others may draw theirs."""
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        with PDFIUM:
            document = PdfDocument(data)
            count = len(document)
            document.init_forms()
    except PdfiumError as error:
        raise Damaged("PDF 已经损坏或者加了密码") from error
    try:
        if not count:
            raise Damaged("PDF 里一页也没有")
        for begin in range(0, count, _AT_ONCE):
            part = pikepdf.new()
            for number in range(begin, min(begin + _AT_ONCE, count)):
                with _picture_page(_photographed(document, number)) as sheet:
                    part.pages.extend(sheet.pages)
            yield part
    except PdfiumError as error:
        raise Damaged("PDF 已经损坏") from error
    finally:
        with PDFIUM:
            document.close()


def _photographed(document: Any, number: int) -> _Picture:
    with PDFIUM:
        page = document[number]
        width, height = page.get_size()
        if width <= 0 or height <= 0:
            raise Damaged("PDF 的纸张大小不对")
        scale = _LONG_SIDE / max(width, height)  # every page fills an A4 sheet, whatever its size was
        image = page.render(scale=scale).to_pil().convert("RGB")
        page.close()
    return _decoded(image)


def upright(source: pikepdf.Pdf) -> pikepdf.Pdf:
    """A paper of ours on upright A4: as it is, or turned left where it lies (its head goes to the binding)."""
    if all(_size(page)[0] <= _size(page)[1] for page in source.pages):
        return source
    return _fitted(source)


def _sheets(data: bytes) -> pikepdf.Pdf:
    source = pikepdf.open(io.BytesIO(data))
    if not len(source.pages):
        raise Damaged("PDF 里一页也没有")
    if any("/Annots" in page for page in source.pages):
        source.generate_appearance_streams()
        source.flatten_annotations("print")
    return _fitted(source)


def _fitted(source: pikepdf.Pdf) -> pikepdf.Pdf:
    """Every page drawn onto a fresh sheet: scripts, links and attachments stay behind."""
    target = pikepdf.new()
    for page in source.pages:
        width, height = _size(page)
        if width <= 0 or height <= 0:
            raise Damaged("PDF 的纸张大小不对")
        if width > height:
            page.rotate(270, relative=True)
            width, height = height, width
        x, y, w, h = _place(width, height)
        form = target.copy_foreign(page.as_form_xobject())
        sheet = target.add_blank_page(page_size=(PAGE_WIDTH, PAGE_HEIGHT))
        name = sheet.add_resource(form, pikepdf.Name.XObject, _CONTENT)
        rectangle = pikepdf.Rectangle(x, y, x + w, y + h)
        sheet.Contents = pikepdf.Stream(
            target, sheet.calc_form_xobject_placement(form, name, rectangle, allow_expand=True)
        )
    return target


def _size(page: pikepdf.Page) -> tuple[float, float]:
    left, bottom, right, top = (float(value) for value in page.cropbox)
    width, height = abs(right - left), abs(top - bottom)
    turned = int(page.get("/Rotate", 0)) % 180 == 90
    return (height, width) if turned else (width, height)


def _place(width: float, height: float) -> tuple[float, float, float, float]:
    """Left, bottom, width and height on the sheet: all of it for a whole A4, else in the middle of its margins."""
    nearly = abs(width / height / (PAGE_WIDTH / PAGE_HEIGHT) - 1) < _NEARLY_A4
    x, y, w, h = _A4 if nearly else _BOX
    scale = min(w / width, h / height)
    return x + (w - width * scale) / 2, y + (h - height * scale) / 2, width * scale, height * scale


def _picture(data: bytes) -> _Picture:
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            image = Image.open(io.BytesIO(data), formats=_PICTURES)
        except Image.DecompressionBombWarning as error:
            raise Damaged("图片太大") from error
    with image:
        width, height = image.size
        if width * height > _MOST_PIXELS:
            raise Damaged("图片太大")
        orientation = image.getexif().get(0x0112, 1)
        if image.format == "JPEG" and image.mode in _HOLDS and orientation in _TURNS:
            if b"\xff\xd9" not in data[-4096:]:
                raise Damaged("图片不完整")
            return _Picture(
                data=data, width=width, height=height, colours=_HOLDS[image.mode], turn=_TURNS[orientation]
            )
        return _decoded(image)


def _decoded(image: Image.Image) -> _Picture:
    """What the PDF cannot hold as it came: turned as its EXIF says, on white, as JPEG."""
    from PIL import ImageOps

    plain = ImageOps.exif_transpose(image)
    if plain.mode in ("RGBA", "LA", "P", "PA"):
        rgba = plain.convert("RGBA")
        plain = Image.new("RGB", rgba.size, "white")
        plain.paste(rgba, mask=rgba.getchannel("A"))
    plain = plain if plain.mode in _HOLDS else plain.convert("L" if plain.mode == "1" else "RGB")
    stream = io.BytesIO()
    plain.save(stream, "JPEG", quality=_JPEG_QUALITY)
    return _Picture(
        data=stream.getvalue(), width=plain.width, height=plain.height, colours=_HOLDS[plain.mode], turn=0
    )


def _picture_page(picture: _Picture) -> pikepdf.Pdf:
    target = pikepdf.new()
    image = pikepdf.Stream(
        target,
        picture.data,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=picture.width,
        Height=picture.height,
        ColorSpace=picture.colours,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    turn, width, height = picture.turn, picture.width, picture.height
    if turn % 180 == 90:
        width, height = height, width
    if width > height:
        turn, width, height = (turn + 90) % 360, height, width
    sheet = target.add_blank_page(page_size=(PAGE_WIDTH, PAGE_HEIGHT))
    name = sheet.add_resource(image, pikepdf.Name.XObject, _CONTENT)
    matrix = " ".join(f"{value:.3f}" for value in _matrix(turn, *_place(width, height)))
    sheet.Contents = pikepdf.Stream(target, f"q {matrix} cm {name} Do Q\n".encode())
    return target


def _matrix(turn: int, x: float, y: float, w: float, h: float) -> tuple[float, ...]:
    """Puts the unit square of a picture, turned left by ``turn`` degrees, into the rectangle."""
    return {
        0: (w, 0, 0, h, x, y),
        90: (0, h, -w, 0, x + w, y),
        180: (-w, 0, 0, -h, x + w, y + h),
        270: (0, -h, w, 0, x, y + h),
    }[turn]
