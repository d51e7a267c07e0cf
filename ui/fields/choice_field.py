"""One of a few: a closed list whose entries are members of an enumeration or any other values."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from ui.theme import theme

V = TypeVar("V")


class ChoiceField(QComboBox, Generic[V]):
    """``ChoiceField(Track)`` or ``ChoiceField(rooms, word=lambda room: room.name, empty="未定")``."""

    edited = Signal()

    def __init__(
        self,
        values: Iterable[V],
        *,
        word: Callable[[V], str] = str,
        empty: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._word = word
        self._empty = empty
        self._values: list[V | None] = []
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMaxVisibleItems(14)
        self.setMinimumWidth(theme().px(96))
        self.set_values(values)
        self.activated.connect(lambda _place: self.edited.emit())

    def set_values(self, values: Iterable[V]) -> None:
        """Offer other values; the present one stays chosen where it is still offered."""
        before = self.value() if self._values else None
        self._values = [*([None] if self._empty is not None else []), *values]
        self.clear()
        for value in self._values:
            # Combo boxes neither read rich text nor shortcuts from their entries.
            self.addItem((self._empty or "") if value is None else self._word(value))
        if before in self._values:
            self.setCurrentIndex(self._values.index(before))

    def value(self) -> V | None:
        """The chosen value, or None for the empty entry."""
        place = self.currentIndex()
        return self._values[place] if 0 <= place < len(self._values) else None

    def set_value(self, value: V | None) -> None:
        """Choose ``value``; what is not offered is not chosen."""
        if value in self._values:
            self.setCurrentIndex(self._values.index(value))

    def problem(self) -> str:
        """Every offered value is good."""
        return ""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling past a closed list must not change it."""
        event.ignore()
