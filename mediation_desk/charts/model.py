"""What a chart shows, as plain data: the words around it, and values that know what they open."""

from __future__ import annotations

from collections.abc import Hashable
from decimal import Decimal
from itertools import pairwise
from math import isfinite
from typing import TypeAlias

from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record

Amount: TypeAlias = int | float | Decimal
SMALL = 10
"""A rate of fewer cases than this is written as a fraction, never as a percentage."""
MOST_SERIES = 4
"""More series than this cannot be told apart in grey."""
SMALL_NOTE = f"件数少于{SMALL}的不写百分比，写成几分之几。"


@record
class Value:
    """One bar, point or cell.

    amount: what is drawn, in the chart's unit; None where there is nothing to say (a rate of no cases): a gap and
    "—", never 0. words: what is written instead of the amount. target: whatever the caller wants back when it is
    clicked. low, high: ends of the range the value may lie in by chance, drawn as a thin line. part, whole: the
    counts of a rate, from which those of several are added.
    """

    amount: Amount | None
    target: Hashable = None
    words: str = ""
    low: float | None = None
    high: float | None = None
    part: int | None = None
    whole: int | None = None


@record
class Together:
    """Target of what stands for several: 其余 opens the cases of all of them."""

    targets: tuple[Hashable, ...]


@record
class Chart:
    """What every chart says besides its figures.

    unit: of all amounts ("件", "%", "万元"). notes: definitions and remarks, one line each. empty: said in place
    of the picture when there is nothing to draw.
    """

    title: str
    period: str = ""
    unit: str = "件"
    notes: tuple[str, ...] = ()
    empty: str = "这段期间没有数字。"


@record
class Group:
    """A place on the axis: a body, a kind, a month. ``values`` go with the series of the chart."""

    name: str
    values: tuple[Value, ...]


@record
class Bars(Chart):
    """Bars from a zero line; more than ``top`` groups are folded into 其余.

    series: their names, one empty name where there is only one. horizontal: None leaves it to the length of the
    names. ranked: largest first; otherwise the order given stays. additive: whether 其余 may be added up; an
    average may not, and then it is only said how many are not drawn. highest: end of the axis, 100 for rates.
    """

    groups: tuple[Group, ...]
    series: tuple[str, ...] = ("",)
    horizontal: bool | None = None
    ranked: bool = False
    additive: bool = True
    top: int = 20
    highest: float | None = None

    def __post_init__(self) -> None:
        _fits(self.series, tuple(group.values for group in self.groups))


@record
class Dots(Chart):
    """One row for each name, a mark for each series, and the range of small numbers as a line.

    limits: upright lines with a name ("中心平均", "上限 8 件").
    """

    groups: tuple[Group, ...]
    series: tuple[str, ...] = ("",)
    limits: tuple[tuple[str, float], ...] = ()
    ranked: bool = False
    additive: bool = False
    top: int = 30
    highest: float | None = None

    def __post_init__(self) -> None:
        _fits(self.series, tuple(group.values for group in self.groups))


@record
class Series:
    """One line: as many values as the chart has steps."""

    name: str
    values: tuple[Value, ...]


@record
class Panel:
    """One of the small multiples. ``unit`` "" means the chart's."""

    name: str
    series: tuple[Series, ...]
    unit: str = ""
    highest: float | None = None


@record
class Lines(Chart):
    """Small multiples over the same steps (months); a missing value is a gap in the line.

    same_scale: all panels up to the same height, to be compared; otherwise each to its own.
    """

    steps: tuple[str, ...]
    panels: tuple[Panel, ...]
    same_scale: bool = False

    def __post_init__(self) -> None:
        for panel in self.panels:
            if len(panel.series) > MOST_SERIES:
                raise InputError(f"一张图最多{MOST_SERIES}条线，“{panel.name}”有{len(panel.series)}条。")
            for series in panel.series:
                if len(series.values) != len(self.steps):
                    raise InputError(
                        f"“{series.name}”有{len(series.values)}个数，横轴有{len(self.steps)}格。"
                    )
                _require_positive(series.values)


@record
class Heat(Chart):
    """A table with grounds the darker the larger: rows × columns, a number in every cell.

    More rows or columns than there is room for are folded into 其余 by adding.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[Value, ...], ...]
    row_word: str = ""
    column_word: str = ""
    top_rows: int = 25
    top_columns: int = 14

    def __post_init__(self) -> None:
        if len(self.cells) != len(self.rows):
            raise InputError(f"“{self.title}”有{len(self.rows)}个行名，却有{len(self.cells)}行数。")
        _fits(self.columns, self.cells, most=None)


@record
class Node:
    """One of a stage of a flow. ``style`` chooses the pattern of its bands (0 to 3), None the quiet one."""

    code: str
    name: str
    target: Hashable = None
    style: int | None = None


@record
class Stage:
    """A column of a flow: 来源, 调解种类, 结果."""

    name: str
    nodes: tuple[Node, ...]
    top: int = 10


@record
class Link:
    """So many go from the node ``start`` of a stage to the node ``end`` of the next."""

    start: str
    end: str
    amount: int
    target: Hashable = None


@record
class Flow(Chart):
    """Bands as wide as their counts, from stage to stage."""

    stages: tuple[Stage, ...]
    links: tuple[Link, ...]

    def __post_init__(self) -> None:
        codes = [{node.code for node in stage.nodes} for stage in self.stages]
        for link in self.links:
            if not any(link.start in a and link.end in b for a, b in pairwise(codes)):
                raise InputError(f"“{self.title}”里没有从“{link.start}”到“{link.end}”的相邻两栏。")
            if link.amount < 0:
                raise InputError("图里的数不能小于0。")


@record
class Matrix(Chart):
    """Risk: probability (rows, least first) × harm (columns, least first); each cell has a level and a count.

    levels: 1 (most urgent) to 4 for each cell; level_names: their words, first that of level 1.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    levels: tuple[tuple[int, ...], ...]
    cells: tuple[tuple[Value, ...], ...]
    row_word: str = "可能性"
    column_word: str = "危害程度"
    level_names: tuple[str, ...] = ("一级", "二级", "三级", "四级")

    def __post_init__(self) -> None:
        if not len(self.cells) == len(self.levels) == len(self.rows):
            raise InputError(f"“{self.title}”的行数不一致。")
        _fits(self.columns, self.cells, most=None)
        for line in self.levels:
            if len(line) != len(self.columns) or not all(
                1 <= level <= len(self.level_names) for level in line
            ):
                raise InputError(f"“{self.title}”的风险等级不齐，或不在1到{len(self.level_names)}之间。")


def _fits(
    names: tuple[str, ...], lines: tuple[tuple[Value, ...], ...], most: int | None = MOST_SERIES
) -> None:
    if most is not None and len(names) > most:
        raise InputError(f"一张图最多{most}个系列，现有{len(names)}个。")
    for values in lines:
        if len(values) != len(names):
            raise InputError(f"图里一行有{len(values)}个数，应有{len(names)}个。")
        _require_positive(values)


def _require_positive(values: tuple[Value, ...]) -> None:
    amounts = [value.amount for value in values if value.amount is not None]
    if not all(isfinite(amount) for amount in amounts):
        raise InputError("图里的数要是有限的数。")
    if any(amount < 0 for amount in amounts):
        raise InputError("图里的数不能小于0。")
