"""Flowables that set Chinese text on a ReportLab canvas; they draw characters and know no markup at all."""

from __future__ import annotations

import functools
import io
from collections.abc import Sequence
from typing import Any

from fontTools.pens.basePen import BasePen
from reportlab.lib.colors import Color
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject
from reportlab.platypus import Flowable

from mediation_desk.documents.content import Run
from mediation_desk.documents.render.hand import hand_size
from mediation_desk.documents.render.linebreak import SetLine, set_lines
from mediation_desk.documents.render.typeface import ASCENT, UNITS, face_for, named
from mediation_desk.documents.styles import RULE_GAP, Align, Style

RED = Color(0.85, 0, 0)
TITLE_STROKE = 0.025  # of the size: a light stroke makes the title stand out, there is no bold face


class Prose(Flowable):
    """A paragraph, a title or a table cell."""

    def __init__(
        self,
        runs: Sequence[Run],
        style: Style,
        *,
        right_indent: float = 0,
        rule: bool = False,
        drawn: bytes | None = None,
    ) -> None:
        super().__init__()
        self.runs = tuple(Run(text=run.text, strong=run.strong or style.heading) for run in runs)
        self.style, self.right, self.rule = style, right_indent * style.size, rule
        self.hand = drawn
        self.lines: list[SetLine[bool]] = []
        self.skip_first_indent = False

    def getSpaceBefore(self) -> float:
        """White above, dropped by the frame at the head of a page."""
        return 0 if self.skip_first_indent else self.style.before

    def getSpaceAfter(self) -> float:
        """White below."""
        return self.style.after

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:  # noqa: ARG002
        """Break the text for this width."""
        style = self.style
        width = avail_width - style.left_indent * style.size - self.right
        self.width = avail_width
        if not self.lines:
            first = width - self._first_indent()
            justify = style.align is Align.JUSTIFY
            self.lines = set_lines(self.runs, self._char_width, style.size, first, width, justify=justify)
        self.height = len(self.lines) * style.leading
        return avail_width, self.height

    def split(self, avail_width: float, avail_height: float) -> list[Flowable]:  # noqa: ARG002
        """Cut between lines, never leaving a single line alone on either page."""
        fits = int(avail_height // self.style.leading)
        fits = min(fits, len(self.lines) - 2) if len(self.lines) > 3 else 0
        if fits < 2 or self.rule:
            return []
        return [self._part(self.lines[:fits], after=False), self._part(self.lines[fits:], after=True)]

    def draw(self) -> None:
        """Draw all lines as text."""
        for number, line in enumerate(self.lines):
            self._draw_line(line, self._x(number, line), self._baseline(number))
        if self.rule:
            self._draw_rule()

    def _part(self, lines: list[SetLine[bool]], *, after: bool) -> Prose:
        part = Prose(self.runs, self.style)
        part.right, part.lines = self.right, lines
        part.skip_first_indent = after or self.skip_first_indent
        return part

    def _first_indent(self) -> float:
        return 0.0 if self.skip_first_indent else self.style.first_indent * self.style.size

    def _char_width(self, char: str, strong: bool) -> float:
        return face_for(char, strong=strong, name=self._face(strong)).width(char) * self.style.size

    def _face(self, strong: bool) -> str:
        """The face by its official name; the desk may have it."""
        return self.style.strong_face if strong and not self.style.heading else self.style.face

    def _baseline(self, number: int) -> float:
        style = self.style
        return (
            self.height
            - number * style.leading
            - (style.leading - style.size) / 2
            - style.size * ASCENT / UNITS
        )

    def _x(self, number: int, line: SetLine[bool]) -> float:
        style = self.style
        left = style.left_indent * style.size + (self._first_indent() if number == 0 else 0.0)
        spare = self.width - left - self.right - line.width
        share = {Align.CENTRE: 0.5, Align.RIGHT: 1.0}.get(style.align, 0.0)
        return left + spare * share

    def _draw_line(self, line: SetLine[bool], x: float, y: float) -> None:
        bold = self.style.strong or (self.style.stroked and named(self.style.face) is None)
        self.canv.saveState()
        if self.style.red:
            self.canv.setFillColor(RED)
            self.canv.setStrokeColor(RED)
        if bold:
            self.canv.setLineWidth(self.style.size * TITLE_STROKE)
        text = self.canv.beginText(x, y)
        if bold:
            text.setTextRenderMode(2)
        for piece, strong, space in line.pieces:
            for face_name, stretch in by_face(piece, strong, self._face(strong)):
                text.setFont(face_name, self.style.size)
                text.setCharSpace(space)
                text.textOut(stretch)
        self.canv.drawText(text)
        self.canv.restoreState()

    def _draw_rule(self) -> None:
        """The line to sign on."""
        place = len(self.lines) - 1
        y = self._baseline(place) - self.style.size * 0.18
        start = self._x(place, self.lines[place]) + self.lines[place].width
        self.canv.setLineWidth(0.6)
        self.canv.line(start, y, max(start, self.width - RULE_GAP), y)
        if self.hand is not None:
            width, height = hand_size(self.hand, self.width - RULE_GAP - start, self.style.leading)
            reader = ImageReader(io.BytesIO(self.hand))
            self.canv.drawImage(reader, start + 4, y + 0.5, width, height, mask="auto")


class RepeatedProse(Prose):
    """A header cell: text where it first stands, outlines where a table repeats it.

    A repeated header is page furniture; drawn as shapes it is not read twice by whoever extracts the text.
    """

    def __init__(self, runs: Sequence[Run], style: Style) -> None:
        super().__init__(runs, style)
        self.drawn = False

    def draw(self) -> None:
        """Draw as text once, afterwards as outlines."""
        if not self.drawn:
            self.drawn = True
            super().draw()
            return
        for number, line in enumerate(self.lines):
            text = "".join(piece for piece, _, _ in line.pieces)
            strong = any(strong for _, strong, _ in line.pieces)
            draw_outlines(
                self.canv, text, self._x(number, line), self._baseline(number), self.style.size, strong
            )


def row_pieces(cells: Sequence[Prose], widths: Sequence[float], room: float) -> list[list[Flowable]]:
    """The row of a table, cut where it is higher than ``room``: the rest of long cells goes on in a row below."""
    for cell, width in zip(cells, widths, strict=True):
        cell.wrap(width, 0)
    if max(cell.height for cell in cells) <= room:
        return [list(cells)]
    upper: list[Flowable] = []
    lower: list[Prose] = []
    for cell, width in zip(cells, widths, strict=True):
        parts = [part for part in cell.split(width, room) if isinstance(part, Prose)]
        fits = cell.height <= room or not parts
        upper.append(cell if fits else parts[0])
        lower.append(Prose((), cell.style) if fits else parts[1])
    return [upper, *row_pieces(lower, widths, room)]


def draw_outlines(canvas: Canvas, text: str, x: float, y: float, size: float, strong: bool = False) -> None:
    """Draw ``text`` as filled shapes, not as text."""
    for char in text:
        canvas.saveState()
        canvas.translate(x, y)
        canvas.addLiteral(_outline(char, size, strong))
        canvas.restoreState()
        x += face_for(char, strong=strong).width(char) * size


@functools.lru_cache(maxsize=500)
def _outline(char: str, size: float, strong: bool) -> str:
    """The filled shape of ``char`` as a PDF draws it; numbers at the foot repeat on every page of a case."""
    path = PDFPathObject()
    face_for(char, strong=strong).draw(char, _PathPen(path, 0, 0, size / UNITS))
    return f"{path.getCode()} f"


class _PathPen(BasePen):  # type: ignore[misc]  # fontTools is untyped
    """Draws a glyph into a ReportLab path."""

    def __init__(self, path: Any, x: float, y: float, scale: float) -> None:
        super().__init__(None)
        self.path, self.x, self.y, self.scale = path, x, y, scale

    def _at(self, *points: tuple[float, float]) -> list[float]:
        return [value for px, py in points for value in (self.x + px * self.scale, self.y + py * self.scale)]

    def _moveTo(self, pt: tuple[float, float]) -> None:
        self.path.moveTo(*self._at(pt))

    def _lineTo(self, pt: tuple[float, float]) -> None:
        self.path.lineTo(*self._at(pt))

    def _curveToOne(
        self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]
    ) -> None:
        self.path.curveTo(*self._at(pt1, pt2, pt3))

    def _closePath(self) -> None:
        self.path.close()


def by_face(text: str, strong: bool, wanted: str = "") -> list[tuple[str, str]]:
    """``text`` cut where the face changes: the fallback of one rare character among common ones."""
    parts: list[tuple[str, str]] = []
    for char in text:
        name = face_for(char, strong=strong, name=wanted).name
        if parts and parts[-1][0] == name:
            parts[-1] = (name, parts[-1][1] + char)
        else:
            parts.append((name, char))
    return parts
