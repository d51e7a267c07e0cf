"""While a sheet is read, taken in or taken back: how far it is, and a way to stop."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.buttons import button
from ui.widgets.layout import column, row
from ui.widgets.text import line


class WaitingPanel(QWidget):
    """`begin` says what is under way; `watch` makes the watcher a worker tells its rows to."""

    _told = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._deed = ""
        self._stop = threading.Event()
        self.said = line()
        self._halt = button("停止", self._on_stop)
        self._halt.setObjectName("importing.stop")
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.addLayout(column(None, row(None, self.said, self._halt, None), None))
        self._told.connect(self._on_told)

    def begin(self, deed: str, *, watched: bool) -> None:
        """Say what is done; only what is ``watched`` can be stopped."""
        self._deed = deed
        self.said.setText(f"正在{deed}……")
        self._halt.setVisible(watched)

    def watch(self) -> Callable[[int], bool]:
        """For one piece of work: told from its worker how many rows are done; False once somebody stops it."""
        self._stop = stop = threading.Event()

        def watch(done: int) -> bool:
            self._told.emit(done)
            return not stop.is_set()

        return watch

    def _on_told(self, done: int) -> None:
        self.said.setText(f"正在{self._deed}，已到第 {done:,} 行")

    def _on_stop(self) -> None:
        self._stop.set()
