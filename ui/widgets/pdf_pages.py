"""Turns the bytes of a PDF into pictures of its pages; runs on the pages lane, never on the GUI thread."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QImage

from mediation_desk.shared.pdfium import PDFIUM

_POINTS_PER_INCH = 72


@dataclass(frozen=True, slots=True)
class PageSize:
    """Width and height of a page in points."""

    width: float
    height: float


def page_sizes(pdf: bytes) -> tuple[PageSize, ...]:
    """Sizes of all pages, without drawing them."""
    import pypdfium2  # loaded with the first preview, not with the window

    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return tuple(PageSize(*document.get_page_size(number)) for number in range(len(document)))
        finally:
            document.close()


def page_images(pdf: bytes, width: int) -> tuple[QImage, ...]:
    """All pages drawn ``width`` device pixels wide."""
    return tuple(
        page_image(pdf, number, width / size.width * _POINTS_PER_INCH)
        for number, size in enumerate(page_sizes(pdf))
    )


def page_image(pdf: bytes, number: int, dots_per_inch: float) -> QImage:
    """One page drawn at a resolution, for the screen or the printer alike."""
    import pypdfium2

    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            bitmap = document[number].render(scale=dots_per_inch / _POINTS_PER_INCH, rev_byteorder=True)
            image = QImage(
                bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB888
            )
            return image.copy()
        finally:
            document.close()
