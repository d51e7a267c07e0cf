"""The pad: strokes with time and pressure, shown as ink; Backspace takes the last stroke back, Delete clears."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QTabletEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from mediation_desk.cases.ink.binding import Point, Stroke
from ui.theme import theme
from ui.tokens import RADIUS, Tone

_MOUSE_PRESSURE = 0.5
_THIN, _THICK = 1.4, 4.2  # desk pixels
_RULE = 0.78  # of the height: the line one writes on


class HandwritingPad(QFrame):
    """``edited`` after each stroke. A pen's pressure is kept; a mouse presses evenly."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("手写签名的地方")
        self.setAccessibleDescription("用鼠标或者手写笔写名字；退格去掉最后一笔，删除键清空")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._strokes: list[list[Point]] = []
        self._writing = self._by_pen = False
        self._began = 0.0

    def strokes(self) -> tuple[Stroke, ...]:
        """What was written, stroke by stroke."""
        return tuple(tuple(stroke) for stroke in self._strokes)

    def is_blank(self) -> bool:
        """Whether nothing was written."""
        return not self._strokes

    def clear(self) -> None:
        """Start anew."""
        self._strokes, self._writing = [], False
        self._changed()

    def take_back(self) -> None:
        """Without the last stroke."""
        if self._strokes:
            self._strokes.pop()
            self._changed()

    def sizeHint(self) -> QSize:
        """Wide enough for four characters."""
        return QSize(theme().px(520), theme().px(170))

    def minimumSizeHint(self) -> QSize:
        """In a narrow window the characters get smaller."""
        return QSize(theme().px(240), theme().px(170))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Correcting without the mouse."""
        if event.key() == Qt.Key.Key_Backspace:
            self.take_back()
        elif event.key() == Qt.Key.Key_Delete:
            self.clear()
        else:
            super().keyPressEvent(event)

    def tabletEvent(self, event: QTabletEvent) -> None:
        """A pen: its pressure makes the line thicker."""
        match event.type():
            case QEvent.Type.TabletPress:
                self._by_pen = True
                self._start(event.position(), event.pressure())
            case QEvent.Type.TabletMove if self._writing:
                self._go_on(event.position(), event.pressure())
            case QEvent.Type.TabletRelease:
                self._stop()
                self._by_pen = False
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The left button writes."""
        if event.button() == Qt.MouseButton.LeftButton and not self._by_pen:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._start(event.position(), _MOUSE_PRESSURE)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The line follows."""
        if self._writing and not self._by_pen:
            self._go_on(event.position(), _MOUSE_PRESSURE)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The stroke ends."""
        if event.button() == Qt.MouseButton.LeftButton and not self._by_pen:
            self._stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paper, the line to write on, and the ink."""
        tokens, painter = theme().tokens, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = tokens.accent if self.hasFocus() else tokens.edge
        painter.setPen(QPen(QColor(edge), 2 if self.hasFocus() else 1))
        painter.setBrush(QColor(tokens.raised))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), theme().px(RADIUS), theme().px(RADIUS))
        y = round(self.height() * _RULE)
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.drawLine(theme().px(16), y, self.width() - theme().px(16), y)
        for stroke in self._strokes:
            self._draw(painter, stroke)

    def _draw(self, painter: QPainter, stroke: list[Point]) -> None:
        pen = QPen(QColor(theme().tokens.tone(Tone.INK)))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        last = stroke[0]
        for point in stroke[1:] or stroke:
            pen.setWidthF(theme().px(1) * (_THIN + (_THICK - _THIN) * point.p))
            painter.setPen(pen)
            painter.drawLine(QPointF(last.x, last.y), QPointF(point.x, point.y))
            last = point

    def _start(self, at: QPointF, pressure: float) -> None:
        if not self._strokes:
            self._began = time.monotonic()
        self._writing = True
        self._strokes.append([self._point(at, pressure)])
        self.update()

    def _go_on(self, at: QPointF, pressure: float) -> None:
        self._strokes[-1].append(self._point(at, pressure))
        self.update()

    def _stop(self) -> None:
        if self._writing:
            self._writing = False
            self._changed()

    def _point(self, at: QPointF, pressure: float) -> Point:
        elapsed = round((time.monotonic() - self._began) * 1000)
        return Point(t=elapsed, x=at.x(), y=at.y(), p=pressure)

    def _changed(self) -> None:
        self.update()
        self.edited.emit()
