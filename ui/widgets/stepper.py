"""The line through a case: done steps, the present one and those that wait, each with its explanation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.icons import glyph
from ui.theme import theme
from ui.tokens import TYPE, Tone
from ui.widgets.plain import PlainLabel, paint_strong, plain_tooltip


class StepState(StrEnum):
    """Where a step stands, as words for the reader of the screen."""

    DONE = "已完成"
    CURRENT = "进行中"
    WAITING = "未到"


@dataclass(frozen=True, slots=True)
class Step:
    """One step.

    code: what `Stepper.chosen` carries.
    explanation: what the step waits for, or which rule forbids it.
    """

    code: str
    title: str
    state: StepState
    explanation: str = ""


class Stepper(QWidget):
    """Steps in a row. Tab reaches the present step, the arrow keys move, Enter or Space chooses.

    The line beneath explains the step under the pointer or the focus, otherwise the present one.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("办理进度")
        self._buttons: list[_StepButton] = []
        self._track = _Track(self._buttons)
        self._row = QHBoxLayout(self._track)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._line = PlainLabel(role="small", tone=Tone.QUIET, wrap=True)
        self._line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(theme().px(4))
        stack.addWidget(self._track)
        stack.addWidget(self._line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def set_steps(self, steps: tuple[Step, ...]) -> None:
        """Show these steps; the focus stays at its place."""
        focused = next((number for number, one in enumerate(self._buttons) if one.hasFocus()), -1)
        if [one.step.code for one in self._buttons] != [step.code for step in steps]:
            self._rebuild(steps)
        for one, step in zip(self._buttons, steps, strict=True):
            one.show_step(step)
        if 0 <= focused < len(self._buttons):
            self._buttons[focused].setFocus()
        self._explain(None)
        self._track.update()

    def current(self) -> str:
        """Code of the present step, or ""."""
        return next((one.step.code for one in self._buttons if one.step.state is StepState.CURRENT), "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home and End move along the line."""
        here = next((number for number, one in enumerate(self._buttons) if one.hasFocus()), 0)
        places = {
            Qt.Key.Key_Left: here - 1,
            Qt.Key.Key_Right: here + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self._buttons) - 1,
        }
        wanted = places.get(Qt.Key(event.key()))
        if wanted is None:
            super().keyPressEvent(event)
        elif 0 <= wanted < len(self._buttons):
            self._buttons[wanted].setFocus(Qt.FocusReason.TabFocusReason)

    def _rebuild(self, steps: tuple[Step, ...]) -> None:
        for one in self._buttons:
            self._row.removeWidget(one)
            one.hide()
            one.deleteLater()
        self._buttons[:] = [_StepButton(step, self) for step in steps]
        for one in self._buttons:
            self._row.addWidget(one, 1)
            one.clicked.connect(lambda _checked=False, code=one.step.code: self.chosen.emit(code))
            one.looked_at.connect(self._explain)

    def _explain(self, step: object) -> None:
        shown = step if isinstance(step, Step) else self._present()
        self._line.setText(f"{shown.title}：{shown.explanation}" if shown and shown.explanation else "")
        self._line.setVisible(bool(self._line.text()))

    def _present(self) -> Step | None:
        focused = next((one.step for one in self._buttons if one.hasFocus()), None)
        return focused or next(
            (one.step for one in self._buttons if one.step.state is StepState.CURRENT), None
        )


class _Track(QWidget):
    """Paints the line that joins the steps, beneath them."""

    def __init__(self, buttons: list[_StepButton]) -> None:
        super().__init__()
        self._buttons = buttons

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = theme().tokens
        for left, right in zip(self._buttons, self._buttons[1:], strict=False):
            passed = left.step.state is StepState.DONE
            painter.setPen(QPen(QColor(tokens.accent if passed else tokens.line), theme().px(2)))
            start, end = left.dot_center(), right.dot_center()
            gap = theme().px(17)
            painter.drawLine(QPointF(start.x() + gap, start.y()), QPointF(end.x() - gap, end.y()))


class _StepButton(QAbstractButton):
    """One painted step."""

    looked_at = Signal(object)

    def __init__(self, step: Step, parent: QWidget) -> None:
        super().__init__(parent)
        self.step = step
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_step(self, step: Step) -> None:
        self.step = step
        current = step.state is StepState.CURRENT
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if current else Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(f"{step.title}，{step.state}")
        self.setAccessibleDescription(step.explanation)
        plain_tooltip(self, step.explanation)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(64), theme().px(56))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(40), theme().px(56))

    def dot_center(self) -> QPointF:
        return QPointF(self.x() + self.width() / 2, self.y() + theme().px(17))

    def enterEvent(self, event: QEnterEvent) -> None:
        self.looked_at.emit(self.step)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.looked_at.emit(None)
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.looked_at.emit(self.step)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.looked_at.emit(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses as Space does; arrows belong to the stepper."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        elif event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px, tokens = theme().px, theme().tokens
        center = QPointF(self.width() / 2, px(17))
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.accent), px(2)))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(px(5), 1, -px(5), -1), px(6), px(6))
        elif self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.hover))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(px(5), 0, -px(5), 0), px(6), px(6))
        self._paint_dot(painter, center)
        self._paint_title(painter, QRect(0, px(32), self.width(), px(22)))

    def _paint_dot(self, painter: QPainter, center: QPointF) -> None:
        px, tokens = theme().px, theme().tokens
        done, current = self.step.state is StepState.DONE, self.step.state is StepState.CURRENT
        painter.setPen(
            QPen(QColor(tokens.accent if done or current else tokens.edge), px(2) if done or current else 1.2)
        )
        painter.setBrush(QColor(tokens.accent if done else tokens.raised))
        painter.drawEllipse(center, px(11), px(11))
        if current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent))
            painter.drawEllipse(center, px(5), px(5))
        if done:
            tick = _tick(tokens.on_accent, px(16), self.devicePixelRatioF())
            painter.drawPixmap(QPointF(center.x() - px(16) / 2, center.y() - px(16) / 2), tick)

    def _paint_title(self, painter: QPainter, area: QRect) -> None:
        tokens = theme().tokens
        waiting, current = self.step.state is StepState.WAITING, self.step.state is StepState.CURRENT
        painter.setFont(theme().font(TYPE.body))
        painter.setPen(QColor(tokens.accent if current else tokens.quiet if waiting else tokens.ink))
        text = painter.fontMetrics().elidedText(self.step.title, Qt.TextElideMode.ElideRight, area.width())
        if current:
            paint_strong(painter, area, Qt.AlignmentFlag.AlignHCenter, text)
        else:
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)


def _tick(color: str, size: int, ratio: float) -> QPixmap:
    return glyph("check", color, size, ratio)
