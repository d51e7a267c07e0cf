"""One session as a block that can be pressed: on the hours of a day, or in the list of a week."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from mediation_desk.cases.calendar.model import SessionLine
from ui.screens.calendar.words import lines_of, mark, spoken
from ui.theme import theme
from ui.tokens import RADIUS, TYPE, Tone
from ui.widgets.plain import plain_tooltip

LINE_HEIGHT = 20
_PAD, _BAR = 8, 4
_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


class SessionBlock(QAbstractButton):
    """Enter, Space and a click open the case; ``moved(key)`` when an arrow leads to another block."""

    moved = Signal(int)

    def __init__(
        self, line: SessionLine, notes: tuple[str, ...], *, place: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.line = line
        self.notes = notes
        self._lines = lines_of(line, notes, place=place)
        self.setObjectName(f"calendar.session.{line.case_key}.{line.no}")
        self.setText(line.title)
        self.setAccessibleName(spoken(line, notes))
        plain_tooltip(self, spoken(line, notes))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def words(self) -> str:
        """What is written on it, line by line."""
        return "\n".join(text for text, _tone in self._lines)

    def sizeHint(self) -> QSize:
        """All lines."""
        px = theme().px
        return QSize(px(140), px(LINE_HEIGHT) * len(self._lines) + px(_PAD))

    def minimumSizeHint(self) -> QSize:
        """Narrow columns cut the words."""
        return QSize(theme().px(60), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses as Space does; arrows lead to the neighbours."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in _ARROWS:
            self.moved.emit(event.key())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground and bar in the tone of its mark, then as many lines as there is room for."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px, tokens = theme().px, theme().tokens
        tone = mark(self.line, self.notes)[1]
        tone = Tone.ACCENT if tone is Tone.QUIET else tone
        width = px(2) if self.hasFocus() else 1
        ground = QColor(tokens.hover if self.underMouse() else tokens.wash(tone))
        painter.setPen(QPen(QColor(tokens.accent if self.hasFocus() else tokens.line), width))
        painter.setBrush(ground)
        inset = width / 2
        area = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(area, px(RADIUS), px(RADIUS))
        bar = QRectF(px(3), px(4), px(_BAR) - 1, self.height() - px(8))
        painter.fillRect(bar, QColor(tokens.tone(tone)))
        self._write(painter)

    def _write(self, painter: QPainter) -> None:
        px, tokens = theme().px, theme().tokens
        room = self.rect().adjusted(px(_PAD) + px(_BAR), px(_PAD) // 2, -px(4), -px(_PAD) // 2)
        fitting = max(1, room.height() // px(LINE_HEIGHT))
        shown: Sequence[tuple[str, Tone]] = self._lines[:fitting]
        if fitting == 1:
            shown = ((f"{self.line.start:%H:%M} {self._lines[1][0]}", Tone.INK),)
        painter.setFont(theme().font(TYPE.small))
        for place, (text, tone) in enumerate(shown):
            area = QRect(room.left(), room.top() + place * px(LINE_HEIGHT), room.width(), px(LINE_HEIGHT))
            painter.setPen(QColor(tokens.tone(tone)))
            cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cut)


def neighbour(
    blocks: Iterable[SessionBlock], here: SessionBlock, key: int, ground: QWidget
) -> SessionBlock | None:
    """The nearest block in the direction of an arrow key, measured on ``ground``."""
    start = _middle(here, ground)
    across = key in (Qt.Key.Key_Left, Qt.Key.Key_Right)
    way = -1 if key in (Qt.Key.Key_Left, Qt.Key.Key_Up) else 1

    def far(block: SessionBlock) -> tuple[bool, int]:
        offset = _middle(block, ground) - start
        ahead, beside = (offset.x(), offset.y()) if across else (offset.y(), offset.x())
        return ahead * way > 0, abs(ahead) + 3 * abs(beside)

    ahead = [block for block in blocks if block is not here and far(block)[0]]
    return min(ahead, key=lambda block: far(block)[1], default=None)


def _middle(block: SessionBlock, ground: QWidget) -> QPoint:
    return block.mapTo(ground, block.rect().center())
