"""A list whose rows are as high as their words: one view, a delegate, no widget per row.

Heights live in the row header of a table, in Qt's own memory: adding a row measures that row only, so that a list of
thousands costs a keystroke no more than an empty one.
"""

from __future__ import annotations

from time import monotonic
from typing import Protocol

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

_SETTLE_MS = 40
_NEAR_END = 24
_AT_ONCE = 60
"""Rows on either side of what is seen that are measured before anybody looks."""
_SLICE = 0.005
"""Seconds for the others between two events: typing goes on meanwhile."""


class Measuring(Protocol):
    """A delegate that knows how high a row is at a width."""

    def height_at(self, index: QModelIndex, width: int) -> int:
        """Height in logical pixels."""
        ...


class TallRows(QTableView):
    """Set a model and a `Measuring` delegate. A click chooses a row and leaves the focus where it was."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(8)
        self._measured_at = 0
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self.measure_all)
        self._left_over: list[int] = []
        self._go_on = QTimer(self, singleShot=True, interval=0)
        self._go_on.timeout.connect(self._measure_more)

    def wire(self) -> None:
        """Call once the model is set."""
        model = self.model()
        model.rowsInserted.connect(lambda _parent, first, last: self.measure(first, last))
        model.dataChanged.connect(lambda first, last: self.measure(first.row(), last.row()))
        model.modelReset.connect(self.measure_all)

    def text_width(self) -> int:
        """The width rows are laid out for: room for the bar is left free, so that it comes and goes unnoticed."""
        return self.width() - 2 * self.frameWidth() - self.verticalScrollBar().sizeHint().width()

    def measure(self, first: int, last: int) -> None:
        """Give these rows their height."""
        model, header, width = self.model(), self.verticalHeader(), self.text_width()
        delegate = self.itemDelegate()
        for place in range(first, last + 1):
            height = delegate.height_at(model.index(place, 0), width)  # type: ignore[attr-defined]  # Measuring
            if header.sectionSize(place) != height:
                header.resizeSection(place, height)

    def measure_all(self) -> None:
        """After a change of width or text size: what is seen at once, the rest while nobody waits."""
        self._settle.stop()
        self._measured_at = self.text_width()
        was_at_end, anchor = self.is_at_end(), self.indexAt(self.viewport().rect().topLeft())
        chosen = self.currentIndex()
        count = self.model().rowCount()
        seen = chosen if chosen.isValid() else anchor
        middle = count - 1 if was_at_end or not seen.isValid() else seen.row()
        first, last = max(0, middle - _AT_ONCE), min(count - 1, middle + _AT_ONCE)
        self.setUpdatesEnabled(False)
        self.measure(first, last)
        self.setUpdatesEnabled(True)
        self._left_over = [*range(count - 1, last, -1), *range(first)]
        if self._left_over:
            self._go_on.start()
        if chosen.isValid():
            self.scrollTo(chosen)
        elif was_at_end:
            self.scrollToBottom()
        elif anchor.isValid():
            self.scrollTo(anchor, QAbstractItemView.ScrollHint.PositionAtTop)

    def _measure_more(self) -> None:
        """A few rows more; what is being read stays where it is."""
        until, count = monotonic() + _SLICE, self.model().rowCount()
        at_end, bar = self.is_at_end(), self.verticalScrollBar()
        anchor = self.indexAt(self.viewport().rect().topLeft())
        before = self.rowViewportPosition(anchor.row()) if anchor.isValid() else 0
        while self._left_over and monotonic() < until:
            place = self._left_over.pop()
            if place < count:
                self.measure(place, place)
        if at_end:
            self.scrollToBottom()
        elif anchor.isValid():
            bar.setValue(bar.value() + self.rowViewportPosition(anchor.row()) - before)
        if self._left_over:
            self._go_on.start()

    def is_at_end(self) -> bool:
        """Whether the last row is in view, so that new ones are followed."""
        bar = self.verticalScrollBar()
        return bar.value() >= bar.maximum() - _NEAR_END

    def choose(self, place: int) -> None:
        """Make a row current and bring it into view."""
        index = self.model().index(place, 0)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Heights follow the width a moment later; dragging a window edge stays smooth."""
        at_end, chosen = self.is_at_end(), self.currentIndex()
        super().resizeEvent(event)
        if event.size().height() != event.oldSize().height():
            if chosen.isValid():
                self.scrollTo(chosen)
            elif at_end:
                self.scrollToBottom()
        if self.model() is not None and self.text_width() != self._measured_at:
            self._settle.start()
