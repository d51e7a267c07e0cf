"""Small widgets inside the frame of a line edit; Qt's own do not grow with the text size."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.theme import theme

_ROOM = 26


class Inside(QObject):
    """Keeps ``guest`` at the left or right end of ``edit`` and the text clear of it."""

    def __init__(self, edit: QLineEdit, guest: QWidget, *, leading: bool = False) -> None:
        super().__init__(edit)
        self._edit, self._guest, self._leading = edit, guest, leading
        guest.setParent(edit)
        edit.installEventFilter(self)
        self._place()

    def show_guest(self, shown: bool) -> None:
        """Show or hide the guest and give its room to the text."""
        self._guest.setVisible(shown)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The guest moves with its edit."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.StyleChange, QEvent.Type.Show):
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        room = theme().px(_ROOM)
        taken = 0 if self._guest.isHidden() else room
        self._edit.setTextMargins(taken if self._leading else 0, 0, 0 if self._leading else taken, 0)
        x = theme().px(4) if self._leading else self._edit.width() - room - theme().px(4)
        self._guest.setGeometry(x, (self._edit.height() - room) // 2, room, room)
