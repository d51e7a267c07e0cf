"""What all pages of the public window have: a title, one decision, the way back and a small door for the staff."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.tokens import Tone
from ui.window.look import Look
from ui.window.parts import BigButton, across, down, words


class Page(QWidget):
    """Subclasses fill ``self.body`` and end with `close_with`. ``first`` gets the focus.

    A page is made when it is shown and destroyed when it is left: nothing on it can stay behind.
    """

    back = Signal()
    staff = Signal()
    quick_taps = False

    def __init__(self, look: Look, title: str, subtitle: str = "") -> None:
        super().__init__()
        self.look = look
        self.first: QWidget | None = None
        self.setAccessibleName(title)
        self._message = words("", "large", Tone.SOON)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(look.margin, look.margin, look.margin, look.margin * 3 // 4)
        self._outer.setSpacing(look.gap)
        self.head = across(look.gap, words(title, "title"))
        self._outer.addLayout(self.head)
        if subtitle:
            self._outer.addWidget(words(subtitle, tone=Tone.QUIET))
        self.body = down(look.gap)
        self._outer.addLayout(self.body, 1)
        self._outer.addWidget(self._message)
        self._message.hide()

    def close_with(self, *forward: QWidget, back: str = "返回") -> None:
        """The row at the bottom: staff, back, and on the right what leads on."""
        door = BigButton("工作人员", self.staff.emit, kind="quiet")
        door.setObjectName("window.staff")
        left = [door]
        if back:
            way = BigButton(back, self.back.emit)
            way.setObjectName("window.back")
            left.append(way)
        self._outer.addLayout(across(self.look.gap, *left, None, *forward))

    def minimumSizeHint(self) -> QSize:
        """Never larger than the screen."""
        return QSize(0, 0)

    def say(self, sentence: str) -> None:
        """One sentence above the bottom row; "" takes it away."""
        self._message.setText(sentence)
        self._message.setVisible(bool(sentence))
