"""What all charts share: title, period and unit above, definitions below, words in place of a picture."""

from __future__ import annotations

from mediation_desk.charts.lettering import clean, lines
from mediation_desk.charts.model import Chart
from mediation_desk.charts.sketch import Box, Sketch
from mediation_desk.charts.theme import Theme

LEADING = 1.45
EMPTY = 7.0
"""Least height of what stands in place of a picture, in sizes of the body."""
_MOST_TITLE, _MOST_NOTE = 2, 3


def frame_height(chart: Chart, width: float, theme: Theme) -> float:
    """What title, notes and edges take of the height."""
    room = width - 2 * theme.pad
    titles = len(_title(chart, room, theme))
    above = titles * theme.title * LEADING + theme.small * LEADING + theme.pad
    notes = _notes(chart, room, theme)
    below = len(notes) * theme.small * LEADING + (theme.pad if notes else 0)
    return above + below + 2 * theme.pad


def draw_frame(chart: Chart, sketch: Sketch, theme: Theme) -> Box:
    """Draw title, period, unit and notes; returns what is left for the picture."""
    width, height = sketch.size
    pad, room = theme.pad, width - 2 * theme.pad
    y = pad
    for line in _title(chart, room, theme):
        y += theme.title * LEADING
        sketch.words((pad, y - theme.title * 0.4), line, theme.title, theme.ink)
    y += theme.small * LEADING
    unit = f"单位：{chart.unit}" if chart.unit else ""
    below_title = "　".join(clean(part) for part in (chart.period, unit) if part)
    for line in lines(below_title, theme.small, room, 1):
        sketch.words((pad, y - theme.small * 0.4), line, theme.small, theme.quiet)
    top = y + pad
    notes = _notes(chart, room, theme)
    bottom = height - pad
    for line in reversed(notes):
        sketch.words((pad, bottom - theme.small * 0.25), line, theme.small, theme.quiet)
        bottom -= theme.small * LEADING
    if notes:
        bottom -= pad
    return Box(pad, top, room, max(bottom - top, 1))


def say_empty(chart: Chart, box: Box, sketch: Sketch, theme: Theme) -> None:
    """The words in place of the picture, in its middle."""
    sketch.box(box, theme.ground, edge=theme.hairline)
    made = lines(clean(chart.empty), theme.body, box.width - 2 * theme.pad, 3)
    y = box.y + box.height / 2 - (len(made) - 1) * theme.body * LEADING / 2
    for line in made:
        sketch.words((box.x + box.width / 2, y + theme.body * 0.35), line, theme.body, theme.quiet, "center")
        y += theme.body * LEADING


def say_left_out(count: int, box: Box, sketch: Sketch, theme: Theme) -> Box:
    """The line that says how many are not drawn, at the foot of ``box``; returns what is left."""
    if not count:
        return box
    line = f"另有{count}个没有画出，见表。"
    sketch.words((box.x, box.bottom - theme.small * 0.3), line, theme.small, theme.quiet)
    return Box(box.x, box.y, box.width, box.height - theme.small * LEADING)


def _title(chart: Chart, room: float, theme: Theme) -> tuple[str, ...]:
    """Its lines; none where whoever asked writes the title beside the picture."""
    room -= theme.corner
    return lines(clean(chart.title), theme.title, room, _MOST_TITLE) if chart.title else ()


def _notes(chart: Chart, room: float, theme: Theme) -> list[str]:
    return [line for note in chart.notes for line in lines(clean(note), theme.small, room, _MOST_NOTE)]
