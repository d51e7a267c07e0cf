"""Turns the bytes of a PDF into pictures of its pages; runs on the pages lane, never on the GUI thread."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from mediation_desk.shared.pdfium import PDFIUM

_POINTS_PER_INCH = 72
_COARSE, _FINER = 120, 2
"""Below so many dots per inch strokes, never thinner than a dot, would fill the titles: drawn larger first."""


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


def _halved(image: QImage) -> QImage:
    width, height = image.width() // _FINER, image.height() // _FINER
    return image.scaled(
        width,
        height,
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )


def page_image(pdf: bytes, number: int, dots_per_inch: float) -> QImage:
    """One page drawn at a resolution, for the screen or the printer alike."""
    import pypdfium2

    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            finer = _FINER if dots_per_inch < _COARSE else 1
            scale = finer * dots_per_inch / _POINTS_PER_INCH
            bitmap = document[number].render(scale=scale, rev_byteorder=True)
            image = QImage(
                bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB888
            )
            return _halved(image) if finer > 1 else image.copy()
        finally:
            document.close()
