"""One line of plain text with ranges of it marked, for delegates that paint hits of a search."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from ui.theme import theme
from ui.tokens import Tone

_CUT = "…"


def paint_marked(
    painter: QPainter, area: QRect, text: str, marks: Sequence[tuple[int, int]], tone: Tone = Tone.INK
) -> None:
    """Draw ``text`` from the left of ``area``, cut where it ends; ``marks`` stand on a wash, underlined.

    The line is drawn piece by piece as plain text: nothing in it is ever interpreted.
    """
    metrics, tokens = painter.fontMetrics(), theme().tokens
    left, right = area.left(), area.left() + area.width()
    for piece, is_marked in _pieces(text, marks):
        room = right - left
        shown = piece if metrics.horizontalAdvance(piece) <= room else _cut(painter, piece, room)
        width = metrics.horizontalAdvance(shown)
        place = QRect(left, area.top(), width, area.height())
        if is_marked:
            _wash(painter, place)
        painter.setPen(QColor(tokens.accent if is_marked else tokens.tone(tone)))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
        left += width
        if shown != piece:
            return


def _pieces(text: str, marks: Sequence[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    done = 0
    for start, end in marks:
        if start > done:
            yield text[done:start], False
        yield text[start:end], True
        done = end
    if done < len(text):
        yield text[done:], False


def _cut(painter: QPainter, piece: str, room: int) -> str:
    return painter.fontMetrics().elidedText(piece, Qt.TextElideMode.ElideRight, max(room, 0)) or _CUT


def _wash(painter: QPainter, place: QRect) -> None:
    """A ground and a line beneath: colour is not the only sign."""
    tokens, height = theme().tokens, painter.fontMetrics().height()
    ground = QRectF(place.left(), place.center().y() - height / 2, place.width(), height)
    painter.fillRect(ground, QColor(tokens.accent_wash))
    line = max(1, theme().px(1))
    painter.fillRect(
        QRectF(ground.left(), ground.bottom() - line, ground.width(), line), QColor(tokens.accent)
    )
