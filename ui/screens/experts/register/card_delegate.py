"""Paints one mediator as a card: what a party may see, and what the desk wants to know beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from mediation_desk.experts.mediator import Standing
from mediation_desk.experts.searching import Entry
from ui.screens.experts.photos import PhotoShelf
from ui.screens.experts.words import earliest, languages, listed, short_grade
from ui.theme import theme
from ui.tokens import RADIUS, TYPE, Tone
from ui.widgets.plain import paint_strong
from ui.widgets.portrait import paint_portrait

CARD_HEIGHT, CARD_WIDTH = 156, 312
PHOTO = QSize(72, 96)
_GAP, _PAD = 12, 12
_LINE = 20

Index = QModelIndex | QPersistentModelIndex


class CardDelegate(QStyledItemDelegate):
    """``entry_at`` gives the entry of a row, ``size`` the room of one card."""

    def __init__(
        self,
        entry_at: Callable[[int], Entry | None],
        photos: PhotoShelf,
        today: Callable[[], date],
        size: Callable[[], QSize],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._size = size
        self._entry_at, self._photos, self._today = entry_at, photos, today

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, photo, words."""
        entry = self._entry_at(index.row())
        if entry is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px = theme().px
        half = px(_GAP) // 2
        card = option.rect.adjusted(half, half, -half, -half)  # type: ignore[attr-defined]  # stubs lack rect
        self._ground(painter, card, option.state)  # type: ignore[attr-defined]  # stubs lack state
        inner = card.adjusted(px(_PAD), px(_PAD), -px(_PAD), -px(_PAD))
        photo = QRect(inner.topLeft(), QSize(px(PHOTO.width()), px(PHOTO.height())))
        picture = self._photos.photo(entry.mediator.pool_no) if entry.mediator.has_photo else None
        paint_portrait(painter, photo, picture, entry.mediator.name)
        self._words(painter, inner.adjusted(photo.width() + px(12), 0, 0, 0), entry)
        self._notice(painter, inner, entry)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All cards are of one size; the list stretches them to fill its width."""
        return self._size()

    def _ground(self, painter: QPainter, card: QRect, state: QStyle.StateFlag) -> None:
        px, tokens = theme().px, theme().tokens
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        focused = chosen and bool(state & QStyle.StateFlag.State_HasFocus)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        width = px(2) if focused else 1
        edge = tokens.accent if chosen else tokens.line
        painter.setPen(QPen(QColor(edge), width))
        painter.setBrush(QColor(tokens.accent_wash if chosen else tokens.sunken if over else tokens.raised))
        inset = width / 2
        painter.drawRoundedRect(QRectF(card).adjusted(inset, inset, -inset, -inset), px(RADIUS), px(RADIUS))

    def _words(self, painter: QPainter, area: QRect, entry: Entry) -> None:
        px, card = theme().px, entry.mediator.card
        grade = short_grade(card.grade)
        painter.setFont(theme().font(TYPE.small))
        taken = painter.fontMetrics().horizontalAdvance(grade) + px(8) if grade else 0
        top = QRect(area.left(), area.top(), area.width(), px(26))
        _line(painter, top, grade, Tone.QUIET, Qt.AlignmentFlag.AlignRight)
        painter.setFont(theme().font(TYPE.large))
        painter.setPen(QColor(theme().tokens.ink))
        name = top.adjusted(0, 0, -taken, 0)
        shown = painter.fontMetrics().elidedText(card.name, Qt.TextElideMode.ElideRight, name.width())
        paint_strong(painter, name, Qt.AlignmentFlag.AlignLeft, shown)
        painter.setFont(theme().font(TYPE.small))
        line = QRect(area.left(), top.bottom() + px(2), area.width(), px(_LINE))
        for words, tone in (
            (card.organisation, Tone.QUIET),
            (listed(card.specialties, "未写擅长"), Tone.INK),
            (listed(languages(entry.mediator)), Tone.QUIET),
        ):
            _line(painter, line, words, tone)
            line.translate(0, line.height())

    def _notice(self, painter: QPainter, inner: QRect, entry: Entry) -> None:
        """The lowest line: load and next free time left, what is to be noticed right."""
        px = theme().px
        line = QRect(inner.left(), inner.bottom() - px(_LINE) + 1, inner.width(), px(_LINE))
        free = earliest(entry.mediator, entry.next_free, self._today())
        tone = Tone.INK if entry.mediator.standing is Standing.ENGAGED else Tone.SOON
        left = f"在办 {entry.running} 件    {free}"
        _line(painter, line, left, tone)
        if not entry.notices:
            return
        used = painter.fontMetrics().horizontalAdvance(left) + px(16)
        more = f" 等{len(entry.notices)}项" if len(entry.notices) > 1 else ""
        room = line.adjusted(used, 0, 0, 0)
        words = painter.fontMetrics().elidedText(
            entry.notices[0],
            Qt.TextElideMode.ElideRight,
            room.width() - painter.fontMetrics().horizontalAdvance(more),
        )
        _line(painter, room, words + more, Tone.SOON, Qt.AlignmentFlag.AlignRight)


def _line(
    painter: QPainter,
    place: QRect,
    words: str,
    tone: Tone,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    painter.setPen(QColor(theme().tokens.tone(tone)))
    shown = painter.fontMetrics().elidedText(
        " ".join(words.split("\n")), Qt.TextElideMode.ElideRight, place.width()
    )
    painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
