"""Numbers that are stored but not shown: masked until somebody asks to see and change them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.fields.id_field import IdField, IdKind
from ui.fields.text_field import TextField
from ui.widgets.buttons import IconButton
from ui.widgets.inside import Inside

_SHOW = "显示完整号码，可以修改"


class Veil(QObject):
    """Lies over what a field holds; the lock at the left of the field lifts it."""

    def __init__(self, edit: QLineEdit, mask: Callable[[str], str]) -> None:
        super().__init__(edit)
        self._edit, self._mask = edit, mask
        self._hidden: str | None = None
        self._opener = IconButton("lock", _SHOW)
        self._opener.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._opener.clicked.connect(self.lift)
        self._inside = Inside(edit, self._opener, leading=True)
        self._inside.show_guest(False)

    def hidden(self) -> str | None:
        """What lies beneath, or None while nothing is covered."""
        return self._hidden

    def cover(self, value: str) -> None:
        """Hide ``value``; an empty one needs no veil."""
        self._hidden = value or None
        self._edit.setReadOnly(bool(value))
        self._edit.setText(self._mask(value) if value else "")
        self._inside.show_guest(bool(value))

    def lift(self) -> None:
        """Show what is there and let it be changed."""
        value, self._hidden = self._hidden or "", None
        self._edit.setReadOnly(False)
        self._edit.setText(value)
        self._inside.show_guest(False)
        self._edit.setFocus()


class MaskedIdField(IdField):
    """An identity number that is covered as soon as a stored one is shown. F2 lifts the veil."""

    def __init__(self, mask: Callable[[str], str], *, parent: QWidget | None = None) -> None:
        super().__init__(IdKind.IDENTITY_CARD, parent=parent)
        self.veil = Veil(self, mask)

    def value(self) -> str:
        """The whole number."""
        hidden = self.veil.hidden()
        return super().value() if hidden is None else hidden

    def set_value(self, number: str) -> None:
        """Hide ``number``."""
        self.veil.cover(number)

    def problem(self) -> str:
        """What is covered was checked when it was stored."""
        return super().problem() if self.veil.hidden() is None else ""

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A covered number stays covered."""
        if self.veil.hidden() is None:
            super().focusOutEvent(event)
        else:
            QLineEdit.focusOutEvent(self, event)


class MaskedTextField(TextField):
    """A telephone or another text that is covered as soon as a stored one is shown."""

    def __init__(
        self, mask: Callable[[str], str], *, longest: int = 40, parent: QWidget | None = None
    ) -> None:
        super().__init__(longest=longest, parent=parent)
        self.veil = Veil(self, mask)

    def value(self) -> str:
        """The whole text."""
        hidden = self.veil.hidden()
        return super().value() if hidden is None else hidden

    def set_value(self, text: str) -> None:
        """Hide ``text``."""
        self.veil.cover(text)
