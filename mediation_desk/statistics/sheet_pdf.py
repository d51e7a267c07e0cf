"""The sheet of a table as PDF by ReportLab: own faces as embedded subsets, headings on every page, page x of y."""

from __future__ import annotations

import io

from reportlab.pdfgen.canvas import Canvas

from mediation_desk.documents.render.across import draw_across
from mediation_desk.documents.render.pdf_fonts import embedded_fonts
from mediation_desk.documents.render.pdf_text import by_face
from mediation_desk.documents.render.typeface import face_for, song
from mediation_desk.documents.styles import MM
from mediation_desk.statistics.layout import MARGIN, Box, Layout, Look

_TITLE, _WORDS, _NOTE = 18.0, 10.5, 9.0
_SMALLEST = 4.0
_LEADING, _PADDING = 1.25, 1.6  # of the size; points beside the words
_HAIR, _FRAME = 0.4, 0.9


def sheet_pdf(layout: Layout) -> bytes:
    """The PDF. Raises ``InputError`` naming every character that no face can show."""
    texts = (layout.title, layout.foot, *layout.notes, *(word for pair in layout.over for word in pair))
    every = "".join(texts) + "".join(box.text for box in layout.boxes) + "第页共0123456789 "
    with embedded_fonts(every):
        return _Sheet(layout).drawn()


class _Sheet:
    """One table on as many pages as its lines take."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._width, self._height = (side * MM for side in layout.page)
        self._stream = io.BytesIO()
        self._canvas = Canvas(
            self._stream,
            pagesize=(self._width, self._height),
            invariant=1,
            initialFontName=song().name,  # type: ignore[arg-type]  # wrong in the stubs
            lang="zh-CN",
            pageCompression=1,
        )
        self._canvas.setTitle(layout.title)
        self._canvas.setCreator("调解台")
        self._canvas.setAuthor("")
        self._size = layout.size
        table = sum(layout.widths) * MM
        left = (self._width - table) / 2
        self._x = [left]
        for width in layout.widths:
            self._x.append(self._x[-1] + width * MM)
        self._heights = self._row_heights()

    def drawn(self) -> bytes:
        """The bytes of the file."""
        pages = self._pages()
        for number, lines in enumerate(pages, start=1):
            draw_across(self._canvas, self._layout.across, self._width, self._height)
            y = self._above()
            y = self._lines(range(self._layout.heads), y)
            y = self._lines(lines, y)
            if number == len(pages):
                self._below(y)
            self._words(f"第{number}页 共{len(pages)}页", self._width / 2, MARGIN * MM * 0.5, _NOTE, 0.5)
            self._canvas.showPage()
        self._canvas.save()
        return self._stream.getvalue()

    def _pages(self) -> list[range]:
        """The lines of each page; lines under one label that spans them may be parted."""
        top = self._height - MARGIN * MM - self._over_height()
        room = top - sum(self._heights[: self._layout.heads]) - MARGIN * MM
        last_room = room - self._below_height()
        pages: list[range] = []
        start, filled = self._layout.heads, 0.0
        for line in range(self._layout.heads, self._layout.rows):
            if filled + self._heights[line] > room and line > start:
                pages.append(range(start, line))
                start, filled = line, 0.0
            filled += self._heights[line]
        if filled > last_room and self._layout.rows - start > 1:
            pages.append(range(start, self._layout.rows - 1))
            start = self._layout.rows - 1
        pages.append(range(start, self._layout.rows))
        return pages

    def _row_heights(self) -> list[float]:
        heights = [self._layout.line_height] * self._layout.rows
        spanning: list[tuple[Box, float]] = []
        for box in self._layout.boxes:
            needed = len(self._wrapped(box)) * self._size * _LEADING + 2 * _PADDING
            if box.rows == 1:
                heights[box.row] = max(heights[box.row], needed)
            else:
                spanning.append((box, needed))
        for box, needed in spanning:
            rows = range(box.row, box.row + box.rows)
            short = needed - sum(heights[row] for row in rows)
            if short > 0:
                heights[rows[-1]] += short
        return heights

    def _lines(self, rows: range, top: float) -> float:
        """Draw these lines from ``top`` downwards; where they end."""
        y, tops = top, {}
        for row in rows:
            tops[row] = y
            y -= self._heights[row]
        for box in self._layout.boxes:
            shared = range(max(box.row, rows.start), min(box.row + box.rows, rows.stop))
            if shared:
                high = sum(self._heights[row] for row in shared)
                self._box(box, tops[shared.start], high)
        self._canvas.setLineWidth(_FRAME)
        self._canvas.rect(self._x[0], y, self._x[-1] - self._x[0], top - y)
        return y

    def _box(self, box: Box, top: float, high: float) -> None:
        left, right = self._x[box.column], self._x[box.column + box.columns]
        self._canvas.setLineWidth(_HAIR)
        self._canvas.rect(left, top - high, right - left, high)
        lines = self._wrapped(box)
        size, room = self._size, right - left - 2 * _PADDING
        longest = max((_wide(line, box.strong) for line in lines), default=0.0)
        if longest * size > room:
            size = max(room / longest, _SMALLEST)
        y = top - (high - len(lines) * size * _LEADING) / 2 - size
        for line in lines:
            if box.look is Look.LABEL and box.rows == 1:
                self._words(line, left + _PADDING, y, size, 0.0, strong=box.strong)
            else:
                self._words(line, (left + right) / 2, y, size, 0.5, strong=box.strong)
            y -= size * _LEADING

    def _wrapped(self, box: Box) -> list[str]:
        """The words of a box on lines as wide as it is; figures are never broken."""
        if box.look in (Look.FIGURE, Look.NUMBER):
            return [box.text]
        room = (self._x[box.column + box.columns] - self._x[box.column] - 2 * _PADDING) / self._size
        return [line for part in box.text.split("\n") for line in _broken(part, room, strong=box.strong)]

    def _over_height(self) -> float:
        return _TITLE * 1.9 + len(self._layout.over) * _WORDS * 1.6

    def _below_height(self) -> float:
        return _WORDS * 2.4 + sum(len(self._note(note)) for note in self._layout.notes) * _NOTE * 1.5

    def _above(self) -> float:
        y = self._height - MARGIN * MM - _TITLE
        self._words(self._layout.title, self._width / 2, y, _TITLE, 0.5, strong=True)
        y -= _TITLE * 0.9
        for left, right in self._layout.over:
            y -= _WORDS * 0.6
            self._words(left, self._x[0], y, _WORDS, 0.0)
            self._words(right, self._x[-1], y, _WORDS, 1.0)
            y -= _WORDS
        return self._height - MARGIN * MM - self._over_height()

    def _below(self, y: float) -> None:
        y -= _WORDS * 2
        self._words(self._layout.foot, self._x[0], y, _WORDS, 0.0)
        for note in self._layout.notes:
            for line in self._note(note):
                y -= _NOTE * 1.5
                self._words(line, self._x[0], y, _NOTE, 0.0)

    def _note(self, text: str) -> list[str]:
        return _broken(text, (self._x[-1] - self._x[0]) / _NOTE, strong=False)

    def _words(
        self, text: str, x: float, y: float, size: float, anchor: float, *, strong: bool = False
    ) -> None:
        """Text whose ``anchor`` (0 left, 0.5 middle, 1 right) stands at ``x``."""
        written = self._canvas.beginText(x - _wide(text, strong) * size * anchor, y)
        for face, stretch in by_face(text, strong):
            written.setFont(face, size)
            written.textOut(stretch)
        self._canvas.drawText(written)


def _broken(text: str, room: float, *, strong: bool) -> list[str]:
    """``text`` on lines of at most ``room`` times the size."""
    lines = [""]
    for char in text:
        if lines[-1] and _wide(lines[-1] + char, strong) > room:
            lines.append("")
        lines[-1] += char
    return lines


def _wide(text: str, strong: bool) -> float:
    """Width as a multiple of the size."""
    return sum(face_for(char, strong=strong).width(char) for char in text)
