"""The one door to PDFium: it keeps global state and must not be entered by two threads."""

from __future__ import annotations

from threading import RLock

PDFIUM = RLock()
"""Held by whoever opens, reads or draws a PDF with pypdfium2, for as short as one page where many are drawn."""
