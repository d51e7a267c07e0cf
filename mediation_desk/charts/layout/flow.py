"""From where through what to which end: bands as wide as their counts, the counts written on them."""

from __future__ import annotations

from dataclasses import dataclass

from mediation_desk.charts.layout.colours import mixed
from mediation_desk.charts.layout.frame import LEADING, say_empty
from mediation_desk.charts.layout.spreading import spread
from mediation_desk.charts.layout.streams import Streams, streams
from mediation_desk.charts.lettering import clean, cut, spoken, width
from mediation_desk.charts.model import Flow, Link, Node, Stage
from mediation_desk.charts.sketch import Align, Box, Point, Shape, Sketch
from mediation_desk.charts.theme import Theme

_GAP = 4
_THINNEST = 0.7
_NODE = 8.0
_SIDE = 0.24  # most of the width for the names on either side
_INNER = 0.3  # most of the distance of two stages for a node between them
_LIGHT = 0.4
_OUTLINED = 2.0
_HATCHED = 4.0  # thinner bands would show a stroke of the hatch here and there


@dataclass(slots=True)
class _Placed:
    """A node where it stands, and how far down its bands have come on either side."""

    node: Node
    box: Box
    arrived: float
    left: float


@dataclass(frozen=True, slots=True)
class _Band:
    """A link with its upper corners and its thickness."""

    link: Link
    start: Point
    end: Point
    tall: float


def flow_height(chart: Flow, room: float, theme: Theme) -> float:
    """As high as the stage with most names needs."""
    del room
    most = max((min(len(stage.nodes), stage.top) for stage in chart.stages), default=1)
    return max(theme.body * 22, most * theme.body * 3.2)


def draw_flow(chart: Flow, box: Box, sketch: Sketch, theme: Theme) -> None:
    """Draw into ``box``."""
    made = streams(chart)
    if not made.total:
        say_empty(chart, box, sketch, theme)
        return
    head = theme.small * LEADING + _GAP
    field = Box(box.x, box.y + head, box.width, max(box.height - head, 1))
    most = max(len(stage.nodes) for stage in made.stages)
    gap = min(theme.body * 1.5, field.height * 0.5 / max(most - 1, 1))
    scale = (field.height - gap * (most - 1)) / made.total
    columns = _columns(made, chart.unit, field, theme)
    placed = {
        spot.node.code: spot
        for stage, column in zip(made.stages, columns, strict=True)
        for spot in _stacked(stage, made, column, scale, gap)
    }
    bands = [_band(link, placed, scale) for link in made.links if link.amount]
    for band in sorted(bands, key=lambda band: -band.tall):  # the thin ones above the thick
        _draw_band(made, band, sketch, theme)
    for band in bands:
        _draw_count(chart, band, placed, sketch, theme)
    for number, (stage, column) in enumerate(zip(made.stages, columns, strict=True)):
        align = _align(number, len(made.stages))
        x = {"right": column.right, "left": column.x, "center": column.x + column.width / 2}[align]
        sketch.words((x, box.y + theme.small), clean(stage.name), theme.small, theme.quiet, align)
        spots = [placed[node.code] for node in stage.nodes]
        _draw_nodes(chart, made, spots, align, field, sketch, theme)


def _align(number: int, count: int) -> Align:
    """Names stand left of the first stage, right of the last, and in those between."""
    return "right" if number == 0 else "left" if number == count - 1 else "center"


def _columns(made: Streams, unit: str, field: Box, theme: Theme) -> list[Box]:
    """The column of each stage; the nodes between the ends are as wide as their names."""
    widest = [
        max((width(_label(made, node, unit), theme.body) for node in stage.nodes), default=0)
        for stage in made.stages
    ]
    side = field.width * _SIDE
    first = field.x + min(widest[0], side) + 2 * _GAP
    last = field.right - min(widest[-1], side) - 2 * _GAP - _NODE
    count = len(made.stages)
    columns = []
    for number in range(count):
        middle = first + _NODE / 2 + (last - first) * number / max(count - 1, 1)
        inner = min(widest[number] + 3 * _GAP, (last - first) * _INNER)
        wide = _NODE if number in (0, count - 1) else inner
        columns.append(Box(middle - wide / 2, field.y, wide, field.height))
    return columns


def _stacked(stage: Stage, made: Streams, column: Box, scale: float, gap: float) -> list[_Placed]:
    amounts = [made.amounts[node.code] for node in stage.nodes]
    y = column.y + (column.height - sum(amounts) * scale - gap * (len(amounts) - 1)) / 2
    spots = []
    for node, amount in zip(stage.nodes, amounts, strict=True):
        spots.append(_Placed(node, Box(column.x, y, column.width, amount * scale), y, y))
        y += amount * scale + gap
    return spots


def _band(link: Link, placed: dict[str, _Placed], scale: float) -> _Band:
    """Where the band of ``link`` runs: below those that came before it, on either side."""
    start, end, tall = placed[link.start], placed[link.end], link.amount * scale
    band = _Band(link, (start.box.right, start.left), (end.box.x, end.arrived), tall)
    start.left += tall
    end.arrived += tall
    return band


def _draw_band(made: Streams, band: _Band, sketch: Sketch, theme: Theme) -> None:
    (x0, y0), (x1, y1) = band.start, band.end
    drawn, bend = max(band.tall, _THINNEST), (x1 - x0) / 2
    upper = ((x0, y0), (x0 + bend, y0), (x1 - bend, y1), (x1, y1))
    lower = tuple((x, y + drawn) for x, y in reversed(upper))
    place = made.style(band.link)
    style = theme.plain if place is None else theme.styles[place]
    light = mixed(style.fill, theme.ground, _LIGHT)
    if band.tall < _OUTLINED:
        sketch.items.append(Shape((*upper, *lower), mixed(style.line, theme.ground, _LIGHT), curved=True))
        return
    hatch = style.hatch if band.tall >= _HATCHED else ""
    sketch.items.append(Shape((*upper, *lower), light, style.line, hatch, style.line, 0.5, curved=True))


def _draw_count(chart: Flow, band: _Band, placed: dict[str, _Placed], sketch: Sketch, theme: Theme) -> None:
    """The count on the band where there is room for it; told in any case where one points at it."""
    link = band.link
    names = f"{placed[link.start].node.name}到{placed[link.end].node.name}"
    outline = _outline(*band.start, *band.end, max(band.tall, _THINNEST))
    sketch.region(outline, link.target, spoken(names, f"{link.amount:,} {chart.unit}"))
    if band.tall < theme.small * 1.1:
        return
    words = f"{link.amount:,}"
    x, middle = band.start[0], band.start[1] + band.tall / 2
    plate = Box(
        x + 1.5 * _GAP, middle - theme.small * 0.55, width(words, theme.small) + _GAP, theme.small * 1.1
    )
    sketch.box(plate, theme.ground)
    sketch.words((plate.x + _GAP / 2, middle + theme.small * 0.36), words, theme.small, theme.ink)


def _outline(x0: float, y0: float, x1: float, y1: float, tall: float) -> tuple[tuple[float, float], ...]:
    """The band as a polygon, for pointing at it: at least as high as one can hit."""
    more = max(0.0, 6 - tall) / 2
    along = [step / 8 for step in range(9)]
    eased = [(x0 + (x1 - x0) * _bent(t), y0 + (y1 - y0) * (3 * t * t - 2 * t**3)) for t in along]
    lower = [(x, y + tall + more) for x, y in reversed(eased)]
    return (*((x, y - more) for x, y in eased), *lower)


def _bent(t: float) -> float:
    """How far along a Bézier curve whose inner points lie half way has come, from left to right."""
    return 1.5 * t * (1 - t) ** 2 + 1.5 * t * t * (1 - t) + t**3


def _draw_nodes(
    chart: Flow, made: Streams, spots: list[_Placed], align: Align, field: Box, sketch: Sketch, theme: Theme
) -> None:
    wanted = [spot.box.y + spot.box.height / 2 for spot in spots]
    places = spread(wanted, theme.body * 1.3, field.y + theme.body * 0.65, field.bottom - theme.body * 0.65)
    for spot, middle in zip(spots, places, strict=True):
        box = spot.box._replace(height=max(spot.box.height, _THINNEST))
        label = _label(made, spot.node, chart.unit)
        if align == "center":
            _draw_inner(label, box, sketch, theme)
        else:
            style = theme.plain if spot.node.style is None else theme.styles[spot.node.style]
            sketch.box(box, theme.edge if spot.node.style is None else style.line)
            x = box.x - _GAP if align == "right" else box.right + _GAP
            room = box.x - field.x - _GAP if align == "right" else field.right - box.right - _GAP
            words = cut(label, theme.body, room)
            sketch.words((x, middle + theme.body * 0.36), words, theme.body, theme.ink, align)
        reach = box if box.height >= 8 else box._replace(y=box.y - 4, height=box.height + 8)
        said = spoken(spot.node.name, f"{made.amounts[spot.node.code]:,} {chart.unit}")
        sketch.region(reach.corners(), spot.node.target, said)


def _draw_inner(label: str, box: Box, sketch: Sketch, theme: Theme) -> None:
    """A node between the ends: its name inside, or above where it is too low."""
    sketch.box(box, theme.ground, edge=theme.edge, width=1)
    words = cut(label, theme.body, box.width - _GAP)
    x = box.x + box.width / 2
    if box.height >= theme.body * 1.3:
        sketch.words((x, box.y + box.height / 2 + theme.body * 0.36), words, theme.body, theme.ink, "center")
    else:
        sketch.words((x, box.y - theme.body * 0.3), words, theme.body, theme.ink, "center")


def _label(made: Streams, node: Node, unit: str) -> str:
    return clean(f"{node.name} {made.amounts[node.code]:,}{unit}")
