"""Sends the very PDF of the preview to a printer, at its true size."""

from __future__ import annotations

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from mediation_desk.shared.errors import StorageError
from ui.widgets.pdf_pages import PageSize, page_image, page_sizes

_PRINT_DPI = 300
_POINTS_PER_INCH = 72
_LOOSE = 6.0  # points: printers round their paper sizes
_SILENT = "打印机没有应答，什么也没有打印。请检查打印机后再打印一次。"
_OTHER_PAPER = "打印机不能用{wanted}的纸（它现在是{found}）。文书不缩放打印，请换一台打印机或者换纸盒。"


def send(pdf: bytes, printer: QPrinter) -> None:
    """Draw every page onto ``printer``, paper edge to paper edge and never scaled; runs on a worker.

    Raises StorageError when the printer cannot be opened or has no paper of this size.
    """
    printer.setFullPage(True)
    painter = QPainter()
    sizes = page_sizes(pdf)
    for number, size in enumerate(sizes):
        _lay(printer, size)
        if number == 0:
            _demand_paper(printer, size)
            if not painter.begin(printer):
                raise StorageError(_SILENT)
        else:
            printer.newPage()
        dots = printer.resolution() / _POINTS_PER_INCH
        image = page_image(pdf, number, _PRINT_DPI)
        painter.drawImage(QRectF(0, 0, size.width * dots, size.height * dots), image, QRectF(image.rect()))
    painter.end()


def _lay(printer: QPrinter, size: PageSize) -> None:
    wide = size.width > size.height
    short, long = sorted((size.width, size.height))
    paper = QPageSize(QSizeF(short, long), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    orientation = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    printer.setPageSize(paper)
    printer.setPageOrientation(orientation)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0))


def _demand_paper(printer: QPrinter, size: PageSize) -> None:
    paper = printer.paperRect(QPrinter.Unit.Point)
    if abs(paper.width() - size.width) > _LOOSE or abs(paper.height() - size.height) > _LOOSE:
        found = f"{_mm(paper.width())}×{_mm(paper.height())}毫米"
        raise StorageError(
            _OTHER_PAPER.format(wanted=f"{_mm(size.width)}×{_mm(size.height)}毫米", found=found)
        )


def _mm(points: float) -> int:
    return round(points / _POINTS_PER_INCH * 25.4)
