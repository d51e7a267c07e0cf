"""Yes or no, as a box with a word."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from ui.widgets.plain import plain_caption


class CheckField(QCheckBox):
    """``edited`` only when the user ticked it."""

    edited = Signal()

    def __init__(self, word: str, parent: QWidget | None = None) -> None:
        super().__init__(plain_caption(word), parent)
        self.setAccessibleName(word)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda _checked=False: self.edited.emit())

    def value(self) -> bool:
        """Whether it is ticked."""
        return self.isChecked()

    def set_value(self, ticked: bool | None) -> None:
        """Tick it or not."""
        self.setChecked(bool(ticked))

    def problem(self) -> str:
        """Both are good."""
        return ""
