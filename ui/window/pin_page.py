"""The staff's PIN: typed on the screen, seen as dots, kept in no field."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout

from ui.tokens import Tone
from ui.widgets.layout import boxed
from ui.window.look import Look
from ui.window.page import Page
from ui.window.parts import BigButton, across, words

_LONGEST = 12
_KEYS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "退格", "0", "确定")


class PinPage(Page):
    """``entered(pin)`` when the staff pressed 确定. Quick taps on one key are two digits here."""

    entered = Signal(str)
    quick_taps = True

    def __init__(self, look: Look) -> None:
        super().__init__(look, "请工作人员输入口令")
        self._pin = ""
        self._dots = words("", "title", Tone.ACCENT)
        self._dots.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._dots.setMinimumHeight(look.target)
        self._keys: dict[str, BigButton] = {}
        grid = QGridLayout()
        grid.setSpacing(look.gap)
        for number, word in enumerate(_KEYS):
            key = BigButton(
                word,
                partial(self._press, word),
            )
            key.setObjectName(f"window.key.{word}")
            key.setProperty("huge", "true")
            key.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # on a keyboard Enter is always 确定
            self._keys[word] = key
            grid.addWidget(key, number // 3, number % 3)
        self._keys["确定"].set_kind("primary")
        self.body.addStretch(1)
        self.body.addWidget(self._dots)
        self.body.addLayout(across(0, None, boxed(grid), None))
        self.body.addStretch(2)
        self._show()
        self.close_with()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.first = self

    def wait(self, waiting: bool) -> None:
        """While the PIN is looked at, or has to be waited for, nothing can be pressed."""
        for key in self._keys.values():
            key.setEnabled(not waiting)

    def refuse(self, sentence: str) -> None:
        """Say why not, and begin again."""
        self._pin = ""
        self._show()
        self.wait(False)
        self.say(sentence)
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A keyboard's digits, Backspace and Enter."""
        digit = event.key() - Qt.Key.Key_0.value
        if 0 <= digit <= 9:  # the digits there are
            self._press(str(digit))
        elif event.key() == Qt.Key.Key_Backspace.value:
            self._press("退格")
        elif event.key() in (Qt.Key.Key_Return.value, Qt.Key.Key_Enter.value):
            self._press("确定")
        else:
            super().keyPressEvent(event)

    def _press(self, word: str) -> None:
        if not self._keys[word].isEnabled():
            return
        if word == "确定":
            self._enter()
        elif word == "退格":
            self._pin = self._pin[:-1]
        elif len(self._pin) < _LONGEST:
            self._pin += word
        self._show()

    def _enter(self) -> None:
        pin, self._pin = self._pin, ""
        if pin:
            self.say("")
            self.wait(True)
            self.entered.emit(pin)

    def _show(self) -> None:
        self._dots.setText("●" * len(self._pin) or "＿ ＿ ＿ ＿")
        self._dots.setAccessibleName(f"已输入{len(self._pin)}位")
