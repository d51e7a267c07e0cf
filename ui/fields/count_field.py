"""A whole number that may be left empty."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from mediation_desk.shared.text import fold_width


class CountField(QLineEdit):
    """A number of people or things, not negative."""

    edited = Signal()

    def __init__(self, placeholder: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setMaxLength(9)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.textEdited.connect(lambda _text: self.edited.emit())

    def value(self) -> int | None:
        """The number; None when empty or when `problem` has something to say."""
        plain = fold_width(self.text()).strip()
        return int(plain) if plain.isascii() and plain.isdigit() else None

    def set_value(self, number: int | None) -> None:
        """Show ``number``."""
        self.setText("" if number is None else str(number))

    def problem(self) -> str:
        """One sentence when the text is no number."""
        return f"“{self.text()}”不是整数。" if self.text().strip() and self.value() is None else ""
