"""Charts of a report, drawn for print from the same tables as its words."""

from __future__ import annotations

from collections.abc import Iterable

from mediation_desk.charts.figures import described, figures
from mediation_desk.charts.files import to_picture_bytes
from mediation_desk.charts.model import (
    Bars,
    Flow,
    Group,
    Lines,
    Link,
    Node,
    Panel,
    Series,
    Stage,
    Value,
)
from mediation_desk.charts.model import Chart as Drawn
from mediation_desk.documents.content import Column, Illustration, Table
from mediation_desk.statistics.analysis import Stream
from mediation_desk.statistics.model import StatRow, StatTable
from mediation_desk.statistics.reporting.material import at, lines_of
from mediation_desk.statistics.reporting.rules import Chart, Part

_WIDTH_CM, _DPI, _TOP = 15.6, 200, 12
_WHOLE = 24  # rows of small type that are kept on one page
_MILLIMETRES = 10


def anything(table: StatTable, codes: Iterable[str]) -> bool:
    """Whether there is something to draw."""
    wanted = tuple(codes)
    return any(at(table, row, code).value for row in lines_of(table) for code in wanted)


def drawn(part: Part, table: StatTable) -> Drawn:
    """The chart a part asks for; no title of its own, the caption below has it."""
    unit = table.column(part.columns[0]).unit
    if part.chart is Chart.LINES:
        return _by_month(part, table, unit)
    names = tuple(table.column(code).name for code in part.columns)
    groups = tuple(
        Group(name=row.label, values=tuple(_value(table, row, code) for code in part.columns))
        for row in lines_of(table)
    )
    return Bars(
        title="",
        unit=unit,
        groups=groups,
        series=names if len(names) > 1 else ("",),
        ranked=part.chart is Chart.RANKED,
        top=_TOP,
    )


def flow_chart(streams: tuple[Stream, ...]) -> Flow:
    """From source over kind of mediation to result."""
    first: dict[tuple[str, str], int] = {}
    second: dict[tuple[str, str], int] = {}
    for one in streams:
        amount = int(one.number.value or 0)
        for links, pair in ((first, (one.source, one.track)), (second, (one.track, one.result))):
            links[pair] = links.get(pair, 0) + amount
    stages = [
        ("来源", "s", [one.source for one in streams]),
        ("调解种类", "t", [one.track for one in streams]),
        ("结果", "r", [one.result for one in streams]),
    ]
    return Flow(
        title="",
        stages=tuple(
            Stage(
                name=name,
                nodes=tuple(
                    Node(code=f"{letter}{word}", name=word, style=place % 4 if letter == "t" else None)
                    for place, word in enumerate(dict.fromkeys(words))
                ),
            )
            for name, letter, words in stages
        ),
        links=tuple(
            Link(start=f"{a}{start}", end=f"{b}{end}", amount=amount)
            for a, b, links in (("s", "t", first), ("t", "r", second))
            for (start, end), amount in links.items()
        ),
    )


def illustration(chart: Drawn, caption: str) -> Illustration:
    """The chart as a picture over the whole width of the text."""
    return Illustration(
        png=to_picture_bytes(chart, _WIDTH_CM, _DPI),
        width=_WIDTH_CM * _MILLIMETRES,
        caption=caption,
        alt=f"{caption}。{described(chart)}",
    )


def flow_figures(chart: Flow) -> Table:
    """The numbers of the bands, for what a picture in grey cannot tell."""
    made = figures(chart)
    return Table(
        columns=tuple(Column(title=one, weight=20) for one in made.head),
        rows=made.rows,
        fine=True,
        whole=len(made.rows) <= _WHOLE,
    )


def _by_month(part: Part, table: StatTable, unit: str) -> Lines:
    """A step for each line of a table by month."""
    rows = lines_of(table)
    return Lines(
        title="",
        unit=unit,
        steps=tuple(_step(place, row) for place, row in enumerate(rows)),
        panels=(
            Panel(
                name="",
                series=tuple(
                    Series(
                        name=table.column(code).name,
                        values=tuple(_value(table, row, code) for row in rows),
                    )
                    for code in part.columns
                ),
            ),
        ),
    )


def _step(place: int, row: StatRow) -> str:
    """The year stands at the first month and at every January."""
    first = row.period.first if row.period else None
    if first is None:
        return row.label
    return f"{first.year}年{first.month}月" if not place or first.month == 1 else f"{first.month}月"


def _value(table: StatTable, row: StatRow, code: str) -> Value:
    found = at(table, row, code)
    return Value(amount=None if found.withheld else found.value)
