"""A number shown in part; whole for a moment when somebody asks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.theme import theme
from ui.widgets.buttons import link
from ui.widgets.plain import PlainLabel

_SHOWN_MS = 20_000


class MaskedText(QWidget):
    """``MaskedText("身份证号", number, mask_id)``; covers itself again after twenty seconds.

    ``ask_first`` is handed what shows the number, and calls it once somebody said why.
    """

    def __init__(
        self,
        word: str,
        value: str,
        mask: Callable[[str], str],
        parent: QWidget | None = None,
        *,
        ask_first: Callable[[Callable[[], None]], object] | None = None,
    ) -> None:
        super().__init__(parent)
        self._value, self._mask, self._ask_first = value, mask, ask_first
        self._label = PlainLabel(mask(value))
        self.opener = link("显示", self._on_opener_clicked)
        self.opener.setAccessibleName(f"显示完整的{word}")
        self._timer = QTimer(self, singleShot=True, interval=_SHOWN_MS)
        self._timer.timeout.connect(self._cover)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme().px(4))
        line.addWidget(self._label)
        line.addWidget(self.opener)
        line.addStretch(1)

    def text(self) -> str:
        """What can be read now."""
        return self._label.text()

    def _on_opener_clicked(self) -> None:
        if self._timer.isActive():
            self._cover()
            return
        if self._ask_first is not None:
            self._ask_first(self._show)
        else:
            self._show()

    def _show(self) -> None:
        self._label.setText(self._value)
        self.opener.set_caption("遮住")
        self._timer.start()

    def _cover(self) -> None:
        self._timer.stop()
        self._label.setText(self._mask(self._value))
        self.opener.set_caption("显示")
