"""Chips: short words on a coloured ground, and a row of them that the user can take away."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import IconButton
from ui.widgets.plain import PlainLabel, restyle


class Chip(QFrame):
    """One word or two about a thing, for instance its track; with ``removable`` a small cross."""

    removed = Signal()

    def __init__(
        self, text: str, tone: Tone = Tone.ACCENT, *, removable: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("chip", "true")
        self.setProperty("tone", tone.value)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._label = PlainLabel(text, tone=tone)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme().px(8), theme().px(4), theme().px(8), theme().px(4))
        row.setSpacing(theme().px(4))
        row.addWidget(self._label)
        self.setAccessibleName(text)
        if removable:
            cross = IconButton("close", f"去掉“{text}”", self)
            cross.clicked.connect(self.removed)
            row.addWidget(cross)

    def text(self) -> str:
        """The words on the chip."""
        return self._label.text()

    def show_as(self, text: str, tone: Tone) -> None:
        """Other words, other tone."""
        self._label.setText(text)
        self._label.set_tone(tone)
        self.setAccessibleName(text)
        self.setProperty("tone", tone.value)
        restyle(self)


class ChipRow(QWidget):
    """A row of chips that can be set anew; emits ``removed`` with the text of a chip taken away."""

    removed = Signal(str)

    def __init__(self, *, removable: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._removable = removable
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme().px(8))
        self._chips: list[Chip] = []
        self._row.addStretch(1)

    def show_chips(self, *texts: tuple[str, Tone]) -> None:
        """Replace all chips."""
        for chip in self._chips:
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [self._chip(text, tone) for text, tone in texts]
        for place, chip in enumerate(self._chips):
            self._row.insertWidget(place, chip)

    def texts(self) -> tuple[str, ...]:
        """What the chips say, in order."""
        return tuple(chip.text() for chip in self._chips)

    def _chip(self, text: str, tone: Tone) -> Chip:
        chip = Chip(text, tone, removable=self._removable)
        chip.removed.connect(lambda: self.removed.emit(text))
        return chip
