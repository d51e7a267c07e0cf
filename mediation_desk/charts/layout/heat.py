"""A table whose grounds are the darker the larger the number; the number is always there, so grey is enough."""

from __future__ import annotations

import math

from mediation_desk.charts.folding import largest, rest_name, together
from mediation_desk.charts.layout.colours import mixed, readable_on
from mediation_desk.charts.layout.frame import say_empty
from mediation_desk.charts.layout.grid import draw_heads, head_height, least_cell
from mediation_desk.charts.layout.rows import draw_name, name_room
from mediation_desk.charts.layout.scale import highest, known
from mediation_desk.charts.lettering import cut, spoken, told, width, written
from mediation_desk.charts.model import Heat, Value
from mediation_desk.charts.sketch import Box, Sketch
from mediation_desk.charts.theme import Theme

_LEAST_WIDTH = 3.4  # of a column, in sizes of the small type
_PAD = 3


def heat_height(chart: Heat, room: float, theme: Theme) -> float:
    """As high as its rows and the names of its columns."""
    rows = max(1, min(len(chart.rows), chart.top_rows))
    columns = max(1, min(len(chart.columns), chart.top_columns))
    head = head_height(chart.columns, room * 0.75 / columns, theme)
    return rows * least_cell(theme) * 1.25 + head


def draw_heat(chart: Heat, box: Box, sketch: Sketch, theme: Theme) -> None:
    """Draw into ``box``."""
    if not known(value for line in chart.cells for value in line):
        say_empty(chart, box, sketch, theme)
        return
    names = name_room(chart.rows, box, theme)
    widest = max(width(written(v, chart.unit), theme.body) for line in chart.cells for v in line)
    least = max(widest + 2 * _PAD, theme.small * _LEAST_WIDTH)
    fits = max(2, int((box.width - names) // least))
    columns, cells = _narrowed(chart.columns, chart.cells, min(fits, chart.top_columns))
    wide = min((box.width - names) / len(columns), theme.body * 9)
    head = head_height(columns, wide, theme)
    room = max(2, int((box.height - head) // least_cell(theme)))
    turned, rows = _turned(cells), chart.rows
    rows, turned = _narrowed(rows, turned, min(room, chart.top_rows))
    cells = _turned(turned)
    folded = (len(rows) < len(chart.rows), len(columns) < len(chart.columns))
    own = [line[: len(line) - folded[1]] for line in cells[: len(cells) - folded[0]]]
    left, top = box.x + names, box.y + head
    tall = min((box.height - head) / len(rows), least_cell(theme) * 2)
    draw_heads(columns, left, wide, top, sketch, theme)
    most = highest(value for line in own for value in line)
    for down, (name, line) in enumerate(zip(rows, cells, strict=True)):
        draw_name(name, Box(box.x, top + down * tall, names, tall), sketch, theme)
        for across, value in enumerate(line):
            cell = Box(left + across * wide, top + down * tall, wide, tall)
            shaded = down < len(own) and across < len(own[down])
            _draw_cell(chart, value, cell, most if shaded else math.inf, sketch, theme)
            said = spoken(name, columns[across], told(value, chart.unit))
            sketch.region(cell.corners(), value.target, said)


def _draw_cell(chart: Heat, value: Value, cell: Box, most: float, sketch: Sketch, theme: Theme) -> None:
    # The square root keeps small numbers apart where one is huge; what was folded is not compared with them.
    share = math.sqrt(min(float(value.amount or 0) / most, 1))
    ground = mixed(*theme.ramp, share)
    sketch.box(cell, ground, edge=theme.hairline)
    ink = readable_on(ground, theme.ink, theme.ground) if value.amount else theme.quiet
    words = cut(written(value, chart.unit), theme.body, cell.width)
    middle = (cell.x + cell.width / 2, cell.y + cell.height / 2 + theme.body * 0.36)
    sketch.words(middle, words, theme.body, ink, "center")


def _narrowed(
    names: tuple[str, ...], cells: tuple[tuple[Value, ...], ...], most: int
) -> tuple[tuple[str, ...], tuple[tuple[Value, ...], ...]]:
    """Columns beyond ``most`` folded into one."""
    weights = [sum(float(v.amount or 0) for v in column) for column in _turned(cells)] if cells else []
    kept, rest = largest(weights, most)
    if not rest:
        return names, cells
    shown = (*(names[place] for place in kept), rest_name(len(rest)))
    return shown, tuple(
        (*(line[place] for place in kept), together([line[place] for place in rest])) for line in cells
    )


def _turned(cells: tuple[tuple[Value, ...], ...]) -> tuple[tuple[Value, ...], ...]:
    return tuple(zip(*cells, strict=True))
