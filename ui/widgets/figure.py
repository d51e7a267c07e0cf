"""A figure one can press: a large number, its unit and what it counts."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.theme import theme
from ui.tokens import TYPE, Tone
from ui.widgets.plain import paint_strong, plain_tooltip


class Figure(QAbstractButton):
    """``clicked`` leads to what was counted; ``note`` is a second quiet line, ``definition`` the tool tip."""

    def __init__(
        self, label: str, number: str = "—", *, unit: str = "", note: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._label, self._unit = label, unit
        self._number, self._note, self._tone = number, note, Tone.INK
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name()

    def show_number(self, number: str, *, note: str = "", tone: Tone = Tone.INK) -> None:
        """Another number; ``tone`` colours it when the note says why."""
        self._number, self._note, self._tone = number, note, tone
        self._name()
        self.update()

    def define(self, definition: str) -> None:
        """What exactly is counted, for the tool tip and screen readers."""
        plain_tooltip(self, definition)
        self.setAccessibleDescription(definition)

    def number(self) -> str:
        """The number as shown."""
        return self._number

    def sizeHint(self) -> QSize:
        """Wide enough for a money figure."""
        return QSize(theme().px(150), theme().px(92))

    def minimumSizeHint(self) -> QSize:
        """Narrow rows elide the label, not the number."""
        return QSize(theme().px(96), theme().px(92))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A card with label, number and note."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px, tokens = theme().px, theme().tokens
        self._paint_ground(painter)
        inner = self.rect().adjusted(px(14), px(10), -px(10), -px(8))
        painter.setFont(theme().font(TYPE.small))
        painter.setPen(QColor(tokens.quiet))
        elide = painter.fontMetrics().elidedText
        left, right = Qt.TextElideMode.ElideRight, inner.width()
        painter.drawText(inner, Qt.AlignmentFlag.AlignTop, elide(self._label, left, right))
        painter.drawText(inner, Qt.AlignmentFlag.AlignBottom, elide(self._note, left, right))
        painter.setFont(theme().font(TYPE.title))
        painter.setPen(QColor(tokens.tone(self._tone)))
        row = inner.adjusted(0, px(18), 0, -px(18))
        advance = painter.fontMetrics().horizontalAdvance(self._number)
        paint_strong(painter, row, Qt.AlignmentFlag.AlignLeft, self._number)
        painter.setFont(theme().font(TYPE.small))
        painter.setPen(QColor(tokens.quiet))
        painter.drawText(
            row.adjusted(advance + px(6), px(6), 0, 0), Qt.AlignmentFlag.AlignVCenter, self._unit
        )

    def _paint_ground(self, painter: QPainter) -> None:
        px, tokens = theme().px, theme().tokens
        width = px(2) if self.hasFocus() else 1
        painter.setPen(QPen(QColor(tokens.accent if self.hasFocus() else tokens.line), width))
        painter.setBrush(QColor(tokens.hover if self.underMouse() else tokens.raised))
        half = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), px(6), px(6))

    def _name(self) -> None:
        self.setAccessibleName(f"{self._label} {self._number}{self._unit} {self._note}".strip())
