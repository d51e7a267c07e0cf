"""A form grid as one flowable that breaks between its rows and, where a text is long, inside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reportlab.platypus import Flowable

from mediation_desk.documents import styles
from mediation_desk.documents.content import Run
from mediation_desk.documents.form_grid import FormGrid, GridCell, placed
from mediation_desk.documents.render.pdf_text import Prose
from mediation_desk.documents.styles import Role, Style

_LINE = 0.6
_WORTH_BEGINNING = 80.0  # points: less room at the foot of a page is left white


@dataclass(frozen=True)
class _Box:
    """A cell to draw: its paragraphs and how many columns and rows it covers. ``middle``: centred in its height."""

    row: int
    column: int
    span: int
    deep: int
    prose: tuple[Prose, ...]
    foot: tuple[Prose, ...]
    middle: bool

    @property
    def end(self) -> int:
        """The row below it."""
        return self.row + self.deep

    @property
    def words(self) -> float:
        """Height of what is in it, once wrapped."""
        return sum(prose.height for prose in (*self.prose, *self.foot)) + 2 * styles.GRID_PADDING


Halves = Mapping[_Box, tuple[tuple[Prose, ...], tuple[Prose, ...]]]


def grid_sheet(grid: FormGrid, looks: Mapping[Role, Style], page_height: float) -> GridSheet:
    """The grid ready to be set; what fits ``page_height``, the room of an empty page, is not broken."""
    least = [one.height * styles.MM for one in grid.rows]
    boxes = [_box(p.row, p.column, p.cell, looks, running=least[p.row] > 0) for p in placed(grid)]
    return GridSheet(grid.columns, least, boxes, page_height)


class GridSheet(Flowable):
    """``least`` holds the least height of each row in points."""

    def __init__(
        self, columns: Sequence[float], least: list[float], boxes: list[_Box], page_height: float
    ) -> None:
        super().__init__()
        self._columns, self._least, self._boxes, self._page_height = columns, least, boxes, page_height
        self.spaceBefore = self.spaceAfter = styles.GRID_GAP
        self._edges: list[float] = []
        self._heights: list[float] = []

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:  # noqa: ARG002
        """Columns by their shares; rows as high as their fullest cell."""
        whole = sum(self._columns)
        self._edges = [avail_width * sum(self._columns[:n]) / whole for n in range(len(self._columns) + 1)]
        self._heights = list(self._least)
        for box in sorted(self._boxes, key=lambda box: box.deep):
            for prose in (*box.prose, *box.foot):
                prose.wrap(self._inner_width(box), 0)
            missing = box.words - sum(self._heights[box.row : box.end])
            self._heights[box.end - 1] += max(0.0, missing)
        self.width, self.height = avail_width, sum(self._heights)
        return avail_width, self.height

    def split(self, avail_width: float, avail_height: float) -> list[Flowable]:
        """Between rows that no cell reaches across; inside a row only where its text is long."""
        self.wrap(avail_width, 0)
        fit = self._rows_within(avail_height)
        first = max((n for n in range(fit + 1) if not self._reached_across(n)), default=0)
        if self._band_height(first) > self._page_height:
            first = fit  # longer than any page: it has to be cut somewhere
        room = avail_height - sum(self._heights[:first])
        if first == fit < len(self._heights) and room > _WORTH_BEGINNING:
            halves = self._halves(first, room)
            if halves:
                return self._cut(first, halves)
        return self._cut(first, {}) if first else []

    def draw(self) -> None:
        """Frames, then the words of each row from left to right, its feet last, as a reader goes."""
        tops = [self.height - sum(self._heights[:n]) for n in range(len(self._heights) + 1)]
        self.canv.setLineWidth(_LINE)
        for number in range(len(self._heights)):
            here = [box for box in self._boxes if box.row == number]
            for box in here:
                self._draw_box(box, tops[box.row], tops[box.end])
            for box in here:
                rise = sum(prose.height for prose in box.foot)
                self._draw_down(box.foot, box, tops[box.end] + styles.GRID_PADDING + rise)

    def _draw_box(self, box: _Box, top: float, bottom: float) -> None:
        left, right = self._edges[box.column], self._edges[box.column + box.span]
        self.canv.rect(left, bottom, right - left, top - bottom, stroke=1, fill=0)
        drop = (top - bottom - box.words) / 2 if box.middle else 0.0
        self._draw_down(box.prose, box, top - styles.GRID_PADDING - drop)

    def _draw_down(self, lines: Sequence[Prose], box: _Box, top: float) -> None:
        for prose in lines:
            top -= prose.height
            prose.drawOn(self.canv, self._edges[box.column] + styles.GRID_MARGIN, top)

    def _inner_width(self, box: _Box) -> float:
        return self._edges[box.column + box.span] - self._edges[box.column] - 2 * styles.GRID_MARGIN

    def _rows_within(self, room: float) -> int:
        """How many whole rows fit."""
        sums = [sum(self._heights[:n]) for n in range(len(self._heights) + 1)]
        return max(n for n, used in enumerate(sums) if used <= room + 0.01)

    def _reached_across(self, number: int) -> bool:
        """Whether a cell lies on both sides of the upper edge of this row."""
        return any(box.row < number < box.end for box in self._boxes)

    def _band_height(self, first: int) -> float:
        """Height of the rows from ``first`` on that cells hold together."""
        end = first + 1
        while end < len(self._heights) and self._reached_across(end):
            end += 1
        return sum(self._heights[first:end])

    def _halves(self, number: int, room: float) -> Halves:
        """The texts of row ``number`` cut so that the upper parts fit; nothing where that is not worth a cut."""
        halves = {}
        for box in self._boxes:
            if box.row == number and box.deep == 1:
                above, below = _cut_prose(box.prose, self._inner_width(box), room - 2 * styles.GRID_PADDING)
                if box.middle and below and self._band_height(number) <= self._page_height:
                    return {}  # a caption or a few words: not cut without need
                halves[box] = (above, below)
        begun = any(above for above, _ in halves.values())
        return halves if begun and any(below or box.foot for box, (_, below) in halves.items()) else {}

    def _cut(self, number: int, halves: Halves) -> list[Flowable]:
        """The rows above ``number`` and the rest; with ``halves``, row ``number`` is in both."""
        again = 1 if halves else 0
        upper, lower = [], []
        for box in self._boxes:
            above, below = halves.get(box, (box.prose, ()))
            if box.row < number + again:
                whole = box.end <= number
                deep = min(box.end, number + again) - box.row
                upper.append(replace(box, prose=above, deep=deep, foot=box.foot if whole else ()))
            if box.end > number:
                begun = box.row < number or box in halves
                row = max(box.row - number, 0)
                lower.append(
                    replace(box, prose=below if begun else box.prose, row=row, deep=box.end - number - row)
                )
        heights = [*self._least[:number], *([0.0] * again)]
        rest = [*([0.0] * again), *self._least[number + again :]]
        return [
            GridSheet(self._columns, heights, upper, self._page_height),
            GridSheet(self._columns, rest, lower, self._page_height),
        ]


def _box(row: int, column: int, cell: GridCell, looks: Mapping[Role, Style], *, running: bool) -> _Box:
    role = Role.GRID_CAPTION if cell.caption else Role.GRID_TEXT if running else Role.GRID
    return _Box(
        row=row,
        column=column,
        span=cell.span,
        deep=cell.deep,
        prose=_lines(cell.text, looks[role]),
        foot=_lines(cell.foot, looks[Role.GRID_FOOT]),
        middle=cell.caption or not (running or cell.foot),
    )


def _lines(text: str, look: Style) -> tuple[Prose, ...]:
    return tuple(Prose((Run(text=line),), look) for line in text.split("\n")) if text else ()


def _cut_prose(
    lines: tuple[Prose, ...], width: float, room: float
) -> tuple[tuple[Prose, ...], tuple[Prose, ...]]:
    """As many paragraphs as fit, the one across the edge cut between its lines."""
    for place, prose in enumerate(lines):
        if prose.height > room + 0.01:
            parts = prose.split(width, room)
            first = tuple(part for part in parts[:1] if isinstance(part, Prose))
            rest = tuple(part for part in parts[1:] if isinstance(part, Prose))
            if not parts:
                rest = (prose,)
            return (*lines[:place], *first), (*rest, *lines[place + 1 :])
        room -= prose.height
    return lines, ()
