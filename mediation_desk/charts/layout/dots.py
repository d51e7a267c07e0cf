"""Marks in rows: rates with their ranges, or the load of each mediator; the numbers stand in columns beside them."""

from __future__ import annotations

from mediation_desk.charts.folding import folded
from mediation_desk.charts.layout.frame import say_empty, say_left_out
from mediation_desk.charts.layout.rows import draw_name, least_row, name_room
from mediation_desk.charts.layout.scale import counted, highest, known, rounded_up
from mediation_desk.charts.lettering import clean, cut, number, spoken, told, width, written
from mediation_desk.charts.model import Dots, Group
from mediation_desk.charts.sketch import Box, Mark, Sketch
from mediation_desk.charts.theme import Theme

_GAP = 5
_MARKER = 6.0
_TICKS = 4


def dots_height(chart: Dots, room: float, theme: Theme) -> float:
    """As high as its rows."""
    del room
    rows = max(1, min(len(chart.groups), chart.top))
    return rows * _row(chart, theme) * 1.15 + _head(chart, theme) + _foot(theme)


def draw_dots(chart: Dots, box: Box, sketch: Sketch, theme: Theme) -> None:
    """Draw into ``box``."""
    values = [value for group in chart.groups for value in group.values]
    if not known(values):
        say_empty(chart, box, sketch, theme)
        return
    fits = max(2, int((box.height - _head(chart, theme) - _foot(theme)) // _row(chart, theme)))
    groups, left_out = folded(
        chart.groups, min(chart.top, fits), ranked=chart.ranked, additive=chart.additive
    )
    box = say_left_out(left_out, box, sketch, theme)
    most = max(highest(values), *(limit for _name, limit in chart.limits), 0.0)
    top = chart.highest or rounded_up(most, _TICKS, whole=counted(values))
    names = name_room([group.name for group in groups], box, theme)
    columns = [_column(chart, groups, place, theme) for place in range(len(chart.series))]
    plot = Box(
        box.x + names + _GAP,
        box.y + _head(chart, theme),
        max(box.width - names - 3 * _GAP - sum(columns), 10),
        0,
    )
    slot = min((box.height - _head(chart, theme) - _foot(theme)) / len(groups), _row(chart, theme) * 1.6)
    plot = plot._replace(height=slot * len(groups))
    _draw_axis(chart, top, plot, sketch, theme)
    _draw_heads(chart, columns, plot, sketch, theme)
    for place, group in enumerate(groups):
        row = Box(box.x, plot.y + place * slot, names, slot)
        draw_name(group.name, row, sketch, theme)
        _draw_row(chart, group, Box(plot.x, row.y, plot.width, slot), top, columns, sketch, theme)


def _row(chart: Dots, theme: Theme) -> float:
    """The lowest row: marks of several series stand below one another."""
    return max(least_row(theme), (len(chart.series) - 1) * _MARKER * 0.8 + _MARKER)


def _draw_row(
    chart: Dots, group: Group, row: Box, top: float, columns: list[float], sketch: Sketch, theme: Theme
) -> None:
    count = len(group.values)
    middle = row.y + row.height / 2
    sketch.line((row.x, middle), (row.right, middle), colour=theme.hairline, width=0.5)
    end = row.right + 2 * _GAP
    for place, value in enumerate(group.values):
        end += columns[place]
        label = written(value, chart.unit)
        sketch.words((end, middle + theme.body * 0.36), label, theme.body, theme.ink, "right")
        if value.amount is None:
            continue
        style = theme.styles[place]
        y = middle + (place - (count - 1) / 2) * min(row.height * 0.85 / count, _MARKER)
        x = row.x + row.width * min(float(value.amount) / top, 1)
        if value.low is not None and value.high is not None:
            low, high = (row.x + row.width * min(one / top, 1) for one in (value.low, value.high))
            sketch.line((low, y), (high, y), colour=style.line, width=1.2)
        fill = theme.ground if style.hollow else style.line
        sketch.items.append(Mark((x, y), style.marker, _MARKER, style.line, fill))
        reach = Box(x - _MARKER, y - _MARKER * 0.7, 2 * _MARKER, _MARKER * 1.4)
        said = spoken(group.name, chart.series[place], told(value, chart.unit))
        sketch.region(reach.corners(), value.target, said)


def _draw_axis(chart: Dots, top: float, plot: Box, sketch: Sketch, theme: Theme) -> None:
    for part in range(_TICKS + 1):
        x = plot.x + plot.width * part / _TICKS
        sketch.line((x, plot.y), (x, plot.bottom), colour=theme.edge if part == 0 else theme.hairline)
        words = number(top * part / _TICKS)
        sketch.words((x, plot.bottom + theme.small * 1.3), words, theme.small, theme.quiet, "center")
    for name, limit in chart.limits:
        x = plot.x + plot.width * min(limit / top, 1)
        sketch.line((x, plot.y - 2), (x, plot.bottom), colour=theme.ink, dash=(3, 2))
        sketch.words((x, plot.y - theme.small * 0.5), clean(name), theme.small, theme.ink, "center")


def _draw_heads(chart: Dots, columns: list[float], plot: Box, sketch: Sketch, theme: Theme) -> None:
    """Over each column of numbers the mark and the name of its series."""
    end = plot.right + 2 * _GAP
    y = plot.y - theme.small * (1.9 if chart.limits else 0.6)
    for place, name in enumerate(chart.series):
        end += columns[place]
        if not name:
            continue
        words = cut(clean(name), theme.small, columns[place] - 3 * _GAP)
        sketch.words((end, y), words, theme.small, theme.ink, "right")
        style = theme.styles[place]
        at = (end - width(words, theme.small) - _GAP * 1.4, y - theme.small * 0.36)
        fill = theme.ground if style.hollow else style.line
        sketch.items.append(Mark(at, style.marker, _MARKER * 0.85, style.line, fill))


def _column(chart: Dots, groups: tuple[Group, ...], place: int, theme: Theme) -> float:
    numbers = max(width(written(group.values[place], chart.unit), theme.body) for group in groups)
    name = width(clean(chart.series[place]), theme.small) + (3 * _GAP if chart.series[place] else 0)
    return max(numbers, min(name, theme.small * 8)) + 2 * _GAP


def _head(chart: Dots, theme: Theme) -> float:
    return theme.small * (1.6 * any(chart.series) + 1.4 * bool(chart.limits)) + 2


def _foot(theme: Theme) -> float:
    return theme.small * 1.8
