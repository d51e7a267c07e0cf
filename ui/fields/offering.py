"""A short list beneath an editor while somebody types: Down chooses, Enter takes, Escape closes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QWidget

from ui.theme import theme

_LEAST_WIDTH, _ROW, _AROUND = 360, 34, 12
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class Offering(QObject):
    """One list for all editors of a screen; nothing is chosen until the user goes down to it.

    ``taken(place)`` tells which line was taken; by then the list is closed.
    """

    taken = Signal(int)

    def __init__(self, ground: QWidget) -> None:
        super().__init__(ground)
        self._ground = ground
        self._editor: QWidget | None = None
        self._list = _made(ground)
        self._list.itemClicked.connect(lambda _item: self._take())
        ground.installEventFilter(self)

    def offer(self, editor: QWidget, lines: Sequence[str]) -> None:
        """Show ``lines`` beneath ``editor``; none closes the list."""
        self.close()
        if not lines or not editor.hasFocus():
            return
        self._editor = editor
        editor.installEventFilter(self)
        self._list.clear()
        self._list.addItems(list(lines))  # entries are drawn as plain text
        self._list.setCurrentRow(-1)
        self._place(editor)
        self._list.show()
        self._list.raise_()

    def close(self) -> None:
        """Take the list away."""
        if self._editor is not None:
            self._editor.removeEventFilter(self)
            self._editor = None
        self._list.hide()

    def is_open(self) -> bool:
        """Whether lines are offered now."""
        return not self._list.isHidden()

    def lines(self) -> tuple[str, ...]:
        """What is offered."""
        return (
            tuple(self._list.item(row).text() for row in range(self._list.count())) if self.is_open() else ()
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the editor; the list does not outlive the focus or a change of size."""
        if watched is self._ground:
            if event.type() == QEvent.Type.Resize:
                self.close()
            return False
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._on_key(event)
        # The editor's own list of shortcuts would take Escape before the key arrives here.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                event.accept()
            return False
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide) and not self._list.underMouse():
            self.close()
        return False

    def _on_key(self, event: QKeyEvent) -> bool:
        key, count = event.key(), self._list.count()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if key in _STEPS:
            row = self._list.currentRow()
            step = _STEPS[Qt.Key(key)]
            self._list.setCurrentRow((row + step) % count if row >= 0 else (0 if step > 0 else count - 1))
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._list.currentRow() >= 0:
            self._take()
            return True
        if key == Qt.Key.Key_Escape:
            self.close()
            return True
        return False

    def _take(self) -> None:
        row = self._list.currentRow()
        self.close()
        if row >= 0:
            self.taken.emit(row)

    def _place(self, editor: QWidget) -> None:
        px = theme().px
        corner = editor.mapTo(self._ground, QPoint(0, editor.height() + px(2)))
        metrics = self._list.fontMetrics()
        texts = [self._list.item(row).text() for row in range(self._list.count())]
        longest = max(metrics.horizontalAdvance(text) for text in texts) + px(40)
        width = min(max(editor.width(), px(_LEAST_WIDTH), longest), self._ground.width() - px(_AROUND))
        left = min(corner.x(), self._ground.width() - width - px(_AROUND) // 2)
        row = max(self._list.sizeHintForRow(0), px(_ROW))
        height = len(texts) * row + px(_AROUND)
        top = corner.y()
        if top + height > self._ground.height():  # no room below: above
            top = max(0, corner.y() - editor.height() - height - px(4))
        self._list.setGeometry(max(0, left), top, width, height)


def _made(ground: QWidget) -> QListWidget:
    made = QListWidget(ground)
    made.setProperty("popup", "true")
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setAccessibleName("可以选用的")
    made.setObjectName("offering")
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    made.setTextElideMode(Qt.TextElideMode.ElideRight)
    made.hide()
    return made
