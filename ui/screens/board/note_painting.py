"""Paints a line of the board: time, who, what kind, the words; private ones on amber with a lock."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.icons import glyph
from ui.screens.board.faces import Face
from ui.screens.board.note_model import NoteModel
from ui.screens.board.tall_rows import TallRows
from ui.theme import theme
from ui.tokens import TYPE, Tone

Index = QModelIndex | QPersistentModelIndex
_TIME, _WHO, _PAD, _EDGE, _GAP = 48, 92, 7, 3, 8
_TAG_PAD = 6
_NARROW = 420
_SEEN = 300


class NoteDelegate(QStyledItemDelegate):
    """Rows of a `NoteModel`. Heights are remembered by face and width."""

    def __init__(self, model: NoteModel, view: TallRows) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._heights: dict[str, tuple[Face, int, int, int]] = {}
        self._sheets: dict[str, tuple[Face, int, int, _Sheet]] = {}

    def height_at(self, index: Index, width: int) -> int:
        """Height of a row at a width."""
        face = self._model.face(index.row())
        if face is None:
            return theme().px(24)
        percent = theme().percent
        known = self._heights.get(face.key)
        if known is None or known[:3] != (face, width, percent):
            known = self._heights[face.key] = (face, width, percent, _Sheet(face, width).height)
        return known[3]

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Never asked while heights stand in the header; true all the same."""
        width = option.rect.width()  # type: ignore[attr-defined]  # the stubs leave it out
        return QSize(width, self.height_at(index, width))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, edge, gutter, words."""
        face = self._model.face(index.row())
        if face is None:
            return
        area: QRect = option.rect  # type: ignore[attr-defined]  # the stubs leave it out
        state = option.state  # type: ignore[attr-defined]  # the stubs leave it out
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._sheet(face, self._view.text_width()).paint(painter, area, chosen=chosen)
        painter.restore()

    def _sheet(self, face: Face, width: int) -> _Sheet:
        """Laid out once while it is seen."""
        percent = theme().percent
        known = self._sheets.get(face.key)
        if known is None or known[:3] != (face, width, percent):
            if len(self._sheets) > _SEEN:
                self._sheets.clear()
            known = self._sheets[face.key] = (face, width, percent, _Sheet(face, width))
        return known[3]


class _Sheet:
    """One face laid out at one width."""

    def __init__(self, face: Face, width: int) -> None:
        px = theme().px
        self.face = face
        self.body, self.small = theme().font(), theme().font(TYPE.small)
        self.small_high = QFontMetrics(self.small).height()
        narrow = width < px(_NARROW)
        self.left = px(_PAD + _EDGE) if narrow else px(_PAD + _EDGE + _TIME + _WHO + _GAP)
        self.narrow = narrow
        self.top = px(_PAD) + (self.small_high + px(8) if face.head else 0)
        self.words_top = self.top + (self.small_high + px(2) if narrow else 0)
        room = max(width - self.left - px(_PAD * 2), px(80))
        self.tag_wide = (
            QFontMetrics(self.small).horizontalAdvance(face.tag) + px(_TAG_PAD * 2) if face.tag else 0
        )
        self.words = laid_out(face.text, self.body, room, self.tag_wide + px(6) if face.tag else 0)
        self.below_top = self.words_top + self._words_height() + px(2)
        self.below = [laid_out(words, self.small, room, 0) for words, _tone in face.below]
        heights = [round(one.boundingRect().height()) for one in self.below]
        second = (face.mark or face.part) and not narrow
        least = self.top + QFontMetrics(self.body).height() + self.small_high if second else 0
        self.height = max(self.below_top + sum(heights), least) + px(_PAD)

    def _words_height(self) -> int:
        return max(round(self.words.boundingRect().height()), self.small_high)

    def paint(self, painter: QPainter, area: QRect, *, chosen: bool) -> None:
        px, tokens, face = theme().px, theme().tokens, self.face
        ground = tokens.accent_wash if chosen else tokens.soon_wash if face.private else tokens.raised
        painter.fillRect(area, QColor(ground))
        painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), QColor(tokens.line))
        if face.private:
            painter.fillRect(QRect(area.left(), area.top(), px(_EDGE), area.height()), QColor(tokens.soon))
        elif chosen:
            painter.fillRect(QRect(area.left(), area.top(), px(_EDGE), area.height()), QColor(tokens.accent))
        if face.head:
            painter.setFont(self.small)
            painter.setPen(QColor(tokens.accent))
            place = QRect(
                area.left() + px(_PAD + _EDGE), area.top() + px(_PAD), area.width(), self.small_high
            )
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, face.head)
        self._paint_gutter(painter, area)
        self._paint_words(painter, area)

    def _paint_gutter(self, painter: QPainter, area: QRect) -> None:
        px, tokens, face = theme().px, theme().tokens, self.face
        left, top = area.left() + px(_PAD + _EDGE), area.top() + self.top
        high = self.small_high if self.narrow else QFontMetrics(self.body).height()
        start = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self.small)
        painter.setPen(QColor(tokens.soon if face.waiting else tokens.quiet))
        painter.drawText(QRect(left, top, px(_TIME), high), start, "存……" if face.waiting else face.time)
        if face.mark and not self.narrow:
            painter.setPen(QColor(tokens.accent))
            painter.drawText(QRect(left, top + high, px(_TIME), self.small_high), start, face.mark)
        left += px(_TIME)
        room = area.width() - px(_PAD * 2 + _TIME) if self.narrow else px(_WHO)
        if face.private:
            size = px(14)
            picture = glyph("lock", tokens.soon, size, painter.device().devicePixelRatio())
            painter.drawPixmap(left, top + (high - size) // 2, picture)
            left, room = left + size + px(3), room - size - px(3)
        font = self.small if self.narrow else self.body
        painter.setFont(font)
        painter.setPen(QColor(tokens.quiet if face.struck else tokens.ink))
        name = f"{face.who}　{face.mark}" if self.narrow and face.mark else face.who
        who = QFontMetrics(font).elidedText(name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(left, top, room, high), start, who)
        if face.part and not self.narrow:
            painter.setFont(self.small)
            painter.setPen(QColor(tokens.quiet))
            below = QRect(area.left() + px(_PAD + _EDGE + _TIME), top + high, px(_WHO), self.small_high)
            part = QFontMetrics(self.small).elidedText(face.part, Qt.TextElideMode.ElideRight, px(_WHO))
            painter.drawText(below, start, part)

    def _paint_words(self, painter: QPainter, area: QRect) -> None:
        px, tokens, face = theme().px, theme().tokens, self.face
        left, top = area.left() + self.left, area.top() + self.words_top
        if face.tag:
            high = QFontMetrics(self.body).height()
            place = QRectF(left, top + 0.5, self.tag_wide, high - 1)
            dotted = face.tone is Tone.SOON
            pen = QPen(QColor(tokens.tone(face.tone)), 1)
            pen.setStyle(Qt.PenStyle.DashLine if dotted else Qt.PenStyle.NoPen)
            painter.setPen(pen)
            painter.setBrush(QColor(tokens.raised if dotted else tokens.wash(face.tone)))
            painter.drawRoundedRect(place, px(4), px(4))
            painter.setPen(QColor(tokens.tone(face.tone)))
            painter.setFont(self.small)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, face.tag)
        painter.setPen(QColor(tokens.quiet if face.struck or face.waiting else tokens.ink))
        self.words.draw(painter, QPointF(left, top))
        below = area.top() + self.below_top
        for layout, (_words, tone) in zip(self.below, face.below, strict=True):
            painter.setPen(QColor(tokens.tone(tone)))
            layout.draw(painter, QPointF(left, below))
            below += round(layout.boundingRect().height())
        if face.struck:
            self._strike(painter, left, top)

    def _strike(self, painter: QPainter, left: int, top: int) -> None:
        painter.setPen(QPen(QColor(theme().tokens.quiet), max(1, theme().px(1))))
        for number in range(self.words.lineCount()):
            line = self.words.lineAt(number)
            middle = top + line.y() + line.height() * 0.52
            painter.drawLine(
                QPointF(left + line.x(), middle), QPointF(left + line.x() + line.naturalTextWidth(), middle)
            )


def laid_out(text: str, font: QFont, width: int, indent: int) -> QTextLayout:
    """``text`` as plain lines of ``width``, the first one begun ``indent`` later."""
    made = QTextLayout(text.replace("\n", "\u2028"), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    made.setTextOption(option)
    made.beginLayout()
    high = 0.0
    while True:
        line = made.createLine()
        if not line.isValid():
            break
        start = indent if high == 0 else 0
        line.setLineWidth(max(width - start, 20))
        line.setPosition(QPointF(start, high))
        high += line.height()
    made.endLayout()
    return made
