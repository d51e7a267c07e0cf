"""Headings of a statistical table: groups over their figures, and names of lines that never scroll away."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QTableView

from mediation_desk.statistics.model import Column, StatRow
from ui.screens.statistics.grid_model import GridModel
from ui.theme import theme

_BAND, _NUMBER, _PAD = 26, 18, 6
_WRAP = Qt.TextFlag.TextWrapAnywhere | Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
_NARROWEST, _WIDEST = 96, 0.3


class GroupedHeader(QHeaderView):
    """Names broken over lines, their number on the sheet beneath, the heading of their group above all of them."""

    def __init__(self, grid: QTableView, shown: GridModel) -> None:
        super().__init__(Qt.Orientation.Horizontal, grid)
        self._shown = shown
        self.setHighlightSections(False)
        self.setSectionsClickable(False)
        self.setMouseTracking(True)
        self.setAccessibleName("栏目")

    def sizeHint(self) -> QSize:
        """As high as the longest name needs."""
        across = self._shown.across()
        px, metrics = theme().px, self.fontMetrics()
        need = metrics.height()
        for place, one in enumerate(across):
            box = QRect(0, 0, max(self.sectionSize(place) - px(_PAD) * 2, px(24)), 10_000)
            need = max(need, metrics.boundingRect(box, int(_WRAP), _name(one)).height())
        height = need + px(_PAD) * 2
        height += px(_BAND) if self._has_groups() else 0
        height += px(_NUMBER) if self._has_numbers() else 0
        return QSize(super().sizeHint().width(), height)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """One name, and the part of its group's heading that lies above it."""
        across = self._shown.across()
        if not 0 <= section < len(across):
            return
        one, tokens, px = across[section], theme().tokens, theme().px
        painter.save()
        painter.setClipRect(rect)
        painter.fillRect(rect, QColor(tokens.raised))
        painter.setFont(self._font(bold=isinstance(one, StatRow) and one.is_total))
        name = QRect(rect)
        if isinstance(one, Column) and one.group:
            band = self._band(section, rect)
            painter.setPen(QColor(tokens.ink))
            seen = band.intersected(self.viewport().rect())
            painter.drawText(seen, int(Qt.AlignmentFlag.AlignCenter), one.group)
            painter.setPen(QPen(QColor(tokens.line), 1))
            painter.drawLine(band.bottomLeft(), band.bottomRight())
            name.setTop(band.bottom() + 1)
        if isinstance(one, Column) and self._has_numbers():
            number = QRect(name.left(), name.bottom() - px(_NUMBER), name.width(), px(_NUMBER))
            painter.setPen(QColor(tokens.faint))
            painter.drawText(number, int(Qt.AlignmentFlag.AlignCenter), one.number)
            name.setBottom(number.top())
        painter.setPen(QColor(tokens.quiet))
        painter.drawText(name.adjusted(px(_PAD), 0, -px(_PAD), 0), int(_WRAP), _name(one))
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        first = not (isinstance(one, Column) and one.group) or self._ends_group(section)
        painter.drawLine(rect.right(), rect.top() if first else name.top(), rect.right(), rect.bottom())
        painter.restore()

    def _band(self, section: int, rect: QRect) -> QRect:
        """The heading of the group this figure belongs to."""
        across, group = self._shown.across(), _group(self._shown.across()[section])
        first = last = section
        while first and _group(across[first - 1]) == group:
            first -= 1
        while last + 1 < len(across) and _group(across[last + 1]) == group:
            last += 1
        left = self.sectionViewportPosition(first)
        right = self.sectionViewportPosition(last) + self.sectionSize(last)
        return QRect(left, rect.top(), right - left, theme().px(_BAND))

    def _ends_group(self, section: int) -> bool:
        across = self._shown.across()
        return section + 1 >= len(across) or _group(across[section + 1]) != _group(across[section])

    def _has_groups(self) -> bool:
        return any(_group(one) for one in self._shown.across())

    def _has_numbers(self) -> bool:
        return any(isinstance(one, Column) and one.number for one in self._shown.across())

    def _font(self, *, bold: bool) -> QFont:
        font = QFont(self.font())
        font.setBold(bold)
        return font


class NamesHeader(QHeaderView):
    """Labels of the lines, left aligned, no wider than a third of the table."""

    def __init__(self, grid: QTableView) -> None:
        super().__init__(Qt.Orientation.Vertical, grid)
        self.setHighlightSections(True)
        self.setSectionsClickable(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setAccessibleName("行")

    def sizeHint(self) -> QSize:
        """As wide as the longest label, within limits."""
        found, grid = super().sizeHint(), self.parentWidget()
        widest = int(grid.width() * _WIDEST) if grid is not None else found.width()
        return QSize(max(theme().px(_NARROWEST), min(found.width(), widest)), found.height())


def _name(one: Column | StatRow) -> str:
    if isinstance(one, StatRow):
        return one.label
    return one.name if one.unit in ("件", "%") or one.unit in one.name else f"{one.name}（{one.unit}）"


def _group(one: Column | StatRow) -> str:
    return one.group if isinstance(one, Column) else ""
