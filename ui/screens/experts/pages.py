"""The pages that take the place of the register, each built when it is first wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.screens.base import Context
from ui.screens.experts.importing import ImportPage
from ui.screens.experts.pair_lists import CompositionPage, DuplicatesPage
from ui.screens.experts.photos import PhotoShelf
from ui.screens.experts.record.form import RecordForm
from ui.screens.experts.record.page import RecordPage

P = TypeVar("P", bound=QWidget)


class Pages(QObject):
    """``left`` when the user goes back from one of the lists; ``built`` with every new page."""

    left = Signal()
    built = Signal(object)

    def __init__(self, context: Context, photos: PhotoShelf, stack: QStackedWidget) -> None:
        super().__init__(stack)
        self._context, self._photos, self._stack = context, photos, stack
        self._made: dict[str, QWidget] = {}

    def form(self) -> RecordForm:
        """The form of a whole record."""
        return self._made_once("form", RecordForm, lambda: RecordForm(self._context))

    def record(self) -> RecordPage:
        """A record to be read."""
        from ui.screens.experts.record.figures_view import FiguresView

        return self._made_once(
            "record", RecordPage, lambda: RecordPage(self._context, self._photos, FiguresView)
        )

    def duplicates(self) -> DuplicatesPage:
        """Pairs that may be one person."""
        return self._made_once("duplicates", DuplicatesPage, lambda: DuplicatesPage(self._context))

    def composition(self) -> CompositionPage:
        """What the bodies lack."""
        return self._made_once("composition", CompositionPage, lambda: CompositionPage(self._context))

    def importing(self) -> ImportPage:
        """A roster taken in from a file."""
        return self._made_once("importing", ImportPage, lambda: ImportPage(self._context))

    def opened_record(self) -> RecordPage | None:
        """The record page, if it was ever opened."""
        found = self._made.get("record")
        return found if isinstance(found, RecordPage) else None

    def _made_once(self, code: str, kind: type[P], make: Callable[[], P]) -> P:
        found = self._made.get(code)
        if isinstance(found, kind):
            return found
        made = make()
        self._made[code] = made
        self._stack.addWidget(made)
        if isinstance(made, DuplicatesPage | CompositionPage | ImportPage):
            made.left.connect(self.left)
        self.built.emit(made)
        return made
