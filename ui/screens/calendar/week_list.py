"""A week as seven lists side by side, fewer abreast when there is less room."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from mediation_desk.cases.calendar.model import Calendar
from ui.fields.date_field import day_mark
from ui.screens.calendar.block import SessionBlock, neighbour
from ui.screens.calendar.words import day_brief, day_head, staff_brief
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import link
from ui.widgets.layout import boxed, clear, column
from ui.widgets.text import small

_NARROWEST = 100
_EDGES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class WeekList(QScrollArea):
    """``chosen(line)`` for a session, ``day_chosen(day)`` for the head of a day, ``beyond(±1)`` out at the side."""

    chosen = Signal(object)
    day_chosen = Signal(object)
    beyond = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.blocks: list[SessionBlock] = []
        self._days: list[QWidget] = []
        self._abreast = 0
        self._grid = QGridLayout()
        self._grid.setSpacing(theme().px(6))
        ground = boxed(self._grid)
        ground.setProperty("scrolled", "true")
        self.setWidget(ground)

    def show_week(self, calendar: Calendar, days: Sequence[date], today: date) -> None:
        """Show these days; the focus stays on the session it was on."""
        focused = next((block.line.key for block in self.blocks if block.hasFocus()), None)
        if focused is not None:
            self.setFocus()  # a block that goes would hand the focus on, and the page would scroll after it
        clear(self._grid)
        self.blocks, self._days, self._abreast = [], [], 0
        for day in days:
            self._days.append(self._day(calendar, day, today))
        self._arrange()
        if focused is not None:
            again = (block for block in self.blocks if block.line.key == focused)
            next(again, self).setFocus()

    def focus_first(self) -> None:
        """The first session, else the list itself."""
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many days abreast as there is room for."""
        super().resizeEvent(event)
        self._arrange()

    def _day(self, calendar: Calendar, day: date, today: date) -> QWidget:
        lines = calendar.on(day)
        rest = day_mark(day)
        words = f"{f'{rest} ' if rest else ''}{day_brief(day, today)}"
        head = link(words, lambda: self.day_chosen.emit(day))
        head.setObjectName(f"calendar.day.{day.isoformat()}")
        head.setAccessibleName(f"{day_head(day)} {rest}，{len(lines)} 场")
        head.setMinimumWidth(theme().px(60))
        stack = column(head, gap=4)
        for line in lines:
            block = SessionBlock(line, calendar.notes.get(line.key, ()), place=True)
            block.clicked.connect(lambda _checked=False, line=line: self.chosen.emit(line))
            block.moved.connect(lambda key, block=block: self._move(block, key))
            stack.addWidget(block)
            self.blocks.append(block)
        if not lines:
            stack.addWidget(small("没有安排"))
        people = staff_brief(calendar.staff_on(day))
        if people:
            stack.addWidget(small(people, Tone.QUIET, wrap=True))
        stack.addStretch(1)
        return boxed(stack, margin=4, parent=self.widget())

    def _move(self, block: SessionBlock, key: int) -> None:
        found = neighbour(self.blocks, block, key, self.widget())
        if found is not None:
            found.setFocus()
            self.ensureWidgetVisible(found)
        elif Qt.Key(key) in _EDGES:
            self.beyond.emit(_EDGES[Qt.Key(key)])

    def _arrange(self) -> None:
        if not self._days:
            return
        room, gap = self.viewport().width(), theme().px(6)
        abreast = max(1, min(len(self._days), (room + gap) // (theme().px(_NARROWEST) + gap)))
        if abreast == self._abreast:
            return
        self._abreast = abreast
        for place, day in enumerate(self._days):
            self._grid.addWidget(day, place // abreast, place % abreast)
            day.show()
        for place in range(len(self._days)):
            self._grid.setColumnStretch(place, 1 if place < abreast else 0)
            self._grid.setColumnMinimumWidth(place, 0)
