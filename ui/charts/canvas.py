"""The picture itself: shows it at any size, and lets pointer and keys reach what can be opened."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFocusEvent,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from mediation_desk.charts.sketch import Region
from ui.theme import theme
from ui.tokens import TYPE
from ui.widgets.plain import show_hint

_STEPS: dict[Qt.Key, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_ASIDE = 2.5  # how much more a step to the side counts than one ahead


class ChartCanvas(QWidget):
    """``opened(target)`` on a click or Enter, ``resized()`` when another size is to be drawn.

    Tab comes in, the arrow keys go to the nearest part in that direction, Home and End to the first and last.
    """

    opened = Signal(object)
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._regions: tuple[Region, ...] = ()
        self._said = "正在画图……"
        self._here, self._under = -1, -1
        self._pressed: object = None
        self.explain: Callable[[Region], str] = lambda region: region.name
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_picture(self, image: QImage, regions: tuple[Region, ...]) -> None:
        """Another picture; the focus stays on the part with the same words."""
        here = self.region()
        self._image, self._regions, self._under, self._said = image, regions, -1, ""
        same = (place for place, one in enumerate(regions) if here is not None and one.name == here.name)
        self._here = next(same, 0 if self.hasFocus() and regions else -1)
        self.update()

    def say(self, words: str) -> None:
        """Words in place of a picture."""
        self._image, self._regions, self._here, self._said = QImage(), (), -1, words
        self.update()

    def regions(self) -> tuple[Region, ...]:
        """What can be pointed at now."""
        return self._regions

    def region(self) -> Region | None:
        """The part that has the focus."""
        return self._regions[self._here] if 0 <= self._here < len(self._regions) else None

    def region_at(self, place: QPointF) -> Region | None:
        """The part under ``place``; of several, the one whose middle is nearest."""
        number = self._number_at(place)
        return self._regions[number] if number >= 0 else None

    def sizeHint(self) -> QSize:
        """Until it is drawn, as much as a small chart needs."""
        return QSize(theme().px(420), theme().px(220))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move among the parts, open the one with the focus."""
        key = Qt.Key(event.key())
        if key in _STEPS and self._regions:
            self._go(self._nearest(*_STEPS[key]))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self._regions:
            self._go(0 if key == Qt.Key.Key_Home else len(self._regions) - 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.region())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming by Tab, the first part has the focus at once."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason and self._here < 0 and self._regions:
            self._go(0)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Without the focus no part is marked."""
        super().focusOutEvent(event)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """What can be opened shows it."""
        number = self._number_at(event.position())
        if number != self._under:
            self._under = number
            opens = number >= 0 and self._regions[number].target is not None
            self.setCursor(Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is elsewhere."""
        super().leaveEvent(event)
        self._under = -1
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click begins."""
        self._pressed = (
            self.region_at(event.position()) if event.button() == Qt.MouseButton.LeftButton else None
        )
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click ends on the part it began on."""
        number = self._number_at(event.position())
        if number >= 0 and self._regions[number] is self._pressed:
            self._here = number
            self.update()
            self._open(self._regions[number])
        self._pressed = None
        super().mouseReleaseEvent(event)

    def event(self, event: QEvent) -> bool:
        """The tool tip is that of the part under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self.region_at(QPointF(event.pos()))
            show_hint(event.globalPos(), self.explain(found) if found else "", self)
            return True
        return bool(super().event(event))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size wants another drawing."""
        super().resizeEvent(event)
        self.resized.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture, and the outline of the part with focus or pointer."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        tokens = theme().tokens
        if self._image.isNull():
            painter.setFont(theme().font(TYPE.small))
            painter.setPen(QColor(tokens.quiet))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._said)
            return
        painter.drawImage(self.rect(), self._image)
        if 0 <= self._under < len(self._regions):
            painter.setPen(QPen(QColor(tokens.ink), 1))
            painter.drawPolygon(self._outline(self._under))
        if self.hasFocus() and self.region() is not None:
            painter.setPen(QPen(QColor(tokens.raised), theme().px(4)))
            painter.drawPolygon(self._outline(self._here))
            painter.setPen(QPen(QColor(tokens.accent), theme().px(2)))
            painter.drawPolygon(self._outline(self._here))

    def _outline(self, number: int) -> QPolygonF:
        outline = self._regions[number].outline
        return QPolygonF([QPointF(x * self.width(), y * self.height()) for x, y in outline])

    def _number_at(self, place: QPointF) -> int:
        x, y = place.x() / max(self.width(), 1), place.y() / max(self.height(), 1)
        held = [number for number, one in enumerate(self._regions) if one.holds(x, y)]
        return min(held, key=lambda number: self._distance(number, x, y), default=-1)

    def _distance(self, number: int, x: float, y: float) -> float:
        cx, cy = self._regions[number].centre()
        return abs(cx - x) * self.width() + abs(cy - y) * self.height()

    def _nearest(self, across: int, down: int) -> int:
        """The part whose middle lies next in that direction; the present one where there is none."""
        here = self.region()
        if here is None:
            return 0
        x, y = here.centre()
        best, found = float("inf"), self._here
        for number, one in enumerate(self._regions):
            cx, cy = one.centre()
            right, below = (cx - x) * self.width(), (cy - y) * self.height()
            ahead, aside = (right * across, below) if across else (below * down, right)
            cost = ahead + _ASIDE * abs(aside)
            if number != self._here and ahead > 1 and cost < best:
                best, found = cost, number
        return found

    def _go(self, number: int) -> None:
        self._here = number
        self.update()
        region = self.region()
        if region is not None:
            self.setAccessibleDescription(region.name)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, region.name))
            x, y = region.centre()
            beneath = QPointF(x * self.width(), y * self.height()).toPoint()
            show_hint(self.mapToGlobal(beneath), self.explain(region), self)

    def _open(self, region: Region | None) -> None:
        if region is not None and region.target is not None:
            self.opened.emit(region.target)
