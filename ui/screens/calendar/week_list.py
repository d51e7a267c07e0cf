"""A week as seven lists side by side, fewer abreast when there is less room."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from mediation_desk.cases.calendar.model import Calendar
from ui.fields.date_field import day_mark
from ui.screens.calendar.block import SessionBlock
from ui.screens.calendar.session_area import SessionArea
from ui.screens.calendar.words import day_brief, day_head, staff_brief
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import link
from ui.widgets.layout import boxed, clear, column
from ui.widgets.text import small

_NARROWEST = 100


class WeekList(SessionArea):
    """``chosen(line)`` for a session, ``day_chosen(day)`` for the head of a day, ``beyond(±1)`` out at the side."""

    day_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._days: list[QWidget] = []
        self._abreast = 0
        self._grid = QGridLayout()
        self._grid.setSpacing(theme().px(6))
        ground = boxed(self._grid)
        ground.setProperty("scrolled", "true")
        self.setWidget(ground)

    def show_week(self, calendar: Calendar, days: Sequence[date], today: date) -> None:
        """Show these days; the focus stays on the session it was on."""
        focused = self.focused()
        clear(self._grid)
        self.blocks, self._days, self._abreast = [], [], 0
        for day in days:
            self._days.append(self._day(calendar, day, today))
        self._arrange()
        self.focus_again(focused)

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
            stack.addWidget(block)
            self.add_block(block)
        if not lines:
            stack.addWidget(small("没有安排"))
        people = staff_brief(calendar.staff_on(day))
        if people:
            stack.addWidget(small(people, Tone.QUIET, wrap=True))
        stack.addStretch(1)
        return boxed(stack, margin=4, parent=self.widget())

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
