"""Type into the search box and scroll the list of a large archive; print the longest gap and the memory.

Started by ``bench_search`` as a process of its own: ``python -m benchmarks.search_window FOLDER``.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from mediation_desk.app import open_desk
from mediation_desk.settings import resolve
from tests.gui.typing import named, type_words
from ui.app import application, open_window
from ui.main_window import MainWindow
from ui.screens.cases.screen import CasesScreen

TYPED = ("渗水", "王伟明", "zhangw", "赡养 老人", "2024", "孟庆蓝")
PAGES = 60


class Watcher:
    """A timer of a millisecond: how much later than that it comes is how long the window did not answer.

    ``own`` is the most the GUI thread worked itself in between: on a busy machine the rest is others' work.
    """

    def __init__(self) -> None:
        self.start()
        self._timer = QTimer(interval=1)
        self._timer.timeout.connect(self._on_time)
        self._timer.start()

    def start(self) -> None:
        """Count anew."""
        self.longest, self.own = 0.0, 0.0
        self._last, self._worked = time.perf_counter(), time.thread_time()

    def told(self) -> str:
        """``31 ms (12 ms its own work)``."""
        return f"{self.longest:.0f} ms ({self.own:.0f} ms its own work)"

    def _on_time(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        self.longest = max(self.longest, (now - self._last) * 1000)
        self.own = max(self.own, (worked - self._worked) * 1000)
        self._last, self._worked = now, worked


def wait(until: Callable[[], bool], longest: float = 10.0) -> None:
    """Let events run until that is so."""
    end = time.perf_counter() + longest
    while not until() and time.perf_counter() < end:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)


def pause(milliseconds: int) -> None:
    """Let events run for a while, as between two keystrokes."""
    end = time.perf_counter() + milliseconds / 1000
    wait(lambda: time.perf_counter() > end)


def resident_mb() -> float:
    """Memory of this process."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


def main(folder: str) -> None:
    app = application()
    desk = open_desk(resolve(Path(folder), practice=True))
    window = open_window(app, desk)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    watcher = Watcher()
    wait(window.context.desk.idle)
    _type(window, watcher)
    _scroll(window, watcher)
    watcher.start()
    time.sleep(0.1)  # the control: this must be seen
    pause(20)
    print(f"control: a call of 100 ms on the GUI thread is seen as {watcher.told()}")
    window.close()
    desk.close()


def _type(window: MainWindow, watcher: Watcher) -> None:
    search = named(window, "search")
    for words in TYPED:
        search.setFocus()
        search.clear()  # type: ignore[attr-defined]  # a line editor
        pause(300)
        watcher.start()
        for letter in words:
            type_words(letter)
            pause(150)
        wait(window.context.desk.idle)
        pause(100)
        print(f"typing {words}: longest gap of the GUI thread {watcher.told()}")


def _scroll(window: MainWindow, watcher: Watcher) -> None:
    watcher.start()
    window.open_screen("cases")
    cases = window.screen_in_front()
    assert isinstance(cases, CasesScreen)
    wait(lambda: bool(cases.shown()) and cases.context.desk.idle())
    print(f"opening the list: longest gap of the GUI thread {watcher.told()}")
    bar = cases.table.verticalScrollBar()
    watcher.start()
    memory = []
    for _ in range(PAGES):
        last = cases.shown()[-1]
        bar.setValue(bar.maximum())
        wait(lambda last=last: cases.shown()[-1] != last)  # type: ignore[misc]
        pause(30)
        memory.append(resident_mb())
    print(f"scrolling {PAGES * 200:,} lines: longest gap {watcher.told()}")
    print(f"memory: {memory[5]:.0f} MB after 1,200 lines, {memory[-1]:.0f} MB after {PAGES * 200:,}")


if __name__ == "__main__":
    main(sys.argv[1])
