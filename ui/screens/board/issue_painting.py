"""Paints issues and offers: issues large, offers indented under them with where they stand."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.icons import glyph
from ui.screens.board.issue_model import IssueModel, IssueRow
from ui.screens.board.note_painting import laid_out
from ui.screens.board.tall_rows import TallRows
from ui.theme import theme
from ui.tokens import TYPE

Index = QModelIndex | QPersistentModelIndex
_PAD, _EDGE, _INDENT = 8, 3, 24


class IssueDelegate(QStyledItemDelegate):
    """Rows of an `IssueModel`; ``current`` is the issue the next line goes under."""

    def __init__(self, model: IssueModel, view: TallRows) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self.current: int | None = None
        self._heights: dict[tuple[int | None, int], tuple[IssueRow, int, int, int]] = {}

    def height_at(self, index: Index, width: int) -> int:
        """Height of a row at a width."""
        row = self._model.row(index.row())
        if row is None:
            return theme().px(24)
        key, percent = (row.issue, row.offer), theme().percent
        known = self._heights.get(key)
        if known is None or known[:3] != (row, width, percent):
            known = self._heights[key] = (row, width, percent, _Sheet(row, width).height)
        return known[3]

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Never asked while heights stand in the header; true all the same."""
        width = option.rect.width()  # type: ignore[attr-defined]  # the stubs leave it out
        return QSize(width, self.height_at(index, width))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, mark, words."""
        row = self._model.row(index.row())
        if row is None:
            return
        area: QRect = option.rect  # type: ignore[attr-defined]  # the stubs leave it out
        state = option.state  # type: ignore[attr-defined]  # the stubs leave it out
        is_current = not row.offer and row.issue is not None and row.issue == self.current
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _Sheet(row, self._view.text_width()).paint(
            painter, area, chosen=bool(state & QStyle.StateFlag.State_Selected), current=is_current
        )
        painter.restore()


class _Sheet:
    def __init__(self, row: IssueRow, width: int) -> None:
        px = theme().px
        self.row = row
        self.font = theme().font() if not row.offer else theme().font(TYPE.small)
        self.small = theme().font(TYPE.small)
        metrics = QFontMetrics(self.font)
        self.left = px(_PAD + _EDGE) + (px(_INDENT) if row.offer else 0)
        self.mark_wide = metrics.horizontalAdvance(row.mark) + px(6) if row.mark else 0
        lock = px(18) if row.private else 0
        room = max(width - self.left - lock - px(_PAD), px(60))
        self.lock = lock
        self.words = laid_out(row.words, self.font, room, self.mark_wide)
        self.below = laid_out(row.below, self.small, room, 0) if row.below else None
        self.top = px(4 if row.offer else 8)
        self.below_top = self.top + round(self.words.boundingRect().height())
        below = round(self.below.boundingRect().height()) if self.below is not None else 0
        self.height = self.below_top + below + px(5)

    def paint(self, painter: QPainter, area: QRect, *, chosen: bool, current: bool) -> None:
        px, tokens, row = theme().px, theme().tokens, self.row
        ground = tokens.accent_wash if chosen else tokens.soon_wash if row.private else tokens.raised
        painter.fillRect(area, QColor(ground))
        if not row.offer:
            painter.fillRect(QRect(area.left(), area.top(), area.width(), 1), QColor(tokens.line))
        if current or row.private:
            edge = tokens.accent if current else tokens.soon
            painter.fillRect(QRect(area.left(), area.top(), px(_EDGE), area.height()), QColor(edge))
        left, top = area.left() + self.left, area.top() + self.top
        if row.private:
            size = px(14)
            painter.drawPixmap(
                left, top + px(2), glyph("lock", tokens.soon, size, painter.device().devicePixelRatio())
            )
            left += self.lock
        painter.setFont(self.font)
        painter.setPen(QColor(tokens.tone(row.tone)))
        high = QFontMetrics(self.font).height()
        painter.drawText(QRect(left, top, self.mark_wide, high), Qt.AlignmentFlag.AlignVCenter, row.mark)
        painter.setPen(QColor(tokens.ink if row.issue is not None or row.offer else tokens.quiet))
        self.words.draw(painter, QPointF(left, top))
        if self.below is not None:
            painter.setPen(QColor(tokens.tone(row.tone) if row.offer else tokens.quiet))
            self.below.draw(painter, QPointF(left, area.top() + self.below_top))
