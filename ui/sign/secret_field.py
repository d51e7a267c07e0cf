"""A password: as dots unless asked to be shown, with a word when Caps Lock is on. It is kept nowhere."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.theme import theme
from ui.widgets.buttons import IconButton
from ui.widgets.inside import Inside

_SHOW, _HIDE = "显示口令（Alt+V）", "不显示口令（Alt+V）"
_LONGEST = 128
_VK_CAPITAL = 0x14
_COPYING = (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.Cut)


class SecretField(QLineEdit):
    """``caps(bool)`` when Caps Lock seems to be on or off again; copying is off even while it is shown."""

    edited = Signal()
    caps = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caps = False
        self.setMaxLength(_LONGEST)
        self.setMinimumWidth(theme().px(280))
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhNoAutoUppercase
            | Qt.InputMethodHint.ImhSensitiveData
        )
        self.eye = IconButton("eye", _SHOW)
        self.eye.setCheckable(True)
        self.eye.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab leads on to what is typed next
        self.eye.toggled.connect(self._on_eye_toggled)
        self._inside = Inside(self, self.eye)
        self.textEdited.connect(lambda _text: self.edited.emit())

    def value(self) -> str:
        """What was typed, blanks and all."""
        return self.text()

    def forget(self) -> None:
        """Empty, as dots, with nothing to undo."""
        self.clear()
        self.eye.setChecked(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Look at what a letter tells about Caps Lock; passwords do not travel by clipboard."""
        if any(event.matches(one) for one in _COPYING):
            event.accept()
            return
        if event.key() == Qt.Key.Key_V and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.eye.toggle()
            return
        super().keyPressEvent(event)
        self._look(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The context menu offers copying, so there is none."""
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Where the system tells, say so before the first letter."""
        super().focusInEvent(event)
        told = _told_by_system()
        if told is not None:
            self._set_caps(told)

    def _look(self, event: QKeyEvent) -> None:
        told, text = _told_by_system(), event.text()
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if told is not None:
            self._set_caps(told)
        elif event.key() == Qt.Key.Key_CapsLock:
            self._set_caps(False)  # pressed to take it off, most likely; the next letter tells
        elif len(text) == 1 and text.isascii() and text.isalpha():
            self._set_caps(text.isupper() is not shifted)
        else:
            self._set_caps(self._caps)

    def _set_caps(self, on: bool) -> None:
        self._caps = on
        self.caps.emit(on)

    def _on_eye_toggled(self, shown: bool) -> None:
        echo = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.setEchoMode(echo)
        self.eye.set_symbol("eye_off" if shown else "eye", _HIDE if shown else _SHOW)


def _told_by_system() -> bool | None:
    """Whether Caps Lock is on, None where only a typed letter tells."""
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.user32.GetKeyState(_VK_CAPITAL) & 1)
    return None
