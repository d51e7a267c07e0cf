"""Photos as the windows show them: read when they come into sight, kept small, forgotten when there are many."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage, QPixmap

from ui.screens.base import Context
from ui.widgets.portrait import cropped

SIZE = QSize(240, 320)
"""Device pixels of a photo on the shelf: sharp on a card at twice the size, and small enough to keep many."""
_MOST = 200


class PhotoShelf(QObject):
    """``photo`` answers at once with what is there; what is missing comes later and is told by ``arrived``."""

    arrived = Signal(str)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._photos: OrderedDict[str, QPixmap] = OrderedDict()
        self._asked: set[str] = set()

    def photo(self, pool_no: str) -> QPixmap | None:
        """The photo if it has been read."""
        found = self._photos.get(pool_no)
        if found is not None:
            self._photos.move_to_end(pool_no)
        return found

    def ask(self, pool_no: str) -> None:
        """Read the photo beside the work."""
        if pool_no in self._photos or pool_no in self._asked:
            return
        self._asked.add(pool_no)
        services = self._context.services
        self._context.desk.render(
            lambda: cropped(services.experts.photo(services.actor, pool_no), SIZE),
            lambda image: self._put(pool_no, image),
            lambda _error: self._give_up(pool_no),
            owner=self,
            slot=pool_no,
        )

    def forget(self, pool_no: str) -> None:
        """The photo was changed."""
        self._photos.pop(pool_no, None)
        self._asked.discard(pool_no)

    def _put(self, pool_no: str, image: QImage | None) -> None:
        self._asked.discard(pool_no)
        if image is None:
            return
        self._photos[pool_no] = QPixmap.fromImage(image)
        while len(self._photos) > _MOST:
            self._photos.popitem(last=False)
        self.arrived.emit(pool_no)

    def _give_up(self, _pool_no: str) -> bool:
        """A card without its photo is still a card; the number stays asked for, so that it is not tried on end."""
        return True
