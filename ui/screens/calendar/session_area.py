"""What the views of the calendar share: blocks of sessions one walks through by arrow keys."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from ui.screens.calendar.block import SessionBlock, neighbour

_EDGES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class SessionArea(QScrollArea):
    """``chosen(SessionLine)`` by a block; ``beyond(±1)`` when the arrows lead out at a side."""

    chosen = Signal(object)
    beyond = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.blocks: list[SessionBlock] = []

    def focus_first(self) -> None:
        """The first session, else the view itself."""
        (self.blocks[0] if self.blocks else self).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows lead to the first session, or out at the side when there is none."""
        key = Qt.Key(event.key())
        if self.blocks and key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focus_first()
        elif key in _EDGES:
            self.beyond.emit(_EDGES[key])
        else:
            super().keyPressEvent(event)

    def add_block(self, block: SessionBlock) -> None:
        """Take a block in: it tells when it is chosen, and arrows go on from it."""
        block.clicked.connect(lambda _checked=False: self.chosen.emit(block.line))
        block.moved.connect(lambda key: self._move(block, key))
        self.blocks.append(block)

    def focused(self) -> object:
        """Key of the session with the focus, which a block about to go must not hand on; None without one."""
        found = next((block.line.key for block in self.blocks if block.hasFocus()), None)
        if found is not None:
            self.setFocus()  # a block that goes would hand the focus on, and the page would scroll after it
        return found

    def focus_again(self, key: object) -> None:
        """Put the focus back on the session with this key, or on the view when it is gone."""
        if key is not None:
            again = (block for block in self.blocks if block.line.key == key)
            next(again, self).setFocus()

    def _move(self, block: SessionBlock, key: int) -> None:
        found = neighbour(self.blocks, block, key, self.widget())
        if found is not None:
            found.setFocus()
            self.ensureWidgetVisible(found)
        elif Qt.Key(key) in _EDGES:
            self.beyond.emit(_EDGES[Qt.Key(key)])
