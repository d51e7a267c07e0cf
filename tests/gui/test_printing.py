"""What goes to the printer: every page of the very PDF, edge to edge, drawn on a worker."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from reportlab.lib.pagesizes import A4, A5
from reportlab.pdfgen.canvas import Canvas

from mediation_desk.shared.errors import StorageError
from ui.printing.sending import send

PAGES = 3


def paper() -> bytes:
    """Three pages with a black bar at the very top."""
    data = BytesIO()
    canvas = Canvas(data, pagesize=A4)
    for _page in range(PAGES):
        canvas.rect(0, A4[1] - 20, A4[0], 20, fill=1)
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def printer_into(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(path))
    return printer


def test_every_page_reaches_the_printer_from_a_worker(qapp: QApplication, tmp_path: Path) -> None:
    printer = printer_into(tmp_path / "printed.pdf")
    with ThreadPoolExecutor(1) as worker:
        worker.submit(send, paper(), printer).result(timeout=60)
    pages = PdfReader(tmp_path / "printed.pdf").pages
    assert len(pages) == PAGES
    assert [round(float(size)) for size in pages[0].mediabox[2:]] == [round(size) for size in A4]
    assert all(len(page.images) == 1 for page in pages)


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_does_not_open_is_told(qapp: QApplication, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="打印机没有应答"):
        send(paper(), printer_into(tmp_path / "missing" / "printed.pdf"))


def test_nothing_is_scaled_to_fit_other_paper(qapp: QApplication, tmp_path: Path) -> None:
    """A landscape page and an A5 slip come out in their own size, whatever the printer was set to."""
    data = BytesIO()
    canvas = Canvas(data, pagesize=A5)
    canvas.rect(10, 10, 100, 50, fill=1)
    canvas.showPage()
    canvas.save()
    printer = printer_into(tmp_path / "slip.pdf")
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A3))
    send(data.getvalue(), printer)
    (page,) = PdfReader(tmp_path / "slip.pdf").pages
    assert [round(float(size)) for size in page.mediabox[2:]] == [round(size) for size in A5]
