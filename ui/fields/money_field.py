"""Yuan as an exact decimal, right-aligned, shown as 12,150.00."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from mediation_desk.shared.errors import InputError
from mediation_desk.shared.money import figures, parse_yuan
from mediation_desk.shared.text import fold_width


def read_yuan(text: str) -> Decimal | None:
    """What somebody means by ``text``: what `parse_yuan` reads, and also 1.5万; None when empty.

    Raises InputError with one sentence for anything else.
    """
    plain = text.strip().removesuffix("元").strip()
    if not plain:
        return None
    if not plain.endswith("万"):
        return parse_yuan(plain)
    try:
        return parse_yuan(f"{Decimal(fold_width(plain.removesuffix('万'))) * 10_000:f}")
    except ArithmeticError:
        raise InputError(f"金额“{text}”不是金额。", field="金额") from None


class MoneyField(QLineEdit):
    """An amount; formatted when the focus leaves."""

    edited = Signal()

    def __init__(self, placeholder: str = "0.00", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setMaxLength(24)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self.textEdited.connect(lambda _text: self.edited.emit())

    def value(self) -> Decimal | None:
        """The amount; None when empty or when `problem` has something to say."""
        try:
            return read_yuan(self.text())
        except InputError:
            return None

    def set_value(self, amount: Decimal | None) -> None:
        """Show ``amount``."""
        self.setText("" if amount is None else figures(amount))

    def problem(self) -> str:
        """One sentence when the text is no amount."""
        try:
            read_yuan(self.text())
        except InputError as error:
            return error.message
        return ""

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Write the amount out."""
        if not self.problem():
            self.set_value(self.value())
        super().focusOutEvent(event)
