"""The risk matrix: how likely × how grave; every cell says its level in words, its ground says it again."""

from __future__ import annotations

from mediation_desk.charts.layout.colours import readable_on
from mediation_desk.charts.layout.frame import say_empty
from mediation_desk.charts.layout.grid import draw_heads, head_height
from mediation_desk.charts.layout.rows import draw_name, name_room
from mediation_desk.charts.lettering import clean, cut, spoken, told, written
from mediation_desk.charts.model import Matrix
from mediation_desk.charts.sketch import Box, Sketch
from mediation_desk.charts.theme import Theme

_PAD = 4


def matrix_height(chart: Matrix, room: float, theme: Theme) -> float:
    """As high as its rows and the words around."""
    return len(chart.rows) * theme.body * 4.2 + theme.small * 3 + head_height(chart.columns, room / 5, theme)


def draw_matrix(chart: Matrix, box: Box, sketch: Sketch, theme: Theme) -> None:
    """Draw into ``box``; the likeliest row on top, the gravest column on the right."""
    if not chart.rows or not chart.columns:
        say_empty(chart, box, sketch, theme)
        return
    names = max(name_room(chart.rows, box, theme), theme.small * (len(chart.row_word) + 3))
    wide = (box.width - names) / len(chart.columns)
    head = head_height(chart.columns, wide, theme)
    above = theme.small * 1.6
    top, left = box.y + above, box.x + names
    tall = max((box.height - above - head - theme.small * 1.5) / len(chart.rows), theme.body)
    sketch.words(
        (left - 6, box.y + theme.small), f"↑ {clean(chart.row_word)}", theme.small, theme.quiet, "right"
    )
    for down, place in enumerate(range(len(chart.rows) - 1, -1, -1)):
        y = top + down * tall
        draw_name(chart.rows[place], Box(box.x, y, names, tall), sketch, theme)
        for across in range(len(chart.columns)):
            _draw_cell(chart, place, across, Box(left + across * wide, y, wide, tall), sketch, theme)
    foot = top + tall * len(chart.rows) + head
    draw_heads(chart.columns, left, wide, foot, sketch, theme)
    word = f"{clean(chart.column_word)} →"
    sketch.words((box.right, foot + theme.small * 1.1), word, theme.small, theme.quiet, "right")


def _draw_cell(chart: Matrix, row: int, column: int, cell: Box, sketch: Sketch, theme: Theme) -> None:
    value, level = chart.cells[row][column], chart.levels[row][column]
    ground = theme.levels[min(level, len(theme.levels)) - 1]
    sketch.box(cell, ground, edge=theme.edge, width=0.8)
    ink = readable_on(ground, theme.ink, theme.ground)
    word = chart.level_names[level - 1]
    if cell.height > theme.small + theme.title + 2 * _PAD:
        place = (cell.x + _PAD, cell.y + _PAD + theme.small * 0.9)
        sketch.words(place, cut(word, theme.small, cell.width - 2 * _PAD), theme.small, ink)
        middle = cell.y + cell.height / 2 + theme.small * 0.4 + theme.title * 0.36
        size = theme.title if value.amount else theme.body
        sketch.words((cell.x + cell.width / 2, middle), written(value, chart.unit), size, ink, "center")
    else:
        both = f"{word} {written(value, chart.unit)}"
        middle = cell.y + cell.height / 2 + theme.small * 0.36
        words = cut(both, theme.small, cell.width - 2 * _PAD)
        sketch.words((cell.x + cell.width / 2, middle), words, theme.small, ink, "center")
    said = spoken(
        f"{chart.row_word}{chart.rows[row]}",
        f"{chart.column_word}{chart.columns[column]}",
        word,
        told(value, chart.unit),
    )
    sketch.region(cell.corners(), value.target, said)
