"""Tables: widths, merged cells, lines and heights."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from docx.oxml.ns import qn

from mediation_desk.documents.styles import Align
from mediation_desk.documents.templates.layout import Cell, Edges, Grid, Lines, Row
from mediation_desk.documents.templates.word.opened import TC, TR, Element, P
from mediation_desk.documents.templates.word.styling import Styling, points

_USUAL_PADDING = 5.4
_USUAL_WIDTH = 72.0
_ALIGN = {"center": Align.CENTRE, "right": Align.RIGHT, "end": Align.RIGHT}
_VALIGN = {"center": "MIDDLE", "bottom": "BOTTOM"}
_NO_LINE = ("nil", "none")

Read = Callable[[Element], Iterable[Lines]]


def read_table(table: Element, styling: Styling, read: Read) -> Grid:
    """The table with its cells read by ``read``."""
    properties = table.find(qn("w:tblPr"))
    layers = _layers(properties, styling)
    rows = [_row(row, layers, read) for row in table.findall(TR)]
    count = max((sum(cell.span for cell in row.cells) for row in rows), default=0)
    rows = _closed(rows, layers)
    return Grid(
        widths=_widths(table, count),
        rows=tuple(rows),
        align=_ALIGN.get(_value(properties, "w:jc") or "", Align.LEFT),
        left=points(_value(properties, "w:tblInd", "w:w")),
        padding=_padding(layers, "w:left", _USUAL_PADDING),
        over=_padding(layers, "w:top", 0.0),
    )


def _layers(properties: Element | None, styling: Styling) -> list[Element]:
    """Properties of the table, then those of its style."""
    styles = styling.table_style(_value(properties, "w:tblStyle"))
    found = [properties, *(style.find(qn("w:tblPr")) for style in styles)]
    return [one for one in found if one is not None]


def _row(row: Element, layers: list[Element], read: Read) -> Row:
    properties = row.find(qn("w:trPr"))
    cells, column = [], int(_value(properties, "w:gridBefore") or 0)
    for cell in row.findall(TC):
        own = cell.find(qn("w:tcPr"))
        span = max(1, int(_value(own, "w:gridSpan") or 1))
        merge = own.find(qn("w:vMerge")) if own is not None else None
        goes_on = merge is not None and merge.get(qn("w:val")) != "restart"
        cells.append(
            Cell(
                lines=tuple(line for p in cell.findall(P) for line in read(p)),
                column=column,
                span=span,
                rows=0 if goes_on else 1,
                edges=_edges(own, layers),
                valign=_VALIGN.get(_value(own, "w:vAlign") or "", "TOP"),
                ground=_ground(own),
            )
        )
        column += span
    height = properties.find(qn("w:trHeight")) if properties is not None else None
    header = properties is not None and properties.find(qn("w:tblHeader")) is not None
    least = points(height.get(qn("w:val"))) if height is not None else 0.0
    return Row(cells=tuple(cells), height=least, header=header)


def _closed(rows: list[Row], layers: list[Element]) -> list[Row]:
    """Inner lines are the table's outer ones at its rim; merged cells learn how many rows they span."""
    made: list[Row] = []
    last = len(rows) - 1
    for place, row in enumerate(rows):
        cells = []
        for number, cell in enumerate(row.cells):
            edges = cell.edges
            if place == 0 and edges.top < 0:
                edges = replace(edges, top=_border(layers, "top"))
            if place == last and edges.bottom < 0:
                edges = replace(edges, bottom=_border(layers, "bottom"))
            if number == 0 and edges.left < 0:
                edges = replace(edges, left=_border(layers, "left"))
            if number == len(row.cells) - 1 and edges.right < 0:
                edges = replace(edges, right=_border(layers, "right"))
            cells.append(replace(cell, edges=_inside(edges, layers), rows=_reach(rows, place, cell)))
        made.append(replace(row, cells=tuple(cells)))
    return made


def _reach(rows: list[Row], place: int, cell: Cell) -> int:
    """How many rows a cell spans downwards; 0 for one that continues the cell above."""
    if cell.rows == 0:
        return 0
    reach = 1
    for row in rows[place + 1 :]:
        below = next((one for one in row.cells if one.column == cell.column), None)
        if below is None or below.rows or below.span != cell.span:
            break
        reach += 1
    return reach


def _edges(own: Element | None, layers: list[Element]) -> Edges:  # noqa: ARG001
    """Lines of the cell itself; -1 where the table decides."""
    borders = own.find(qn("w:tcBorders")) if own is not None else None
    return Edges(**{side: _own(borders, side) for side in ("top", "left", "bottom", "right")})


def _own(borders: Element | None, side: str) -> float:
    found = borders.find(qn(f"w:{side}")) if borders is not None else None
    return _thick(found) if found is not None else -1.0


def _inside(edges: Edges, layers: list[Element]) -> Edges:
    across, down = _border(layers, "insideH"), _border(layers, "insideV")
    return Edges(
        top=across if edges.top < 0 else edges.top,
        bottom=across if edges.bottom < 0 else edges.bottom,
        left=down if edges.left < 0 else edges.left,
        right=down if edges.right < 0 else edges.right,
    )


def _border(layers: list[Element], side: str) -> float:
    for properties in layers:
        borders = properties.find(qn("w:tblBorders"))
        found = borders.find(qn(f"w:{side}")) if borders is not None else None
        if found is not None:
            return _thick(found)
    return 0.0


def _thick(border: Element) -> float:
    if border.get(qn("w:val")) in _NO_LINE:
        return 0.0
    return min(6.0, max(0.25, float(border.get(qn("w:sz")) or 4) / 8))


def _padding(layers: list[Element], side: str, otherwise: float) -> float:
    for properties in layers:
        margins = properties.find(qn("w:tblCellMar"))
        found = margins.find(qn(side)) if margins is not None else None
        if found is not None:
            return points(found.get(qn("w:w")))
    return otherwise


def _widths(table: Element, count: int) -> tuple[float, ...]:
    grid = [points(one.get(qn("w:w")), _USUAL_WIDTH) for one in table.iter(qn("w:gridCol"))]
    widths = (grid + [_USUAL_WIDTH] * count)[:count]
    return tuple(max(width, 1.0) for width in widths)


def _ground(own: Element | None) -> str:
    fill = _value(own, "w:shd", "w:fill") or ""
    return fill if len(fill) == 6 and fill.upper() != "FFFFFF" and fill.isalnum() else ""


def _value(properties: Element | None, name: str, attribute: str = "w:val") -> str | None:
    found = properties.find(qn(name)) if properties is not None else None
    return str(found.get(qn(attribute))) if found is not None and found.get(qn(attribute)) else None
