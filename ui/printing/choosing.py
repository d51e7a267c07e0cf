"""The system's print dialog, opened the way this form was printed last time."""

from __future__ import annotations

from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from ui.preferences import Preferences, PrinterHabit

ANY = "any"
"""Stands for papers that belong to no form, and for forms never printed from this desk."""


def choose_printer(
    preferences: Preferences, form: str, copies: int, parent: QWidget, *, title: str
) -> QPrinter | None:
    """Let the user choose a printer; None when he thought better of it.

    Printer, tray and two-sidedness come up as they were last chosen for ``form`` and are remembered again.
    ``title`` is the number of the paper, never a name: it shows in the printer's queue.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    set_up(printer, preferences, form)
    printer.setDocName(title)
    printer.setCopyCount(copies)
    if not QPrintDialog(printer, parent).exec():
        return None
    remember(printer, preferences, form)
    return printer


def set_up(printer: QPrinter, preferences: Preferences, form: str) -> None:
    """Printer, tray and two-sidedness as last chosen for this form; a printer that is gone is left alone."""
    habit = preferences.printer_habit(form) or preferences.printer_habit(ANY)
    if habit is None:
        return
    if habit.printer and habit.printer != printer.printerName():
        if habit.printer not in QPrinterInfo.availablePrinterNames():
            return
        printer.setPrinterName(habit.printer)
    printer.setPaperSource(QPrinter.PaperSource(habit.tray))
    printer.setDuplex(QPrinter.DuplexMode(habit.duplex))


def remember(printer: QPrinter, preferences: Preferences, form: str) -> None:
    """Keep what was chosen, for this form and as the usual choice."""
    habit = PrinterHabit(
        printer=printer.printerName(), tray=printer.paperSource().value, duplex=printer.duplex().value
    )
    preferences.set_printer_habit(form, habit)
    preferences.set_printer_habit(ANY, habit)
