"""An icon that only accompanies words; drawn at any size, in a token colour, hidden from screen readers."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.icons import glyph
from ui.theme import theme
from ui.tokens import Tone


class Picture(QWidget):
    """``size`` is in desk pixels; the colour follows the theme by itself."""

    def __init__(
        self, symbol: str, size: int = 20, tone: Tone = Tone.QUIET, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._symbol, self._size, self._tone = symbol, size, tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_symbol(self, symbol: str, tone: Tone) -> None:
        """Another icon or colour."""
        self._symbol, self._tone = symbol, tone
        self.update()

    def sizeHint(self) -> QSize:
        """As large as the text size asks."""
        return QSize(theme().px(self._size), theme().px(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the glyph in the middle."""
        size = theme().px(self._size)
        drawn = glyph(self._symbol, theme().tokens.tone(self._tone), size, self.devicePixelRatioF())
        QPainter(self).drawPixmap((self.width() - size) // 2, (self.height() - size) // 2, drawn)
