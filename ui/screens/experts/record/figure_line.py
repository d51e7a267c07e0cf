"""One figure of a mediator on one line: its name, the counts behind it, its value. Pressing it opens the cases."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from mediation_desk.statistics.mediators.model import MediatorFigure
from ui.theme import theme
from ui.tokens import RADIUS, TYPE
from ui.widgets.plain import paint_strong, plain_tooltip

_HEIGHT, _PAD, _GAP = 34, 8, 12


class FigureLine(QAbstractButton):
    """``clicked`` leads to the cases; the definition is the tool tip and the accessible description."""

    def __init__(self, figure: MediatorFigure, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figure = figure
        self._counts = "" if figure.few else figure.counts
        self.setObjectName(f"figure.{figure.code}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        plain_tooltip(self, f"{figure.name}：{figure.definition}。")
        self.setAccessibleName("，".join(word for word in (figure.name, figure.text, self._counts) if word))
        self.setAccessibleDescription(f"{figure.definition}。按回车看这些案件。")

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(theme().px(240), theme().px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Narrow panes elide the name and drop the counts, never the value."""
        return QSize(theme().px(120), theme().px(_HEIGHT))

    def enterEvent(self, event: QEnterEvent) -> None:
        """The ground lights up."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """And goes out."""
        super().leaveEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Name at the left, value at the right, the counts before it where there is room."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px, tokens = theme().px, theme().tokens
        self._paint_ground(painter)
        inner = self.rect().adjusted(px(_PAD), 0, -px(_PAD), 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme().font(TYPE.body))
        value = painter.fontMetrics().horizontalAdvance(self.figure.text)
        name = painter.fontMetrics().horizontalAdvance(self.figure.name)
        painter.setPen(QColor(tokens.ink if self.figure.cases else tokens.quiet))
        paint_strong(painter, inner, middle | Qt.AlignmentFlag.AlignRight, self.figure.text)
        left = inner.width() - value - px(_GAP)
        painter.setPen(QColor(tokens.ink))
        words = painter.fontMetrics().elidedText(self.figure.name, Qt.TextElideMode.ElideRight, left)
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignLeft, words)
        painter.setFont(theme().font(TYPE.small))
        if self._counts and painter.fontMetrics().horizontalAdvance(self._counts) <= left - name - px(_GAP):
            painter.setPen(QColor(tokens.quiet))
            before = inner.adjusted(0, 0, -value - px(_GAP), 0)
            painter.drawText(before, middle | Qt.AlignmentFlag.AlignRight, self._counts)

    def _paint_ground(self, painter: QPainter) -> None:
        px, tokens = theme().px, theme().tokens
        if self.underMouse() or self.hasFocus() or self.isDown():
            painter.setPen(QPen(QColor(tokens.accent), px(2)) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.hover))
            half = px(1)
            area = QRectF(self.rect()).adjusted(half, half, -half, -half)
            painter.drawRoundedRect(area, px(RADIUS), px(RADIUS))
