"""While long work is under way: how far it is, and a way to stop."""

from __future__ import annotations

import threading
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.buttons import button
from ui.widgets.layout import column, row
from ui.widgets.text import line


class Watcher(Protocol):
    """Told from a worker how much is done, of how much where that is known; False stops the work."""

    def __call__(self, done: int, total: int = 0) -> bool:
        """Go on?"""
        ...


class WaitingPanel(QWidget):
    """`begin` says what is under way; `watch` makes the watcher a worker tells how far it is.

    ``unit`` is what is counted (行, 份); ``code`` begins the name of the button. ``tall`` fills a page.
    """

    _told = Signal(int, int)

    def __init__(self, unit: str, code: str, *, tall: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unit = unit
        self._deed = ""
        self._stop = threading.Event()
        self.said = line()
        self._halt = button("停止", self._on_stop)
        self._halt.setObjectName(f"{code}.stop")
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        words = row(None, self.said, self._halt, None) if tall else row(self.said, self._halt, None)
        stack.addLayout(column(None, words, None) if tall else words)
        self._told.connect(self._on_told)

    def begin(self, deed: str, *, watched: bool = True) -> None:
        """Say what is done; only what is ``watched`` can be stopped."""
        self._deed = deed
        self.said.setText(f"正在{deed}……")
        self._halt.setVisible(watched)
        self._halt.setEnabled(True)

    def watch(self) -> Watcher:
        """The watcher of one piece of work."""
        self._stop = stop = threading.Event()

        def watch(done: int, total: int = 0) -> bool:
            self._told.emit(done, total)
            return not stop.is_set()

        return watch

    def stop(self) -> None:
        """As with the button."""
        self._on_stop()

    def _on_told(self, done: int, total: int) -> None:
        if total:
            self.said.setText(f"正在{self._deed}：{done:,} / {total:,} {self._unit}")
        else:
            self.said.setText(f"正在{self._deed}，已到第 {done:,} {self._unit}")

    def _on_stop(self) -> None:
        self._stop.set()
        self._halt.setEnabled(False)
