"""Keeps hands on the public window: keys, gestures and windows that lead elsewhere are swallowed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication, QKeyEvent, QMouseEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget

Key = Qt.Key
_DIGITS = frozenset(Key(Key.Key_0 + digit) for digit in range(10))
_PRESSES = frozenset((Key.Key_Return, Key.Key_Enter, Key.Key_Space, Key.Key_Backspace))
_MOVES = frozenset(
    (
        Key.Key_Left,
        Key.Key_Right,
        Key.Key_Up,
        Key.Key_Down,
        Key.Key_Tab,
        Key.Key_Backtab,
        Key.Key_PageUp,
        Key.Key_PageDown,
    )
)
_ALLOWED = frozenset(key.value for key in _DIGITS | _PRESSES | _MOVES)
_MAY_REPEAT = frozenset(key.value for key in _MOVES)
_KEYS = frozenset((QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride))
_PRESSED = frozenset((QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease))
_POINTERS = _PRESSED | {
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.TouchUpdate,
    QEvent.Type.TouchEnd,
    QEvent.Type.TabletPress,
    QEvent.Type.TabletRelease,
}
_NEVER = frozenset(
    (
        QEvent.Type.Shortcut,
        QEvent.Type.ContextMenu,
        QEvent.Type.DragEnter,
        QEvent.Type.DragMove,
        QEvent.Type.Drop,
        QEvent.Type.InputMethod,
        QEvent.Type.NativeGesture,
        QEvent.Type.ToolTip,
        QEvent.Type.WhatsThis,
        QEvent.Type.EnterWhatsThisMode,
        QEvent.Type.QueryWhatsThis,
    )
)


class Guard(QObject):
    """From `close_off` to `let_go` only ``window`` can be seen and used; the other windows come back after."""

    def __init__(self, window: QWidget, quick_taps: Callable[[], bool]) -> None:
        super().__init__(window)
        self._window = window
        self._quick_taps = quick_taps
        self._others: list[QWidget] = []
        self._on = False

    def close_off(self) -> None:
        """Hide every other window, empty the clipboard and watch all events of the program."""
        self._on = True
        self.empty_clipboard()
        for widget in QApplication.topLevelWidgets():
            if widget is not self._window and widget.isVisible():
                self._others.append(widget)
                widget.hide()
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]  # there is a window
        self._grab(True)

    def let_go(self) -> None:
        """Show the other windows as they were."""
        self._on = False
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]  # there is a window
        self._grab(False)
        for widget in self._others:
            widget.show()
        if self._others:
            self._others[0].activateWindow()
        self._others.clear()

    def empty_clipboard(self) -> None:
        """What the staff copied is not for the visitor, nor the other way round; X11 has a second clipboard."""
        clipboard = QGuiApplication.clipboard()
        clipboard.clear()
        if clipboard.supportsSelection():
            clipboard.clear(QClipboard.Mode.Selection)

    @property
    def is_on(self) -> bool:
        """Whether the window must not be left."""
        return self._on

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """True for everything that must not happen."""
        kind = event.type()
        if kind in _NEVER:
            event.accept()
            return True
        if kind in _KEYS or kind in _POINTERS:
            forbidden = not self._is_ours(watched) or self._is_forbidden(event)
            if forbidden:
                event.accept()
            return forbidden
        if kind == QEvent.Type.Show:
            self._hold_back(watched)
        elif (
            kind in (QEvent.Type.WindowDeactivate, QEvent.Type.WindowStateChange) and watched is self._window
        ):
            QTimer.singleShot(0, self, self._come_back)
        return False

    def _is_ours(self, watched: QObject) -> bool:
        if isinstance(watched, QWidget):
            return watched.window() is self._window
        return not isinstance(watched, QWindow) or watched is self._window.windowHandle()

    def _is_forbidden(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            return not _may_press(event)
        if event.type() == QEvent.Type.MouseButtonDblClick:
            # The second tap of a trembling hand would land on the next page.
            return not self._quick_taps()
        if isinstance(event, QMouseEvent) and event.type() in _PRESSED:
            return event.button() != Qt.MouseButton.LeftButton
        return event.type() == QEvent.Type.Wheel and bool(QApplication.keyboardModifiers())

    def _hold_back(self, watched: QObject) -> None:
        """A box the desk opens by itself waits until the window is left, if it can wait."""
        if isinstance(watched, QWidget) and watched.isWindow() and watched is not self._window:
            QTimer.singleShot(0, watched, watched.hide)

    def _come_back(self) -> None:
        """Another program, or a key of the system, took the screen."""
        if not self._on or not self._window.isVisible():
            return
        if self._window.isMinimized():
            self._window.showFullScreen()
        self._window.activateWindow()
        self._grab(True)

    def _grab(self, on: bool) -> None:
        """Under X11 the keys of the window manager, Alt+Tab among them, can be had for ourselves."""
        if QGuiApplication.platformName() != "xcb":
            return
        if on:
            self._window.grabKeyboard()
        else:
            self._window.releaseKeyboard()


def _may_press(event: QKeyEvent) -> bool:
    key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if modifiers and not (key == Key.Key_Backtab.value and modifiers == Qt.KeyboardModifier.ShiftModifier):
        return False
    return key in _ALLOWED and (key in _MAY_REPEAT or not event.isAutoRepeat())
