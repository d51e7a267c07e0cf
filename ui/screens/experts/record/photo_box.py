"""The photo on a record: chosen from a file, shown at once, taken away again with a way back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from mediation_desk.experts.mediator import Mediator
from mediation_desk.experts.rules import pool_rules
from mediation_desk.shared.changes import Changes, Topic
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.uploads.whole import read_whole
from ui.screens.base import Context
from ui.screens.experts.person_portrait import PersonPortrait
from ui.screens.experts.photos import PhotoShelf
from ui.widgets.buttons import link
from ui.widgets.layout import row
from ui.widgets.message_bar import Action, Kind

_SIZE = QSize(84, 112)
_WANTED = "照片 (*.jpg *.jpeg *.png)"


class PhotoBox(QWidget):
    """Shows the photo or the surname; the links beneath change it."""

    def __init__(self, context: Context, photos: PhotoShelf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._photos = context, photos
        self._mediator: Mediator | None = None
        self._portrait = PersonPortrait(photos, _SIZE)
        self.choose = link("选照片", self._on_choose_clicked)
        self.remove = link("拿掉", self._on_remove_clicked)
        self.choose.setObjectName("experts.photo.choose")
        self.remove.setObjectName("experts.photo.remove")
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        stack.addWidget(self._portrait, 0, Qt.AlignmentFlag.AlignHCenter)
        stack.addLayout(row(self.choose, self.remove, gap=0))

    def show_mediator(self, mediator: Mediator, *, allowed: bool) -> None:
        """Show this one's photo."""
        self._mediator = mediator
        self.choose.setVisible(allowed)
        self.choose.set_caption("换照片" if mediator.has_photo else "选照片")
        self.remove.setVisible(allowed and mediator.has_photo)
        self._portrait.show_person(mediator.pool_no, mediator.name, has_photo=mediator.has_photo)

    def take(self, path: Path) -> None:
        """Store the picture in this file."""
        try:
            photo = read_whole(path, pool_rules().photo.largest_file, field="photo")
        except InputError as error:
            self._context.say(error.message, Kind.ERROR)
            return
        self._store(photo, "照片已存好。", None)

    def _on_choose_clicked(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, "选照片", "", _WANTED)
        if name:
            self.take(Path(name))

    def _on_remove_clicked(self) -> None:
        if self._mediator is None:
            return
        services, number = self._context.services, self._mediator.pool_no
        self._context.desk.query(
            lambda: services.experts.photo(services.actor, number),
            lambda before: self._store(None, "照片已拿掉。", before),
            owner=self,
        )

    def _store(self, photo: bytes | None, told: str, before: bytes | None) -> None:
        if self._mediator is None:
            return
        services, number = self._context.services, self._mediator.pool_no
        undo = Action("放回去", lambda: self._store(before, "照片放回去了。", None), takes_back=True)

        def done(_nothing: object) -> None:
            self._photos.forget(number)
            self._context.say(told, Kind.SUCCESS, undo if before is not None else None)

        self._context.desk.command(
            lambda: services.experts.set_photo(services.actor, number, photo),
            done,
            self._on_failed,
            touches=Changes.of(Topic.EXPERTS),
            owner=self,
        )

    def _on_failed(self, error: BaseException) -> bool:
        if not isinstance(error, InputError):
            return False
        self._context.say(error.message, Kind.ERROR)
        return True
