"""Papers printed, signed and scanned: pages of our own PDFs as pictures, turned, dirty, out of order."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pypdfium2
from PIL import Image, ImageDraw

WHITE = "white"


def sheets(pdf: bytes, dpi: int = 200) -> list[Image.Image]:
    """The pages as a scanner sees them."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [document[no].render(scale=dpi / 72).to_pil().convert("RGB") for no in range(len(document))]
    finally:
        document.close()


def written_page(size: tuple[int, int] = (1654, 2339)) -> Image.Image:
    """A page of grey lines without a code."""
    page = Image.new("RGB", size, WHITE)
    draw = ImageDraw.Draw(page)
    for line in range(200, size[1] - 200, 60):
        draw.rectangle((180, line, size[0] - 180 - (line * 7) % 300, line + 22), fill=(40, 40, 40))
    return page


def jpeg(page: Image.Image, **how: object) -> bytes:
    """The page as a camera or scanner writes it."""
    out = io.BytesIO()
    page.save(out, "JPEG", quality=85, **how)
    return out.getvalue()


def pdf_of(pages: Sequence[Image.Image]) -> bytes:
    """Pages as one PDF of pictures, as office scanners write them."""
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=list(pages[1:]), resolution=200)
    return out.getvalue()


def tiff_of(pages: Sequence[Image.Image]) -> bytes:
    """Pages as one TIFF."""
    out = io.BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=list(pages[1:]), dpi=(200, 200))
    return out.getvalue()
