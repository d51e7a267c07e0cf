"""Large words on a still ground: painted, so there is nothing to select, to copy or to point at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QWidget

from ui.theme import theme

LEAST_PT = 24
_PT_PER_INCH = 72
_LINES = 18
"""Lines on a large screen: with room to spare the words grow."""
_LEADING, _HEAD, _ABOVE_HEAD = 1.45, 1.2, 0.7


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; ``head`` is set larger, ``quiet`` paler."""

    text: str
    head: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    words: Words
    text: str
    height: float
    above: float = 0

    @property
    def room(self) -> float:
        return self.above + self.height


class Sheet(QWidget):
    """Shows paragraphs page by page. What is visible is also told to a screen reader, and nothing else is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[Words, ...] = ()
        self._pages: list[list[_Line]] = [[]]
        self._page = 0
        self._black = True
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("给各方看的画面")

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self._pages)

    @property
    def page(self) -> int:
        """The page in sight, from 0."""
        return self._page

    @property
    def is_black(self) -> bool:
        """Whether nothing is shown."""
        return self._black

    @property
    def pixels(self) -> int:
        """Height of ordinary words: 24 points at 100 per cent at least."""
        dots = self.screen().logicalDotsPerInch()
        least = ceil(LEAST_PT * dots / _PT_PER_INCH * theme().percent / 100)
        return max(least, int(self.height() / (_LINES * _LEADING)))

    def show_words(self, words: Iterable[Words]) -> None:
        """Show these paragraphs; the same page stays in sight while there is one."""
        self._words = tuple(words)
        self._black = False
        self._lay_out()

    def black(self) -> None:
        """Show nothing at all, and forget what was shown."""
        self._words, self._black = (), True
        self._lay_out()

    def turn(self, pages: int) -> None:
        """So many pages on, or back."""
        self._page = min(max(self._page + pages, 0), self.pages - 1)
        self._tell()

    def visible_text(self) -> str:
        """What is in sight, line by line."""
        return "\n".join(line.text for line in self._pages[self._page])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another room, other lines."""
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, then line by line."""
        painter = QPainter(self)
        tokens = theme().tokens
        painter.fillRect(self.rect(), QColor("black" if self._black else tokens.raised))
        margin, top = self._margin(), float(self._margin())
        for place, line in enumerate(self._pages[self._page]):
            top += line.above if place else 0
            painter.setFont(self._font(line.words))
            painter.setPen(QColor(tokens.quiet if line.words.quiet else tokens.ink))
            area = QRectF(margin, top, self.width() - 2 * margin, line.height)
            painter.drawText(area, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), line.text)
            top += line.height
        if self.pages > 1 and not self._black:
            painter.setFont(self._font(Words("")))
            painter.setPen(QColor(tokens.quiet))
            foot = QRectF(margin, self.height() - margin, self.width() - 2 * margin, margin)
            words = f"第{self._page + 1}页，共{self.pages}页"
            painter.drawText(foot, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), words)

    def _lay_out(self) -> None:
        width, room = self.width() - 2 * self._margin(), self.height() - 2 * self._margin()
        pages: list[list[_Line]] = [[]]
        left = float(room)
        for words in self._words:
            lines = self._lines(words, max(width, 1))
            for place, line in enumerate(lines):
                # a heading does not stand alone at the foot of a page
                needed = line.room + (line.height if words.head and place == 0 else 0)
                if needed > left and pages[-1]:
                    pages.append([])
                    left = float(room)
                left -= line.room if pages[-1] else line.height
                pages[-1].append(line)
        self._pages = pages
        self._page = min(self._page, len(pages) - 1)
        self._tell()

    def _lines(self, words: Words, width: int) -> list[_Line]:
        font = self._font(words)
        layout = QTextLayout(words.text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        height = font.pixelSize() * _LEADING
        made = []
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, 0))
            piece = words.text[line.textStart() : line.textStart() + line.textLength()]
            made.append(_Line(words, piece, height))
        layout.endLayout()
        if made and words.head:
            made[0] = replace(made[0], above=font.pixelSize() * _ABOVE_HEAD)
        return made or [_Line(words, "", height)]

    def _font(self, words: Words) -> QFont:
        font = theme().font()
        font.setPixelSize(ceil(self.pixels * (_HEAD if words.head else 1)))
        return font

    def _margin(self) -> int:
        return max(self.pixels, min(self.width(), self.height()) // 16)

    def _tell(self) -> None:
        self.setAccessibleDescription(self.visible_text())
        self.update()
