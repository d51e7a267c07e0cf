"""A printer that prints into a file, chosen or left in the system's dialog."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtPrintSupport import QPrintDialog


class PrinterOfATest:
    """Answers the system's dialog: every job goes into a file of ``folder``, or nobody chooses a printer."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.chooses, self.asked = folder, True, 0

    def exec(self, dialog: QPrintDialog) -> int:
        """What a person would do in the dialog."""
        self.asked += 1
        dialog.printer().setOutputFileName(str(self.folder / "printed.pdf"))
        return int(self.chooses)
