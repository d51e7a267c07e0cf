"""The figures of a chart as a table of words: for who cannot see it, for papers, and to copy."""

from __future__ import annotations

from mediation_desk.charts.lettering import NOTHING, clean, number, spoken, written
from mediation_desk.charts.model import Bars, Chart, Dots, Flow, Heat, Lines, Matrix, Value
from mediation_desk.shared.record import record


@record
class Figures:
    """``head`` names the columns, the first being that of the names."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def figures(chart: Chart) -> Figures:
    """All of them, nothing folded."""
    match chart:
        case Bars() | Dots():
            names = tuple(name or chart.title for name in chart.series)
            rows = ((group.name, *_cells(group.values, chart.unit)) for group in chart.groups)
            return Figures(head=("", *names), rows=tuple(rows))
        case Lines():
            made = (
                (spoken(panel.name, series.name), *_cells(series.values, panel.unit or chart.unit))
                for panel in chart.panels
                for series in panel.series
            )
            return Figures(head=("", *chart.steps), rows=tuple(made))
        case Heat() | Matrix():
            head = (f"{chart.row_word}＼{chart.column_word}".strip("＼"), *chart.columns)
            lines = zip(chart.rows, chart.cells, strict=True)
            return Figures(head=head, rows=tuple((name, *_cells(line, chart.unit)) for name, line in lines))
        case Flow():
            names_of = {node.code: node.name for stage in chart.stages for node in stage.nodes}
            links = ((names_of[a.start], names_of[a.end], number(a.amount)) for a in chart.links if a.amount)
            return Figures(head=("从", "到", chart.unit), rows=tuple(links))
    raise TypeError(type(chart).__name__)


def _cells(values: tuple[Value, ...], unit: str) -> tuple[str, ...]:
    return tuple(written(value, unit) for value in values)


def described(chart: Chart, most: int = 400) -> str:
    """A sentence or two in place of the picture, of at most ``most`` characters: alternative text of papers."""
    table = figures(chart)
    if all(cell == NOTHING for row in table.rows for cell in row[1:]):
        return spoken(clean(chart.title), clean(chart.period), clean(chart.empty))
    parts = [spoken(clean(row[0]), " ".join(row[1:])) for row in table.rows]
    words = f"{spoken(clean(chart.title), clean(chart.period))}。{'；'.join(parts)}。"
    return words if len(words) <= most else words[: most - 1] + "…"
