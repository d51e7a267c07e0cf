"""Flowables only letters have: lines with an edge above or below, words at both ends, and the imprint at the foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportlab.lib.colors import Color
from reportlab.platypus import Flowable

from mediation_desk.documents import styles
from mediation_desk.documents.content import Run
from mediation_desk.documents.lines import Line
from mediation_desk.documents.render.pdf_text import RED, Prose
from mediation_desk.documents.styles import MM, Role, Style

_FAINT = Color(0.8, 0.8, 0.8)
_SEAL_ACROSS = 42 * MM  # the largest round seal of a body of this level


def prose(line: Line, look: Style) -> Prose:
    """A line of a paper as a flowable."""
    if line.size:
        look = replace(look, size=line.size, leading=1.3 * line.size)
    if line.over or line.under or line.tail:
        return EdgedProse(line, look)
    if line.circle:
        return CircledProse(line.runs, look, right_indent=line.right_indent)
    return Prose(line.runs, look, right_indent=line.right_indent, rule=line.rule, drawn=line.drawn)


class EdgedProse(Prose):
    """A line of words with lines across the text block; ``tail`` ends at the right, indented like the left."""

    def __init__(self, line: Line, style: Style) -> None:
        super().__init__(line.runs, style, right_indent=line.right_indent)
        self.over, self.under = line.over, line.under
        red = line.role in (Role.MASTHEAD, Role.LETTER_NUMBER)
        self.colour, self.drop = (RED, styles.RED_LINE_DROP) if red else (Color(0, 0, 0), 0.0)
        self.tail = Prose((Run(text=line.tail),), style) if line.tail else None

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:
        """The words, and room for what stands below them."""
        if self.tail is not None:
            self.tail.wrap(avail_width, avail_height)
            self.right = self.tail.lines[0].width + 3 * self.style.size
        width, height = super().wrap(avail_width, avail_height)
        return width, max(height, self.style.leading) + self.drop

    def draw(self) -> None:
        """Draw words, tail and edges."""
        canvas = self.canv
        canvas.saveState()
        canvas.translate(0, self.drop)
        super().draw()
        if self.tail is not None:
            canvas.translate(
                self.width - self.tail.lines[0].width - 2 * self.style.left_indent * self.style.size, 0
            )
            self.tail.canv = canvas
            self.tail.draw()
        canvas.restoreState()
        canvas.saveState()
        canvas.setStrokeColor(self.colour)
        for thick, y in ((self.over, self.height + self.drop), (self.under, 0.0)):
            if thick:
                canvas.setLineWidth(thick)
                canvas.line(0, y, self.width, y)
        canvas.restoreState()


class CircledProse(Prose):
    """The body's name with a faint circle around it and the date below: the place of the seal."""

    def draw(self) -> None:
        """Draw the circle, then the words upon it."""
        line = self.lines[0]
        middle = self._x(0, line) + line.width / 2
        self.canv.saveState()
        self.canv.setStrokeColor(_FAINT)
        self.canv.setLineWidth(0.6)
        self.canv.circle(middle, 0, _SEAL_ACROSS / 2)
        self.canv.restoreState()
        super().draw()


class AtFoot(Flowable):
    """Lines that stand at the foot of the page they come to, whatever is above."""

    def __init__(self, lines: Sequence[Prose]) -> None:
        super().__init__()
        self.lines = tuple(lines)

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:
        """The rest of the page; where that is too little, what the lines need, which is a page of their own."""
        self.heights = [line.wrap(avail_width, avail_height)[1] for line in self.lines]
        needed = sum(self.heights)
        return avail_width, max(needed, avail_height - 0.1)

    def draw(self) -> None:
        """Draw in the order of reading, the last line upon the foot of the page."""
        y = sum(self.heights)
        for line, height in zip(self.lines, self.heights, strict=True):
            y -= height
            line.drawOn(self.canv, 0, y)
