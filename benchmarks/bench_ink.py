"""The tray of 28 copies and 26 people beside a tray of one copy and one person: what the window itself does."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from mediation_desk.cases.ink.tray import Tray
from tests.documents.dispute import case
from tests.gui.group_tray import group_tray
from ui.app import application
from ui.preferences import Preferences
from ui.screens.case_page.ink.matrix import InkMatrix
from ui.theme import Theme

RUNS = 20
FRAME_MS = 1000 / 60


def milliseconds(act: Callable[[], object]) -> float:
    """One act and what the window draws after it."""
    begun = time.perf_counter()
    act()
    QApplication.processEvents()
    return 1000 * (time.perf_counter() - begun)


def measure(tray: Tray) -> tuple[float, float]:
    """Median of showing the tray and of marking all of it."""
    matrix = InkMatrix()
    matrix.resize(900, 500)
    matrix.show()
    shown, marked = [], []
    for _run in range(RUNS):
        shown.append(milliseconds(lambda: matrix.cells.show_tray(tray)))
        marked.append(milliseconds(matrix.cells.mark_all))
        matrix.cells.unmark_all()
    matrix.deleteLater()
    return statistics.median(shown), statistics.median(marked)


def main() -> None:
    """Print both and their ratio."""
    with tempfile.TemporaryDirectory() as name:
        preferences = Preferences(Path(name))
        Theme(application(), preferences.mode, preferences.percent)
        whole = group_tray(case())
        small = replace(whole, copies=1, places=whole.places[:2])
        for title, one, many in zip(("show", "mark all"), measure(small), measure(whole), strict=True):
            print(
                f"{title:9} {many:6.1f} ms against {one:6.1f} ms for one person and copy: {many / one:.1f} x"
            )
        print(f"(a frame is {FRAME_MS:.1f} ms, what a hand notices 50 ms)")


if __name__ == "__main__":
    main()
