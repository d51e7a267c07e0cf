"""One figure of a track on one line: name, value, change. Pressing it opens its cases, F1 says how it is counted."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from mediation_desk.statistics.headline import Headline
from ui.theme import theme
from ui.tokens import RADIUS, TYPE
from ui.widgets.plain import paint_strong, plain_tooltip, show_hint

_HEIGHT, _PAD, _GAP, _CHANGE = 26, 8, 8, 104


class HeadlineLine(QAbstractButton):
    """``clicked`` leads to the cases; the definition is tool tip, accessible description, and the answer to F1."""

    def __init__(self, shown: Headline, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.shown = shown
        self.show_headline(shown)

    def show_headline(self, shown: Headline) -> None:
        """Another period: the line stays where it is."""
        self.shown = shown
        plain_tooltip(self, self._explanation())
        self.setAccessibleName(shown.spoken)
        self.setAccessibleDescription(f"{shown.definition}按回车看这些案件。")
        self.update()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(theme().px(280), theme().px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Narrow columns drop the change, then elide the name, never the value."""
        return QSize(theme().px(150), theme().px(_HEIGHT))

    def event(self, event: QEvent) -> bool:
        """F1 is answered here, not by the manual of the page."""
        overriding = event.type() == QEvent.Type.ShortcutOverride
        if overriding and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F1:
            event.accept()
            return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses as Space does; F1 explains."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_F1:
            show_hint(self.mapToGlobal(self.rect().bottomLeft()), self._explanation(), self)
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """The ground lights up."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """And goes out."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Name at the left, the change at the right where there is room, the value before it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px, tokens, middle = theme().px, theme().tokens, Qt.AlignmentFlag.AlignVCenter
        self._paint_ground(painter)
        inner = self.rect().adjusted(px(_PAD), 0, -px(_PAD), 0)
        painter.setFont(theme().font(TYPE.body))
        value = painter.fontMetrics().horizontalAdvance(self.shown.text)
        name = painter.fontMetrics().horizontalAdvance(self.shown.name)
        aside = px(_CHANGE) if value + name + px(_CHANGE + _GAP) <= inner.width() else 0
        painter.setPen(QColor(tokens.quiet if self.shown.empty else tokens.accent))
        beside = inner.adjusted(0, 0, -aside, 0)
        paint_strong(painter, beside, middle | Qt.AlignmentFlag.AlignRight, self.shown.text)
        painter.setPen(QColor(tokens.ink))
        left = max(inner.width() - aside - value - px(_GAP), 0)
        words = painter.fontMetrics().elidedText(self.shown.name, Qt.TextElideMode.ElideRight, left)
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignLeft, words)
        if aside:
            painter.setFont(theme().font(TYPE.small))
            painter.setPen(QColor(tokens.quiet))
            change = painter.fontMetrics().elidedText(
                self._change(), Qt.TextElideMode.ElideRight, aside - px(_GAP)
            )
            room = inner.adjusted(inner.width() - aside + px(_GAP), 0, 0, 0)
            painter.drawText(room, middle | Qt.AlignmentFlag.AlignLeft, change)

    def _change(self) -> str:
        turn = self.shown.turn
        return f"{turn.value} {self.shown.change}" if turn else self.shown.change

    def _explanation(self) -> str:
        change = f"与上期比：{self._change()}" if self.shown.change else ""
        return "\n".join(filter(None, (self.shown.definition, change)))

    def _paint_ground(self, painter: QPainter) -> None:
        px, tokens = theme().px, theme().tokens
        if self.underMouse() or self.hasFocus() or self.isDown():
            painter.setPen(QPen(QColor(tokens.accent), px(2)) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.hover))
            half = px(1)
            area = QRectF(self.rect()).adjusted(half, half, -half, -half)
            painter.drawRoundedRect(area, px(RADIUS), px(RADIUS))
