"""Sends the very PDF of the preview to a printer."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from mediation_desk.shared.errors import StorageError
from ui.widgets.pdf_pages import page_image, page_sizes

_PRINT_DPI = 300


def choose_printer(copies: int, parent: QWidget, *, title: str) -> QPrinter | None:
    """Let the user choose a printer; None when he thought better of it.

    ``title`` is the number of the paper, never a name: it shows in the printer's queue.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setCopyCount(copies)
    return printer if QPrintDialog(printer, parent).exec() else None


def send(pdf: bytes, printer: QPrinter) -> None:
    """Draw every page onto ``printer``, paper edge to paper edge; runs on a worker, a page takes a moment.

    Raises StorageError when the printer cannot be opened.
    """
    printer.setFullPage(True)
    painter = QPainter()
    for number, size in enumerate(page_sizes(pdf)):
        wide = size.width > size.height
        printer.setPageOrientation(
            QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
        )
        if number == 0 and not painter.begin(printer):
            raise StorageError("打印机没有应答，什么也没有打印。请检查打印机后再打印一次。")
        if number:
            printer.newPage()
        paper = printer.paperRect(QPrinter.Unit.DevicePixel).toRect()
        painter.drawImage(QRect(0, 0, paper.width(), paper.height()), page_image(pdf, number, _PRINT_DPI))
    painter.end()
