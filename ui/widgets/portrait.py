"""A photo in a frame, or the surname on a quiet ground as long as there is none."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from ui.theme import theme


class Portrait(QWidget):
    """Three to four, ``height`` pixels high; decoration only, the name stands beside it."""

    def __init__(self, name: str, height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._surname = name[:1]
        self._photo = QPixmap()
        self.setFixedSize(height * 3 // 4, height)

    def wanted(self) -> QSize:
        """Device pixels a photo should have here."""
        return self.size() * self.devicePixelRatioF()

    def show_photo(self, photo: QImage | None) -> None:
        """The photo from now on; None keeps the surname."""
        if photo is not None:
            self._photo = QPixmap.fromImage(photo)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Round corners around either."""
        painter = QPainter(self)
        photo = None if self._photo.isNull() else self._photo
        paint_portrait(painter, self.rect(), photo, self._surname)


def paint_portrait(painter: QPainter, place: QRect, photo: QPixmap | None, name: str) -> None:
    """The photo, or the first character of the name on a quiet ground, with round corners."""
    tokens = theme().tokens
    frame = QPainterPath()
    corner = place.height() / 24
    frame.addRoundedRect(QRectF(place), corner, corner)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if photo is not None:
        painter.setClipPath(frame)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(place, photo)
    else:
        painter.fillPath(frame, QColor(tokens.hover))
        painter.setPen(QColor(tokens.quiet))
        font = painter.font()
        font.setPixelSize(max(place.height() * 3 // 10, 1))
        painter.setFont(font)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, name[:1])
    painter.restore()


def cropped(photo: bytes | None, size: QSize) -> QImage | None:
    """``photo`` filling ``size``, cut at the sides or below, where no face is; None when it cannot be read."""
    image = QImage.fromData(photo) if photo else QImage()
    if image.isNull():
        return None
    filled = image.scaled(
        size, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    )
    return filled.copy((filled.width() - size.width()) // 2, 0, size.width(), size.height())
