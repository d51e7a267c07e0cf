"""The one line that is always ready: Enter stores it, ↑ takes up the last one, Esc lets go."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from ui.fields.text_field import NoteField
from ui.widgets.plain import restyle

_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
LONGEST = 2000


class LineEditor(NoteField):
    """``entered`` by Enter, ``taken_up`` by ↑ in an empty line, ``left`` by Esc. Shift+Enter begins a new row."""

    entered = Signal()
    taken_up = Signal()
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            "写下谁说了什么，Enter 存一行。@发言人　#争议焦点　!方案　~单方谈话",
            lines=2,
            longest=LONGEST,
            parent=parent,
        )
        self.setObjectName("board.line")
        self.setAccessibleName("记一行")
        self._private = False
        self._own_keys: tuple[QKeySequence, ...] = ()

    def give_way_to(self, keys: tuple[QKeySequence, ...]) -> None:
        """Keys of the board that go before those of a text editor."""
        self._own_keys = keys

    def set_rows(self, rows: int) -> None:
        """How high it is; what is longer scrolls."""
        self._lines = rows
        hidden = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(hidden if rows == 1 else Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._keep_height()
        self.updateGeometry()

    def set_private(self, private: bool) -> None:
        """Amber edge: what is written now is not for all."""
        if private != self._private:
            self._private = private
            self.setProperty("private", "true" if private else "false")
            restyle(self)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Private words do not reach the clipboard (LR-22)."""
        return QMimeData() if self._private else super().createMimeDataFromSelection()

    def event(self, event: QEvent) -> bool:
        """Keys of the board come first."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            pressed = QKeySequence(event.keyCombination())
            if any(pressed == key for key in self._own_keys):
                event.ignore()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, ↑ and Esc; everything else is typing."""
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        nothing = plain == Qt.KeyboardModifier.NoModifier
        if event.key() in _RETURN and nothing:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Up and nothing and not self.toPlainText():
            self.taken_up.emit()
        elif event.key() == Qt.Key.Key_Escape and nothing:
            self.left.emit()
        else:
            super().keyPressEvent(event)
