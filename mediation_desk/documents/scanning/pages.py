"""What is done to one page of a file from outside. Every function here runs in the worker of the gate."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mediation_desk.documents.scanning.rules import ScanningRules
from mediation_desk.documents.scanning.skew import skew_of
from mediation_desk.shared.quarantine.parsers import parser
from mediation_desk.shared.record import record

if TYPE_CHECKING:
    from PIL.Image import Image

_OURS = "TJT1/"
_A4_LONG = 297 / 25.4  # inches
_PLAUSIBLE_DPI = (72, 1200)
_READ_DPI = 200
_READ_WIDEST = 3600  # dots; more only takes longer
_MOST_RENDERED = 40_000_000  # dots of a page of a PDF
_FOOT = 0.22  # share of the page, at its foot or head, where a code is looked for again, larger
_COLOURFUL = 0.0005  # share of strongly coloured dots that makes a page a coloured one: a seal, a fingerprint


_LOADS = ("PIL.Image", "PIL.ImageOps", "pypdfium2", "zxingcpp")


@record
class PageRead:
    """Texts of our codes on a page, the dots per inch it had (0: not known), degrees it was turned.

    ``straight`` is a picture's page put straight, a JPEG; empty for a page of a PDF.
    """

    codes: tuple[str, ...]
    dpi: int = 0
    skew: float = 0.0
    straight: bytes = b""


@parser(loads=_LOADS, longer="page")
def read_page(path: str, kind: str, page: int, rules: ScanningRules) -> PageRead:
    """What is on the page (from 0)."""
    if kind == "PDF":
        sheet = _rendered(Path(path), page, _READ_DPI)
        return PageRead(codes=tuple(text for text, _ in _read(sheet) or _read_edges(sheet)))
    picture, dpi = _opened(Path(path), page)
    inches = max(picture.size) / dpi if dpi else _A4_LONG
    had = max(picture.size) / inches
    kept = _shrunk(picture, min(1.0, rules.kept_dpi / had))
    found = _read(kept) or _read_edges(picture)
    if len({text for text, _ in found}) == 1:
        kept = _upright(kept, found[0][1])
    skew = skew_of(kept, rules.most_skew)
    if abs(skew) < rules.least_skew:
        skew = 0.0
    kept = _turned(kept, skew)
    if skew and not found:  # level, a code may be read that was not before
        found = _read(kept)
    resolution = round(max(kept.size) / inches)
    out = BytesIO()
    kept.save(out, "JPEG", quality=rules.quality, optimize=True, dpi=(resolution, resolution))
    return PageRead(
        codes=tuple(text for text, _ in found), dpi=round(had), skew=round(skew, 1), straight=out.getvalue()
    )


@parser(loads=("pikepdf",), longer="page")
def split(path: str, pages: tuple[int, ...]) -> bytes:
    """These pages (from 0) of a PDF as a PDF of their own."""
    import pikepdf

    out = BytesIO()
    with pikepdf.open(path) as source, pikepdf.new() as part:
        for page in pages:
            part.pages.append(source.pages[page])
        part.remove_unreferenced_resources()
        part.save(out, deterministic_id=True)
    return out.getvalue()


@parser(loads=("pikepdf", "PIL.Image"), longer="page")
def join(pictures: tuple[bytes, ...]) -> bytes:
    """JPEGs as the pages of one PDF, their bytes untouched."""
    import pikepdf
    from PIL import Image

    out = BytesIO()
    with pikepdf.new() as whole:
        for data in pictures:
            with Image.open(BytesIO(data), formats=("JPEG",)) as picture:
                (width, height), dpi = picture.size, picture.info.get("dpi", (_READ_DPI,))[0]
                grey = picture.mode == "L"
            image = pikepdf.Stream(whole, data)
            image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
            image.Width, image.Height, image.BitsPerComponent = width, height, 8
            image.ColorSpace = pikepdf.Name.DeviceGray if grey else pikepdf.Name.DeviceRGB
            image.Filter = pikepdf.Name.DCTDecode
            wide, high = width / dpi * 72, height / dpi * 72
            whole.add_blank_page(page_size=(wide, high))
            page = whole.pages[-1]
            page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=whole.make_indirect(image)))
            page.Contents = pikepdf.Stream(whole, f"q {wide:.3f} 0 0 {high:.3f} 0 0 cm /Im Do Q".encode())
        whole.save(out, deterministic_id=True)
    return out.getvalue()


@parser(loads=_LOADS, longer="page")
def picture_of(data: bytes, media: str, page: int, side: int) -> bytes:
    """The page (from 0) of a file as a JPEG no longer than ``side`` dots."""
    from PIL import Image

    if media == "application/pdf":
        picture = _rendered(data, page, max(36.0, side / _A4_LONG), grey=False)
    else:
        picture = _opened(BytesIO(data), page)[0]
    picture.thumbnail((side, side), Image.Resampling.LANCZOS)
    out = BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()


def _rendered(source: Path | bytes, page: int, dpi: float, *, grey: bool = True) -> Image:
    import pypdfium2

    document = pypdfium2.PdfDocument(source)
    try:
        sheet = document[page]
        width, height = (max(1.0, side * dpi / 72) for side in sheet.get_size())
        scale = dpi / 72 * min(1.0, (_MOST_RENDERED / (width * height)) ** 0.5)
        picture: Image = sheet.render(scale=scale, grayscale=grey).to_pil()
        return picture.convert("L" if grey else "RGB")
    finally:
        document.close()


def _opened(source: Path | BytesIO, page: int) -> tuple[Image, float]:
    """The picture upright, on white, and its dots per inch where the file tells believable ones, else 0."""
    from PIL import Image, ImageOps

    picture: Image.Image
    with Image.open(source, formats=("JPEG", "PNG", "TIFF")) as opened:
        opened.seek(page)
        dpi = float(opened.info.get("dpi", (0,))[0] or 0)
        from_camera = opened.getexif().get(0x010F) is not None  # a camera's dots per inch mean nothing
        picture = ImageOps.exif_transpose(opened)
        if picture.mode not in ("L", "RGB"):
            has_holes = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
            if has_holes:
                picture = picture.convert("RGBA")
                white = Image.new("RGB", picture.size, "white")
                white.paste(picture, mask=picture.getchannel("A"))
                picture = white
            else:
                picture = picture.convert("L" if picture.mode in ("1", "I;16", "I") else "RGB")
        picture.load()
    low, high = _PLAUSIBLE_DPI
    return picture, dpi if low < dpi <= high and not from_camera else 0.0


def _read(page: Image) -> list[tuple[str, int]]:
    """Texts of our codes with how far each is turned, in degrees; each text once."""
    import zxingcpp

    wanted = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    codes = zxingcpp.read_barcodes(page.convert("L"), formats=wanted)
    return list({code.text: code.orientation for code in codes if code.text.startswith(_OURS)}.items())


def _read_edges(page: Image) -> list[tuple[str, int]]:
    """The same at the foot and the head alone, larger: for a code too small or faint in the whole page."""
    from PIL import Image

    band = round(page.height * _FOOT)
    larger = min(2.0, _READ_WIDEST / page.width)
    for top in (page.height - band, 0):
        part = page.convert("L").crop((0, top, page.width, top + band))
        size = (round(part.width * larger), round(part.height * larger))
        if found := _read(part.resize(size, Image.Resampling.BICUBIC)):
            return found
    return []


def _upright(picture: Image, orientation: int) -> Image:
    """Turned so that the code stands upright, as it was printed."""
    from PIL import Image

    quarter = round(orientation / 90) % 4
    turns = {1: Image.Transpose.ROTATE_90, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_270}
    return picture.transpose(turns[quarter]) if quarter else picture


def _shrunk(picture: Image, scale: float) -> Image:
    """Smaller, and grey unless there is colour on it."""
    from PIL import Image

    if not _is_coloured(picture):
        picture = picture.convert("L")
    if scale < 1.0:
        size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
        picture = picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    return picture


def _turned(picture: Image, skew: float) -> Image:
    from PIL import Image

    white: Any = 255 if picture.mode == "L" else (255, 255, 255)
    return picture.rotate(skew, Image.Resampling.BICUBIC, fillcolor=white) if skew else picture


def _is_coloured(picture: Image) -> bool:
    """Whether there is more than grey on it; red ink proves something and stays red."""
    if picture.mode == "L":
        return False
    small = picture.reduce(max(1, max(picture.size) // 1000))
    from PIL import ImageChops

    hues = small.convert("HSV")
    strong = hues.getchannel("S").point(lambda value: 255 if value > 90 else 0)
    bright = hues.getchannel("V").point(lambda value: 255 if value > 70 else 0)
    both = ImageChops.darker(strong, bright)
    return both.histogram()[255] > _COLOURFUL * small.width * small.height
