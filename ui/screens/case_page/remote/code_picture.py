"""A QR code on screen: always dark on white, whatever the theme, so that a telephone reads it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import theme

_SIZE = 232


class CodePicture(QWidget):
    """Decoration for the eye of a camera; the address stands beside it in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._code = QPixmap()
        self.setAccessibleName("二维码")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_code(self, png: bytes) -> None:
        """Another code."""
        self._code.loadFromData(png)
        self.update()

    def sizeHint(self) -> QSize:
        """Large enough for a code with a token in it."""
        return QSize(theme().px(_SIZE), theme().px(_SIZE))

    def paintEvent(self, event: QPaintEvent) -> None:
        """White ground and code."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        if not self._code.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(self.rect(), self._code)
