"""The face of one person of the pool, read when it is needed."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.screens.experts.photos import PhotoShelf
from ui.theme import theme
from ui.widgets.portrait import paint_portrait


class PersonPortrait(QWidget):
    """``size`` in desk pixels, three to four as photos are kept."""

    def __init__(self, photos: PhotoShelf, size: QSize, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._photos, self._size = photos, size
        self._number, self._name, self._has_photo = "", "", False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        photos.arrived.connect(self._on_photo_arrived)

    def show_person(self, pool_no: str, name: str, *, has_photo: bool) -> None:
        """Show this one; the photo is read when it is not at hand."""
        self._number, self._name, self._has_photo = pool_no, name, has_photo
        self.setAccessibleName(f"{name}的照片" if has_photo else f"{name}，没有照片")
        if has_photo:
            self._photos.ask(pool_no)
        self.update()

    def sizeHint(self) -> QSize:
        """As large as the text size asks."""
        return QSize(theme().px(self._size.width()), theme().px(self._size.height()))

    def minimumSizeHint(self) -> QSize:
        """A face is never squeezed."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Photo or surname."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        photo = self._photos.photo(self._number) if self._has_photo else None
        paint_portrait(painter, self.rect(), photo, self._name)

    def _on_photo_arrived(self, pool_no: str) -> None:
        if pool_no == self._number:
            self.update()
