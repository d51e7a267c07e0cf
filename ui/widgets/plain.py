"""The only door through which text from records reaches a label, tool tip or box: always as plain text.

Qt guesses rich text in labels, boxes and tool tips, and opens the pictures it finds there.
"""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QLabel, QMessageBox, QSizePolicy, QToolTip, QWidget

from ui.tokens import Tone

# Overrides of the writing direction can make a name read as another one.
_DIRECTION_MARKS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_STRONG_ROLES = frozenset({"title", "heading", "figure", "strong"})


class PlainLabel(QLabel):
    """One line (elided, whole text in the tool tip) or a wrapped paragraph; never interprets its text.

    ``role``: "", small, label, quiet, strong, heading, title, figure. The last four are painted with a hairline
    more weight, because the bundled face has one weight and the synthetic bold clots in small characters.
    """

    def __init__(
        self,
        text: str = "",
        *,
        role: str = "",
        tone: Tone = Tone.INK,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._whole = ""
        self._role = role
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setProperty("role", role)
        self.setProperty("tone", tone.value)
        vertical = QSizePolicy.Policy.Minimum if wrap else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Preferred, vertical)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show ``text`` as it is."""
        self._whole = text.translate(_DIRECTION_MARKS)
        super().setText(self._whole if self.wordWrap() else " ".join(self._whole.split("\n")))
        self._explain()
        self.updateGeometry()

    def set_tone(self, tone: Tone) -> None:
        """Change the colour; the words must say the same."""
        if self.property("tone") != tone.value:
            self.setProperty("tone", tone.value)
            restyle(self)

    def minimumSizeHint(self) -> QSize:
        """An elided label may shrink to a few characters."""
        hint = super().minimumSizeHint()
        if self.wordWrap():
            return hint
        return QSize(min(hint.width(), self.fontMetrics().height() * 3), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The tool tip is needed only while the text does not fit."""
        super().resizeEvent(event)
        self._explain()

    def changeEvent(self, event: QEvent) -> None:
        """A new text size changes what fits."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._explain()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Pictures and wrapped text are painted by Qt; a line is elided here."""
        if self.wordWrap() or not self.pixmap().isNull():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        area = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width())
        if self._role in _STRONG_ROLES:
            paint_strong(painter, area, self.alignment(), text)
        else:
            painter.drawText(area, self.alignment() | Qt.TextFlag.TextSingleLine, text)

    def _explain(self) -> None:
        cut = not self.wordWrap() and self.fontMetrics().horizontalAdvance(self.text()) > self.width()
        super().setToolTip(_escaped(self._whole) if cut else "")


def paint_strong(painter: QPainter, area: QRect, alignment: Qt.AlignmentFlag, text: str) -> None:
    """Draw one line with a hairline stroke around each glyph: the look of a medium weight."""
    metrics = painter.fontMetrics()
    left = area.left()
    if alignment & Qt.AlignmentFlag.AlignRight:
        left = area.right() - metrics.horizontalAdvance(text)
    elif alignment & Qt.AlignmentFlag.AlignHCenter:
        left = area.left() + (area.width() - metrics.horizontalAdvance(text)) // 2
    baseline = area.top() + (area.height() - metrics.height()) // 2 + metrics.ascent()
    path = QPainterPath()
    path.addText(QPointF(left, baseline), painter.font(), text)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    color = painter.pen().color()
    painter.setPen(QPen(color, painter.font().pixelSize() * 0.022))
    painter.setBrush(color)
    painter.drawPath(path)


def plain_tooltip(widget: QWidget, text: str) -> None:
    """Give ``widget`` a tool tip that shows ``text`` literally."""
    widget.setToolTip(_escaped(text) if text else "")


def show_hint(place: QPoint, text: str, widget: QWidget) -> None:
    """Show ``text`` literally in a tool tip at ``place`` on the screen; "" takes the tip away."""
    QToolTip.showText(place, _escaped(text) if text else "", widget)


def hide_tip() -> None:
    """Take the tool tip away that is shown, if any."""
    QToolTip.hideText()


def plain_tip(text: str) -> str:
    """``text`` for a model's ``ToolTipRole``, which guesses rich text too."""
    return _escaped(text) if text else ""


def plain_caption(text: str) -> str:
    """``text`` for a button, tab or menu entry: an ampersand stays an ampersand and makes no shortcut."""
    return text.translate(_DIRECTION_MARKS).replace("&", "&&")


def plain_box(parent: QWidget | None, title: str, text: str) -> QMessageBox:
    """A message box that shows ``text`` literally; the caller adds buttons and calls ``exec``."""
    box = QMessageBox(parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(title)
    box.setText(text)
    return box


def restyle(widget: QWidget) -> None:
    """Apply the style sheet again after a property it selects on has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def _escaped(text: str) -> str:
    return f'<p style="white-space: pre-wrap">{escape(text.translate(_DIRECTION_MARKS))}</p>'
