"""Types into whatever has the focus, as a person does; QTest alone cannot type Chinese."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ui.main_window import MainWindow


def named(window: MainWindow, name: str) -> QWidget:
    """The control with this object name; there must be exactly one."""
    found = window.findChildren(QWidget, name)
    assert len(found) == 1, f"{name}: {len(found)}"
    return found[0]


def focused() -> QWidget:
    """What has the focus."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def type_words(words: str) -> None:
    """Type ``words`` where the focus is."""
    for letter in words:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(focused(), event)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press one key where the focus is."""
    QTest.keyClick(focused(), key, modifier)


def walk(*words: str) -> None:
    """Type each of ``words`` and go on with Enter."""
    for word in words:
        type_words(word)
        press(Qt.Key.Key_Return)
