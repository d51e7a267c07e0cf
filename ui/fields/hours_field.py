"""A small amount of hours, halves allowed."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from mediation_desk.shared.text import fold_width
from ui.theme import theme

_MOST = 1000
_WRONG = "请填写学时，如 8 或 1.5。"


class HoursField(QLineEdit):
    """Class hours (学时) as an exact decimal."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText("学时")
        self.setMaxLength(6)
        self.setMinimumWidth(theme().px(72))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.textEdited.connect(lambda _text: self.edited.emit())

    def value(self) -> Decimal | None:
        """The hours; None when empty or wrong."""
        plain = fold_width(self.text()).strip()
        if not plain.replace(".", "", 1).isdecimal():
            return None
        try:
            hours = Decimal(plain)
        except InvalidOperation:
            return None
        return hours if 0 < hours < _MOST else None

    def set_value(self, hours: Decimal | None) -> None:
        """Show ``hours`` without needless zeros."""
        self.setText("" if hours is None else f"{hours.normalize():f}")

    def problem(self) -> str:
        """One sentence when the text is no number of hours."""
        return _WRONG if self.text().strip() and self.value() is None else ""
