"""Small multiples: the same months, one panel for each figure, the lines named at their ends."""

from __future__ import annotations

import math
from collections.abc import Iterator

from mediation_desk.charts.layout.frame import say_empty
from mediation_desk.charts.layout.scale import counted, highest, known, rounded_up
from mediation_desk.charts.layout.spreading import spread
from mediation_desk.charts.lettering import clean, cut, number, spoken, told, width, written
from mediation_desk.charts.model import Lines, Panel, Series, Value
from mediation_desk.charts.sketch import Box, Mark, Point, Sketch
from mediation_desk.charts.theme import Theme

_PANEL = 21.0  # least width of a panel, in sizes of the body
_GAP = 4
_NAME_SHARE = 0.34
_MOST_MARKS = 26
_GRID = 2  # lines above the zero line
_MARKER = 5.0


def lines_height(chart: Lines, room: float, theme: Theme) -> float:
    """As high as its rows of panels."""
    across = _across(chart, room, theme)
    return math.ceil(max(len(chart.panels), 1) / across) * theme.body * 13.5


def draw_lines(chart: Lines, box: Box, sketch: Sketch, theme: Theme) -> None:
    """Draw into ``box``."""
    everything = [value for panel in chart.panels for series in panel.series for value in series.values]
    if not known(everything):
        say_empty(chart, box, sketch, theme)
        return
    shared = _rounded(everything) if chart.same_scale else None
    across = _across(chart, box.width, theme)
    down = math.ceil(len(chart.panels) / across)
    gap = theme.pad * 1.5
    wide, tall = (box.width - gap * (across - 1)) / across, (box.height - gap * (down - 1)) / down
    for place, panel in enumerate(chart.panels):
        at = Box(
            box.x + place % across * (wide + gap), box.y + place // across * (tall + gap), wide, max(tall, 1)
        )
        _draw_panel(chart, panel, shared, at, sketch, theme)


def _across(chart: Lines, room: float, theme: Theme) -> int:
    fitting = max(1, int(room // (theme.body * _PANEL)))
    rows = math.ceil(max(len(chart.panels), 1) / fitting)
    return math.ceil(max(len(chart.panels), 1) / rows)


def _draw_panel(
    chart: Lines, panel: Panel, shared: float | None, box: Box, sketch: Sketch, theme: Theme
) -> None:
    unit = panel.unit or chart.unit
    heading = clean(f"{panel.name}（{unit}）" if unit and panel.name else panel.name)
    sketch.words((box.x, box.y + theme.body), cut(heading, theme.body, box.width), theme.body, theme.ink)
    values = [value for series in panel.series for value in series.values]
    top = panel.highest or shared or _rounded(values)
    ticks = [top * part / _GRID for part in range(_GRID + 1)]
    left = max(width(number(tick), theme.small) for tick in ticks) + _GAP
    labels = [_ending(series, unit) for series in panel.series]
    room = box.width * _NAME_SHARE
    labels = [cut(label, theme.small, room) for label in labels]
    right = max((width(label, theme.small) for label in labels), default=0) + 3 * _GAP
    head, foot = theme.body * 1.9, theme.small * 1.6
    plot = Box(
        box.x + left, box.y + head, max(box.width - left - right, 10), max(box.height - head - foot, 10)
    )
    for tick in ticks:
        y = plot.bottom - plot.height * tick / top
        sketch.line((plot.x, y), (plot.right, y), colour=theme.edge if tick == 0 else theme.hairline)
        sketch.words((plot.x - _GAP, y + theme.small * 0.36), number(tick), theme.small, theme.quiet, "right")
    _draw_steps(chart.steps, plot, sketch, theme)
    for place, series in enumerate(panel.series):
        _draw_series(chart, panel, place, series, top, plot, sketch, theme)
    wanted = [_end(series, top, plot) for series in panel.series]
    places = spread([y for _x, y in wanted], theme.small * 1.25, plot.y, plot.bottom)
    for (x, y), at, label in zip(wanted, places, labels, strict=True):
        if abs(at - y) > 1:
            sketch.line((x + _GAP, y), (plot.right + 2 * _GAP, at), colour=theme.hairline)
        sketch.words((plot.right + 2.5 * _GAP, at + theme.small * 0.36), label, theme.small, theme.ink)


def _rounded(values: list[Value]) -> float:
    return rounded_up(highest(values), _GRID, whole=counted(values))


def _draw_steps(steps: tuple[str, ...], plot: Box, sketch: Sketch, theme: Theme) -> None:
    """As many names of months as stand beside one another, the last always."""
    if not steps:
        return
    widest = max(width(clean(step), theme.small) for step in steps) + 2 * _GAP
    every = max(1, math.ceil(widest * len(steps) / max(plot.width, 1)))
    for place, step in enumerate(steps):
        if (len(steps) - 1 - place) % every == 0:
            half = width(clean(step), theme.small) / 2 + theme.pad / 2
            x = max(_across_at(place, len(steps), plot), half)
            sketch.words(
                (x, plot.bottom + theme.small * 1.25), clean(step), theme.small, theme.quiet, "center"
            )


def _draw_series(
    chart: Lines,
    panel: Panel,
    place: int,
    series: Series,
    top: float,
    plot: Box,
    sketch: Sketch,
    theme: Theme,
) -> None:
    style = theme.styles[place]
    points: list[Point | None] = [
        None
        if value.amount is None
        else (_across_at(step, len(chart.steps), plot), _up(float(value.amount), top, plot))
        for step, value in enumerate(series.values)
    ]
    for run in _runs(points):
        if len(run) > 1:
            sketch.line(*run, colour=style.line, width=1.4, dash=style.dash)
    every = math.ceil(len(points) / _MOST_MARKS)
    reach = max(min(plot.width / max(len(points), 1), 14.0), 3.0) / 2
    for step, point in enumerate(points):
        if point is None:
            continue
        alone = all(near < 0 or near >= len(points) or points[near] is None for near in (step - 1, step + 1))
        if alone or (len(points) - 1 - step) % every == 0:
            fill = theme.ground if style.hollow else style.line
            sketch.items.append(Mark(point, style.marker, _MARKER, style.line, fill))
        x, y = point
        square = Box(x - reach, y - 7, 2 * reach, 14)
        said = spoken(
            panel.name, series.name, chart.steps[step], told(series.values[step], panel.unit or chart.unit)
        )
        sketch.region(square.corners(), series.values[step].target, said)


def _runs(points: list[Point | None]) -> Iterator[list[Point]]:
    run: list[Point] = []
    for point in points:
        if point is not None:
            run.append(point)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _across_at(step: int, count: int, plot: Box) -> float:
    return plot.x + plot.width * (0.5 if count == 1 else (step + 0.25) / (count - 0.5))


def _up(amount: float, top: float, plot: Box) -> float:
    return plot.bottom - plot.height * min(amount / top, 1)


def _ending(series: Series, unit: str) -> str:
    """Name and last value, which is where the eye arrives."""
    words = written(series.values[-1], unit) if series.values else ""
    return clean(f"{series.name} {words}".strip())


def _end(series: Series, top: float, plot: Box) -> Point:
    for step in range(len(series.values) - 1, -1, -1):
        amount = series.values[step].amount
        if amount is not None:
            return _across_at(step, len(series.values), plot), _up(float(amount), top, plot)
    return plot.right, plot.bottom
