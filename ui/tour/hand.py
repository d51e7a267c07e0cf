"""A hand at the real window: it clicks, types and picks as a person does, and takes pictures."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from ui.screens.base import Context

PATIENCE = 20.0
"""Seconds until something that should have appeared counts as missing."""

UNHURRIED = 1200
"""Milliseconds after which everything that waits for a pause in typing has happened."""


class TourError(RuntimeError):
    """The window did not show what the next move needs: a bug of the desk or of the tour."""


class Hand:
    """Finds widgets by object name; only what is visible and enabled can be touched."""

    def __init__(self, app: QApplication, window: QWidget, context: Context) -> None:
        self._app = app
        self.window = window
        self.context = context

    def at(self, window: QWidget) -> Hand:
        """The same hand at another window of the desk."""
        return Hand(self._app, window, self.context)

    def settle(self) -> None:
        """Wait until nothing is under way and everything is painted."""
        quiet = 0
        until = time.monotonic() + PATIENCE
        while quiet < 3:
            if time.monotonic() > until:
                raise TourError("the desk does not come to rest")
            _pause(10)
            quiet = quiet + 1 if self.context.desk.idle() else 0

    def find(self, name: str) -> QWidget:
        """The visible widget with this object name; waits for it."""
        until = time.monotonic() + PATIENCE
        while True:
            for widget in self.window.findChildren(QWidget, name):
                if widget.isVisible():
                    return widget
            if time.monotonic() > until:
                raise TourError(f"not on screen: {name}")
            self.settle()

    def names(self, prefix: str) -> list[str]:
        """Object names of the visible widgets that begin with ``prefix``, in the order they were made."""
        self.settle()
        found = (w.objectName() for w in self.window.findChildren(QWidget) if w.isVisible())
        return [name for name in found if name.startswith(prefix)]

    def click(self, name: str) -> None:
        """Press a button with the mouse."""
        button = self.find(name)
        if not button.isEnabled():
            raise TourError(f"cannot be pressed: {name}")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def tick(self, name: str, *, wanted: bool = True) -> None:
        """Tick a box, or clear it, by the space bar."""
        box = self.find(name)
        if isinstance(box, QCheckBox) and box.isChecked() is not wanted:
            box.setFocus()
            QTest.keyClick(box, Qt.Key.Key_Space)

    def write(self, name: str, text: str) -> None:
        """Replace what a field holds: ASCII by keys, everything else as an input method commits it."""
        field = self.find(name)
        field.setFocus()
        if isinstance(field, QLineEdit | QPlainTextEdit):
            field.selectAll()
        if not text:
            QTest.keyClick(field, Qt.Key.Key_Delete)
        elif text.isascii():
            QTest.keyClicks(field, text)
        else:
            event = QInputMethodEvent()
            event.setCommitString(text)
            self._app.sendEvent(field, event)

    def pick(self, name: str, words: str) -> None:
        """Choose the entry showing ``words`` from a list, by the arrow keys."""
        box = self.find(name)
        if not isinstance(box, QComboBox):
            raise TourError(f"not a list: {name}")
        place = box.findText(words, Qt.MatchFlag.MatchContains)
        if place < 0:
            raise TourError(f"{name} does not offer {words}")
        box.setFocus()
        for _ in range(box.count()):
            if box.currentIndex() != place:
                QTest.keyClick(box, Qt.Key.Key_Down if box.currentIndex() < place else Qt.Key.Key_Up)

    def press(self, keys: str) -> None:
        """A shortcut of the window, such as ``Ctrl+Return``."""
        QTest.keySequence(self._app.focusWidget() or self.window, QKeySequence(keys))
        self.settle()

    def is_pressable(self, name: str) -> bool:
        """Whether this button is on screen and enabled now."""
        return any(
            isinstance(widget, QAbstractButton) and widget.isVisible() and widget.isEnabled()
            for widget in self.window.findChildren(QWidget, name)
        )

    def picture(self, path: Path) -> Path:
        """Save what the window shows once the preview has caught up with the words."""
        _pause(UNHURRIED)
        self.settle()
        self.window.grab().save(str(path))
        return path


def _pause(milliseconds: int) -> None:
    """Let the window live for a while. ``QTest.qWait`` will not do: it keeps the workers from running meanwhile."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
