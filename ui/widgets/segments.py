"""Two or three ways to see the same thing, one of them in force."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from ui.icons import glyph
from ui.theme import theme
from ui.tokens import RADIUS


class Segment(QAbstractButton):
    """One of the ways: icon (none for "") and word; in force it is washed, framed and named to screen readers."""

    def __init__(self, word: str, symbol: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._symbol = symbol
        self.setText(word)
        self.setAccessibleName(word)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Icon, word and room."""
        px = theme().px
        picture = px(18 + 6) if self._symbol else 0
        return QSize(picture + px(24) + self.fontMetrics().horizontalAdvance(self.text()), px(36))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, icon, word."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px, tokens, chosen = theme().px, theme().tokens, self.isChecked()
        width = px(2) if self.hasFocus() else 1
        painter.setPen(QPen(QColor(tokens.accent if chosen or self.hasFocus() else tokens.edge), width))
        painter.setBrush(
            QColor(tokens.accent_wash if chosen else tokens.hover if self.underMouse() else tokens.raised)
        )
        inset = width / 2
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), px(RADIUS), px(RADIUS)
        )
        color = tokens.accent if chosen else tokens.ink
        size = px(18) if self._symbol else 0
        if self._symbol:
            picture = glyph(self._symbol, color, size, self.devicePixelRatioF())
            painter.drawPixmap(px(12), (self.height() - size) // 2, picture)
        painter.setPen(QColor(color))
        painter.setFont(self.font())
        words = self.rect().adjusted(px(12 + 6 if self._symbol else 12) + size, 0, -px(10), 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())


class Segments(QWidget):
    """``Segments("看法", (("cards", "卡片", "user"), ...))``; ``chosen`` with the code the user pressed."""

    chosen = Signal(str)

    def __init__(
        self, name: str, ways: tuple[tuple[str, str, str], ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.buttons: dict[str, Segment] = {}
        group = QButtonGroup(self)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme().px(4))
        for code, word, symbol in ways:
            segment = Segment(word, symbol)
            segment.clicked.connect(lambda _checked=False, code=code: self.chosen.emit(code))
            group.addButton(segment)
            line.addWidget(segment)
            self.buttons[code] = segment

    def choose(self, code: str) -> None:
        """Show which way is in force."""
        self.buttons[code].setChecked(True)
