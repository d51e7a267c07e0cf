"""Bars from a zero line, lying where names are long or there are several series, with their numbers at the end."""

from __future__ import annotations

from mediation_desk.charts.folding import folded
from mediation_desk.charts.layout.frame import LEADING, say_empty, say_left_out
from mediation_desk.charts.layout.rows import draw_name, least_row, name_room, two_lines
from mediation_desk.charts.layout.scale import highest, known
from mediation_desk.charts.lettering import clean, lines, spoken, told, width, written
from mediation_desk.charts.model import Bars, Group, Value
from mediation_desk.charts.sketch import Box, Sketch
from mediation_desk.charts.theme import Theme

_THINNEST = 0.8
_GAP = 4
_MOST_LINES = 3
_FILLED = 0.66
_WIDEST = 46
_TWO_LINES = 2.7


def bars_height(chart: Bars, width: float, theme: Theme) -> float:
    """As high as the rows need."""
    if _stands(chart, chart.groups, width, theme):
        return theme.body * 16
    row = _row(chart, theme) * 1.12
    names = [group.name for group in chart.groups]
    if len(chart.series) == 1 and two_lines(names, width, theme):
        row = theme.body * _TWO_LINES
    return max(1, min(len(chart.groups), chart.top)) * row


def draw_bars(chart: Bars, box: Box, sketch: Sketch, theme: Theme) -> None:
    """Draw into ``box``."""
    if not known(value for group in chart.groups for value in group.values):
        say_empty(chart, box, sketch, theme)
        return
    standing, left_out = folded(chart.groups, chart.top, ranked=chart.ranked, additive=chart.additive)
    if _stands(chart, standing, box.width, theme) and box.height > theme.body * 8:
        _draw_standing(chart, standing, say_left_out(left_out, box, sketch, theme), sketch, theme)
        return
    fitting = max(2, int(box.height // _row(chart, theme)))
    groups, left_out = folded(
        chart.groups, min(chart.top, fitting), ranked=chart.ranked, additive=chart.additive
    )
    _draw_lying(chart, groups, say_left_out(left_out, box, sketch, theme), sketch, theme)


def _row(chart: Bars, theme: Theme) -> float:
    """The lowest row of one group."""
    return least_row(theme) * len(chart.series) + (0 if len(chart.series) == 1 else theme.body * 0.6)


def _stands(chart: Bars, groups: tuple[Group, ...], room: float, theme: Theme) -> bool:
    """Whether the bars can stand upright with all names and numbers legible."""
    if chart.horizontal or len(chart.series) > 1 or not groups:
        return False
    slot = room / len(groups)
    for group in groups:
        made = lines(clean(group.name), theme.small, slot - 2, _MOST_LINES)
        if "".join(made).replace(" ", "") != clean(group.name).replace(" ", ""):
            return False
        if width(written(group.values[0], chart.unit), theme.small) > slot - 2:
            return False
    return chart.horizontal is False or all(len(group.name) <= 8 for group in groups)


def _draw_lying(chart: Bars, groups: tuple[Group, ...], box: Box, sketch: Sketch, theme: Theme) -> None:
    names = name_room([group.name for group in groups], box, theme)
    labels = [
        [_label(chart, value, place, first=number == 0) for place, value in enumerate(group.values)]
        for number, group in enumerate(groups)
    ]
    ends = max(width(label, theme.body) for line in labels for label in line) + 2 * _GAP
    left, room = box.x + names, max(box.width - names - ends, 10)
    top = highest((value for group in groups for value in group.values), chart.highest)
    slot = min(box.height / len(groups), max(_row(chart, theme) * 1.6, theme.body * _TWO_LINES))
    for number, group in enumerate(groups):
        y = box.y + number * slot
        draw_name(group.name, Box(box.x, y, names, slot), sketch, theme)
        thick = slot * (_FILLED if len(chart.series) == 1 else 0.84) / len(chart.series)
        start = y + (slot - thick * len(chart.series)) / 2
        for place, value in enumerate(group.values):
            bar = Box(left, start + place * thick, _long(value, top, room), thick * 0.94)
            _draw_bar(bar, place, sketch, theme)
            middle = bar.y + bar.height / 2
            end = bar.right
            if value.low is not None and value.high is not None:
                low, high = (left + room * min(one / top, 1) for one in (value.low, value.high))
                _whisker(((low, middle), (high, middle)), sketch, theme)
                end = max(end, high)
            words = labels[number][place]
            sketch.words((end + _GAP, middle + theme.body * 0.36), words, theme.body, theme.ink)
            reach = Box(left, bar.y, end + 2 * _GAP + width(words, theme.body) - left, bar.height)
            sketch.region(reach.corners(), value.target, _said(chart, group, place))
    foot = box.y + len(groups) * slot
    sketch.line((left, box.y), (left, foot), colour=theme.edge, width=1)


def _draw_standing(chart: Bars, groups: tuple[Group, ...], box: Box, sketch: Sketch, theme: Theme) -> None:
    slot = box.width / len(groups)
    names = [lines(clean(group.name), theme.small, slot - 2, _MOST_LINES) for group in groups]
    below = max(map(len, names)) * theme.small * LEADING + _GAP
    foot = box.bottom - below
    room = foot - box.y - theme.small * LEADING
    values = [group.values[0] for group in groups]
    top = highest(values, chart.highest)
    thick = min(slot * _FILLED, _WIDEST)
    for number, (group, value) in enumerate(zip(groups, values, strict=True)):
        middle = box.x + (number + 0.5) * slot
        tall = _long(value, top, room)
        bar = Box(middle - thick / 2, foot - tall, thick, tall)
        _draw_bar(bar, 0, sketch, theme)
        end = bar.y
        if value.low is not None and value.high is not None:
            low, high = (foot - room * min(one / top, 1) for one in (value.low, value.high))
            _whisker(((middle, low), (middle, high)), sketch, theme)
            end = min(end, high)
        words = written(value, chart.unit)
        sketch.words((middle, end - _GAP), words, theme.small, theme.ink, "center")
        y = foot + theme.small * 1.2
        for line in names[number]:
            sketch.words((middle, y), line, theme.small, theme.ink, "center")
            y += theme.small * LEADING
        wide = min(max(thick, width(words, theme.small)) + 2 * _GAP, slot)
        above = end - theme.small * 1.5
        reach = Box(middle - wide / 2, above, wide, foot - above)
        sketch.region(reach.corners(), value.target, _said(chart, group, 0))
    sketch.line((box.x, foot), (box.right, foot), colour=theme.edge, width=1)


def _long(value: Value, top: float, room: float) -> float:
    if not value.amount:
        return 0.0
    return max(min(float(value.amount) / top, 1.0) * room, _THINNEST)


def _draw_bar(bar: Box, place: int, sketch: Sketch, theme: Theme) -> None:
    if bar.width <= 0 or bar.height <= 0:
        return
    style = theme.styles[place]
    sketch.box(bar, style.fill, edge=style.line, hatch=style.hatch, hatch_colour=style.line)


def _whisker(ends: tuple[tuple[float, float], tuple[float, float]], sketch: Sketch, theme: Theme) -> None:
    sketch.line(*ends, colour=theme.ground, width=2.6)
    sketch.line(*ends, colour=theme.ink, width=1)


def _label(chart: Bars, value: Value, place: int, *, first: bool) -> str:
    """The number; in the first group with the name of its series: no legend is needed."""
    name = clean(chart.series[place]) if first else ""
    return f"{written(value, chart.unit)}　{name}".rstrip()


def _said(chart: Bars, group: Group, place: int) -> str:
    return spoken(group.name, chart.series[place], told(group.values[place], chart.unit))
