"""The months before a rise as small bars with their numbers, the month itself marked."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mediation_desk.statistics.model import month_number
from mediation_desk.statistics.warning.model import Rise
from ui.theme import theme
from ui.tokens import TYPE

_HEIGHT, _WIDTH, _WIDEST = 132, 320, 56


class HistoryBars(QWidget):
    """Numbers stand on the bars, months beneath: it reads without colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[tuple[int, int], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rise(self, one: Rise | None) -> None:
        """Draw the history of this rise; None draws nothing."""
        now = () if one is None else ((month_number(one.period.first), one.count),)
        self._bars = () if one is None else (*one.history, *now)
        words = "，".join(f"{month // 100}年{month % 100}月 {count} 件" for month, count in self._bars)
        self.setAccessibleName(f"各月件数：{words}")
        self.update()

    def sizeHint(self) -> QSize:
        """Room for a year of months."""
        return QSize(theme().px(_WIDTH), theme().px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """The same height always."""
        return QSize(theme().px(_WIDTH), theme().px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bars from the left."""
        if not self._bars:
            return
        painter = QPainter(self)
        px, tokens = theme().px, theme().tokens
        painter.setFont(theme().font(TYPE.small))
        line = painter.fontMetrics().height()
        step = min(self.width() // len(self._bars), px(_WIDEST))
        room = self.height() - 2 * line - px(6)
        most = max(count for _month, count in self._bars) or 1
        last = len(self._bars) - 1
        for place, (month, count) in enumerate(self._bars):
            left, tall = place * step, max(round(room * count / most), 1)
            top = self.height() - line - px(2) - tall
            color = tokens.seal if place == last else tokens.edge
            painter.fillRect(QRect(left + px(4), top, step - px(8), tall), QColor(color))
            painter.setPen(QColor(tokens.ink if place == last else tokens.quiet))
            above = QRect(left, top - line, step, line)
            painter.drawText(above, Qt.AlignmentFlag.AlignCenter, str(count))
            beneath = QRect(left, self.height() - line, step, line)
            first = place == 0 or month % 100 == 1
            words = f"{month // 100 % 100}/{month % 100}" if first else f"{month % 100}"
            painter.drawText(beneath, Qt.AlignmentFlag.AlignCenter, words)
