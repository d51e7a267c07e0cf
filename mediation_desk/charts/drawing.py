"""The one door: a chart becomes a picture, and a file."""

from __future__ import annotations

from mediation_desk.charts.layout.bars import bars_height, draw_bars
from mediation_desk.charts.layout.dots import dots_height, draw_dots
from mediation_desk.charts.layout.flow import draw_flow, flow_height
from mediation_desk.charts.layout.frame import EMPTY, draw_frame, frame_height
from mediation_desk.charts.layout.heat import draw_heat, heat_height
from mediation_desk.charts.layout.lines import draw_lines, lines_height
from mediation_desk.charts.layout.matrix import draw_matrix, matrix_height
from mediation_desk.charts.model import Bars, Chart, Dots, Flow, Heat, Lines, Matrix
from mediation_desk.charts.picture import Picture
from mediation_desk.charts.sketch import Size, Sketch
from mediation_desk.charts.theme import PRINT, Theme


def draw(chart: Chart, size: Size, theme: Theme = PRINT) -> Picture:
    """The picture of ``chart``; thread-safe, and without a display."""
    sketch = Sketch(size)
    box = draw_frame(chart, sketch, theme)
    match chart:
        case Bars():
            draw_bars(chart, box, sketch, theme)
        case Dots():
            draw_dots(chart, box, sketch, theme)
        case Lines():
            draw_lines(chart, box, sketch, theme)
        case Heat():
            draw_heat(chart, box, sketch, theme)
        case Flow():
            draw_flow(chart, box, sketch, theme)
        case Matrix():
            draw_matrix(chart, box, sketch, theme)
        case _:
            raise TypeError(type(chart).__name__)
    return Picture(sketch, theme.ground, chart.title)


def fitting(chart: Chart, width: float, theme: Theme = PRINT) -> Size:
    """``width`` with the height at which everything has its room."""
    room = width - 2 * theme.pad
    match chart:
        case Bars():
            height = bars_height(chart, room, theme)
        case Dots():
            height = dots_height(chart, room, theme)
        case Lines():
            height = lines_height(chart, room, theme)
        case Heat():
            height = heat_height(chart, room, theme)
        case Flow():
            height = flow_height(chart, room, theme)
        case Matrix():
            height = matrix_height(chart, room, theme)
        case _:
            raise TypeError(type(chart).__name__)
    return Size(width, frame_height(chart, width, theme) + max(height, EMPTY * theme.body))
