"""Hours down, rooms or days across; sessions lie on the hours they take, what is free stays open ground."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from mediation_desk.cases.calendar.model import SessionLine
from mediation_desk.experts.rules import Span
from ui.screens.calendar.block import SessionBlock
from ui.screens.calendar.session_area import SessionArea
from ui.theme import theme
from ui.tokens import TYPE, Tone
from ui.widgets.plain import PlainLabel, plain_tooltip

HOUR = 56
_GUTTER, _HEAD, _NARROWEST, _LANE = 52, 46, 104, 84
_GAP = 2

Notes = dict[tuple[str, int], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A room of the day, or a day of the room: its head, what is free, its sessions, when the centre is open."""

    head: str
    remark: str
    lines: tuple[SessionLine, ...]
    hours: tuple[Span, ...]
    brief: str = ""
    """Shown in place of the head where columns are narrow."""


class TimeGrid(SessionArea):
    """``chosen(line)`` when a block is pressed; ``beyond(±1)`` when an arrow leads out at the side."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.canvas = _Canvas(self)
        self.setWidget(self.canvas)
        self._head = QWidget(self)
        self._hours = _Hours(self.canvas, self)
        self._labels: list[tuple[PlainLabel, PlainLabel]] = []
        self.horizontalScrollBar().valueChanged.connect(lambda _value: self._place())
        self.verticalScrollBar().valueChanged.connect(self._hours.scroll_to)

    def show_columns(self, columns: Sequence[GridColumn], notes: Notes) -> None:
        """Show other sessions; the focus stays on the session it was on."""
        focused = self.focused()
        self._clear()
        self.canvas.columns = tuple(columns)
        for place, column in enumerate(columns):
            for lane, lanes, line in laid_out(column.lines):
                block = SessionBlock(line, notes.get(line.key, ()), parent=self.canvas)
                block.setProperty("cell", (place, lane, lanes))
                block.show()
                self.add_block(block)
            shown = column.brief or column.head
            head, remark = PlainLabel(shown, parent=self._head), PlainLabel(column.remark, role="small")
            remark.setParent(self._head)
            if column.brief:
                plain_tooltip(head, column.head)
            for label in (head, remark):
                label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
                label.show()
            remark.set_tone(Tone.QUIET)
            self._labels.append((head, remark))
        self.setAccessibleDescription("；".join(f"{one.head}，{one.remark}" for one in columns))
        self._place()
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.setValue(0)
        self.focus_again(focused)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns share the width."""
        super().resizeEvent(event)
        self._place()

    def _clear(self) -> None:
        for widget in (*self.blocks, *(label for pair in self._labels for label in pair)):
            widget.hide()
            widget.deleteLater()
        self.blocks, self._labels = [], []

    def _place(self) -> None:
        """Head, hours and blocks on their places at the present width and text size."""
        px, canvas = theme().px, self.canvas
        self.setViewportMargins(px(_GUTTER), px(_HEAD), 0, 0)
        canvas.first, canvas.last = canvas.bounds()
        height = px(HOUR) * (canvas.last - canvas.first) + px(10)
        canvas.edges = self._edges(self.viewport().width())
        canvas.resize(canvas.edges[-1], height)
        left = -self.horizontalScrollBar().value()
        self._head.setGeometry(px(_GUTTER), 0, self.viewport().width(), px(_HEAD))
        self._hours.setGeometry(0, px(_HEAD), px(_GUTTER), self.viewport().height())
        for place, (head, remark) in enumerate(self._labels):
            x, width = left + canvas.edges[place] + px(6), canvas.width_of(place) - px(10)
            head.setGeometry(x, px(2), width, px(22))
            remark.setGeometry(x, px(24), width, px(20))
        for block in self.blocks:
            place, lane, lanes = block.property("cell")
            block.setGeometry(canvas.cell(block.line, place, lane, lanes))
        canvas.update()
        self._hours.update()

    def _edges(self, room: int) -> list[int]:
        """Where each column begins, and where the last ends: all share the room; many at once need more of it."""
        px, count = theme().px, max(1, len(self.canvas.columns))
        lanes = [1] * count
        for block in self.blocks:
            place, _lane, many = block.property("cell")
            lanes[place] = max(lanes[place], many)
        needed = [max(px(_NARROWEST), px(_LANE) * many) for many in lanes]
        spare = max(0, room - sum(needed)) // count
        edges = [0]
        for width in needed:
            edges.append(edges[-1] + width + spare)
        return edges


class _Canvas(QWidget):
    """The ground: open hours light, closed ones sunken, a line each hour."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.columns: tuple[GridColumn, ...] = ()
        self.first, self.last = 8, 18
        self.edges = [0, 100]

    def width_of(self, place: int) -> int:
        """Width of a column."""
        return self.edges[place + 1] - self.edges[place]

    def bounds(self) -> tuple[int, int]:
        """Whole hours that hold the open hours and every session."""
        spans = [span for column in self.columns for span in column.hours]
        spans += [line.span for column in self.columns for line in column.lines]
        if not spans:
            return 8, 18
        return min(first.hour for first, _ in spans), max(math.ceil(_hours(last)) for _, last in spans)

    def cell(self, line: SessionLine, place: int, lane: int, lanes: int) -> QRect:
        """Where a session lies; sessions at the same time lie side by side."""
        px = theme().px
        top, bottom = self.y_of(line.start), self.y_of(line.ends)
        width = (self.width_of(place) - px(_GAP) * 2) // lanes
        left = self.edges[place] + px(_GAP) + lane * width
        return QRect(left, top, width - px(_GAP), max(bottom - top, px(24)) - 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, hours, lines between the columns."""
        painter, tokens = QPainter(self), theme().tokens
        painter.fillRect(self.rect(), QColor(tokens.sunken))
        for place, column in enumerate(self.columns):
            for first, last in column.hours:
                top = self.y_of(first)
                area = QRect(self.edges[place], top, self.width_of(place), self.y_of(last) - top)
                painter.fillRect(area, QColor(tokens.raised))
        painter.setPen(QColor(tokens.line))
        for y, _word in self.marks():
            painter.drawLine(0, y, self.width(), y)
        painter.setPen(QColor(tokens.edge))
        for edge in self.edges[:-1]:
            painter.drawLine(edge, 0, edge, self.height())

    def marks(self) -> list[tuple[int, str]]:
        """Where each full hour lies, and its word."""
        per_hour = theme().px(HOUR)
        return [
            ((hour - self.first) * per_hour, f"{hour:02d}:00") for hour in range(self.first, self.last + 1)
        ]

    def y_of(self, at: time) -> int:
        """Where this time lies."""
        return round((_hours(at) - self.first) * theme().px(HOUR))


class _Hours(QWidget):
    """The hours at the left edge; they stay when the columns scroll sideways."""

    def __init__(self, canvas: _Canvas, parent: QWidget) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._offset = 0

    def scroll_to(self, offset: int) -> None:
        """Follow the columns up and down."""
        self._offset = offset
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A word for each full hour."""
        painter, px = QPainter(self), theme().px
        painter.setFont(theme().font(TYPE.small))
        painter.setPen(QColor(theme().tokens.quiet))
        for y, word in self._canvas.marks():
            area = QRect(0, y - self._offset, self.width() - px(8), px(20))
            painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, word)


def laid_out(lines: Sequence[SessionLine]) -> list[tuple[int, int, SessionLine]]:
    """Each session with its lane and the number of lanes of those it overlaps, directly or through others."""
    ordered = sorted(lines, key=lambda one: (one.date, one.start, one.ends, one.key))
    found: list[tuple[int, int, SessionLine]] = []
    group: list[tuple[int, SessionLine]] = []

    def close() -> None:
        lanes = max((lane for lane, _line in group), default=0) + 1
        found.extend((lane, lanes, line) for lane, line in group)
        group.clear()

    for line in ordered:
        if group and not any(line.overlaps(other) for _lane, other in group):
            close()
        busy = {lane for lane, other in group if line.overlaps(other)}
        group.append((next(lane for lane in range(len(group) + 1) if lane not in busy), line))
    close()
    return found


def _hours(at: time) -> float:
    return at.hour + at.minute / 60
