"""Where everything stands on the printed sheet of a table: the one layout that XLSX, PDF and DOCX are drawn from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum, auto
from itertools import groupby

from mediation_desk.cases.routing.reading import unit_tree
from mediation_desk.documents.styles import MM
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.record import record
from mediation_desk.statistics.filling import BETWEEN
from mediation_desk.statistics.model import Column, StatRow, StatTable, Value
from mediation_desk.statistics.periods import crosses_years
from mediation_desk.statistics.render import WITHHELD, counts_cases, period_words, shown

MARGIN = 14.0
"""Millimetres around the sheet."""

_A4, _A3 = (210.0, 297.0), (297.0, 420.0)
_ROOMY = 12.0  # millimetres for a column that needs no narrow heading
_WIDEST = 30.0
_DIGIT, _PADDING = 1.6, 1.3  # millimetres of a digit of the figures, and of the white beside them
_LETTER = 2.9  # of a Chinese letter of a label
_LARGER = 1.22  # letters and digits on A4 against those on A3
_NARROWEST = 6.0  # two letters of a heading beneath each other
_LABEL = (20.0, 56.0)
_TURNED_LABELS = (20.0, 32.0)  # of a turned table: the group, the figure
_UNIT_LETTER = 3.0  # letters beside each other: a unit in brackets is not torn apart
_SIZES = {"A3": (8.0, 2.2), "A4": (10.0, 2.2), "upright": (8.5, 1.75)}
_SECOND = {"category": "类别"}
_OF_WHICH = "其中："
_PAIRED = ("（件）", "（人）")
_UNITS = frozenset(f"{unit}）" for unit in ("件", "人", "次", "元", "万元", "%", "天", "个", "人次", "期"))
_SET = 1.02  # of the size: from one letter to the next
_WHITE = 5.0  # points above and below the words of a heading
_FOOT = "单位负责人：　　　　　　　　填报人：　　　　　　　　填报日期：　　　　年　　月　　日"


class Look(Enum):
    """What a box is: a heading, one of many narrow ones, a column's number, the words of a line, or a figure."""

    HEAD = auto()
    NARROW = auto()
    NUMBER = auto()
    LABEL = auto()
    FIGURE = auto()


@record
class Box:
    """A cell of the sheet, over ``rows`` lines and ``columns``. A figure has its ``value`` and ``unit`` besides."""

    row: int
    column: int
    text: str
    look: Look
    rows: int = 1
    columns: int = 1
    value: Value = None
    unit: str = ""
    strong: bool = False


@record
class Reported:
    """Who hands the table in and when; without ``unit`` the centre. ``across`` stands across every page."""

    unit: str = ""
    made_on: date | None = None
    across: str = ""


@record
class Layout:
    """A sheet. ``over`` are lines of left and right words above the table, ``notes`` stand beneath it.

    The first ``heads`` lines of the boxes are repeated on each page. ``widths`` and ``page`` in millimetres.
    """

    title: str
    over: tuple[tuple[str, str], ...]
    boxes: tuple[Box, ...]
    widths: tuple[float, ...]
    heads: int
    labels: int
    rows: int
    page: tuple[float, float]
    foot: str
    notes: tuple[str, ...]
    across: str = ""

    @property
    def size(self) -> float:
        """Points of the letters in the table."""
        return _SIZES[self._kind][0]

    @property
    def line_height(self) -> float:
        """Points of a line of figures."""
        size, high = _SIZES[self._kind]
        return size * high

    def heights(self) -> tuple[float, ...]:
        """Points of each line, with room for the words of headings and labels; for programs that do not measure."""
        heights = [self.line_height] * self.rows
        for tall in (False, True):  # what stands over several lines fills up the last of them
            for box in self.boxes:
                if (box.rows > 1) is tall and box.look not in (Look.FIGURE, Look.NUMBER):
                    rows = range(box.row, box.row + box.rows)
                    short = self._needed(box) - sum(heights[row] for row in rows)
                    heights[rows[-1]] += max(short, 0.0)
        return tuple(heights)

    def _needed(self, box: Box) -> float:
        width = sum(self.widths[box.column : box.column + box.columns]) * MM - 4
        letters = max(int(width / (self.size * _SET)), 1)
        lines = sum(-(-len(part) // letters) for part in box.text.split("\n"))
        return lines * self.size * 1.3 + _WHITE

    @property
    def _kind(self) -> str:
        return "A3" if self.is_a3 else "A4" if self.landscape else "upright"

    @property
    def is_a3(self) -> bool:
        """Whether it takes A3; else A4."""
        return max(self.page) > max(_A4)

    @property
    def landscape(self) -> bool:
        """Whether the sheet lies across."""
        return self.page[0] > self.page[1]


def laid_out(table: StatTable, reported: Reported = Reported()) -> Layout:  # noqa: B008  # a frozen record
    """The sheet of ``table``."""
    columns = [(place, column) for place, column in enumerate(table.columns) if column.on_sheet]
    boxes, heads, labels = _turned(table, columns) if table.turned else _upright(table, columns)
    count = max(box.column + box.columns for box in boxes)
    rows = max(box.row + box.rows for box in boxes)
    page, widths = _measured(boxes, count, labels, turned=table.turned)
    return Layout(
        title=table.title,
        over=_over(table, [column for _, column in columns], reported),
        boxes=tuple(boxes),
        widths=widths,
        heads=heads,
        labels=labels,
        rows=rows,
        page=page,
        foot=_FOOT,
        notes=tuple(_notes(table)),
        across=reported.across,
    )


def _over(table: StatTable, columns: Sequence[Column], reported: Reported) -> tuple[tuple[str, str], ...]:
    unit = reported.unit or next((one.name for one in unit_tree().roots), "")
    made = cn_date(reported.made_on) if reported.made_on else "　　　　年　　月　　日"
    units = "、".join(dict.fromkeys(column.unit for column in columns if column.unit != "%"))
    return (
        (f"填报单位：{unit}", f"填表日期：{made}"),
        (f"统计期间：{period_words(table)}", f"单位：{units}"),
    )


def _notes(table: StatTable) -> Iterator[str]:
    if counts_cases(table):
        yield f"履行和司法确认截至{cn_date(table.as_of)}。"
    if crosses_years(table.period):
        yield "本期间跨统计年度。"
    yield from table.words_below


def _upright(table: StatTable, columns: list[tuple[int, Column]]) -> tuple[list[Box], int, int]:
    """Lines down, figures across, under headings of up to three storeys and the numbers of the columns."""
    labels = 2 if any(len(row.place) > 1 for row in table.rows) else 1
    shown_columns = [column for _, column in columns]
    storeys = 1 + any(column.group for column in shown_columns)
    storeys += any(_subgroup(shown_columns, number) for number in range(len(columns)))
    boxes = [*_label_heads(table, labels, storeys), *_heads(shown_columns, labels, storeys)]
    numbered = any(column.number for column in shown_columns)
    if numbered:
        boxes.append(Box(row=storeys, column=0, text="0", look=Look.NUMBER, columns=labels))
        boxes += [
            Box(row=storeys, column=labels + place, text=column.number, look=Look.NUMBER)
            for place, column in enumerate(shown_columns)
        ]
    heads = storeys + numbered
    boxes += _label_boxes(table.rows, labels, heads)
    for line, row in enumerate(table.rows, start=heads):
        boxes += [
            _figure(row, place, column, line, labels + across)
            for across, (place, column) in enumerate(columns)
        ]
    return boxes, heads, labels


def _label_heads(table: StatTable, labels: int, storeys: int) -> Iterator[Box]:
    yield Box(row=0, column=0, text=table.row_title, look=Look.HEAD, rows=storeys)
    if labels > 1:
        second = next(list(row.place)[1] for row in table.rows if len(row.place) > 1)
        yield Box(row=0, column=1, text=_SECOND.get(second, "分项"), look=Look.HEAD, rows=storeys)


def _heads(columns: list[Column], labels: int, storeys: int) -> Iterator[Box]:
    place = 0
    for title, part in groupby(columns, key=lambda column: column.group):
        group = list(part)
        if not title:
            for across, column in enumerate(group, start=labels + place):
                yield Box(
                    row=0, column=across, text=_unit_below(_named(column)), look=Look.NARROW, rows=storeys
                )
        else:
            words = title + _unit_of(group)
            yield Box(row=0, column=labels + place, text=words, look=Look.HEAD, columns=len(group))
            yield from _second_storey(columns, range(place, place + len(group)), labels, storeys)
        place += len(group)


def _second_storey(columns: list[Column], places: range, labels: int, storeys: int) -> Iterator[Box]:
    """Names of the columns of a group; those that belong together under a heading of their own."""
    group = columns[places.start : places.stop]
    for words, part in groupby(places, key=lambda place: _subgroup(columns, place)):
        inner = list(part)
        if words:
            yield Box(row=1, column=labels + inner[0], text=words, look=Look.HEAD, columns=len(inner))
        for place in inner:
            name = columns[place].name if _unit_of(group) else _named(columns[place])
            if words:
                name = name.removeprefix(_OF_WHICH).removeprefix(words)
                name = name.strip("（）") if name in _PAIRED else name
            row = 2 if words else 1
            yield Box(
                row=row, column=labels + place, text=_unit_below(name), look=Look.NARROW, rows=storeys - row
            )


def _unit_of(group: Sequence[Column]) -> str:
    """The unit all columns of a group share, in brackets, to stand once in the heading over them."""
    first = group[0].unit
    shared = len(group) > 1 and all(column.unit == first for column in group)
    return f"（{first}）" if shared and first not in ("", "件") else ""


def _subgroup(columns: list[Column], place: int) -> str:
    """The heading two columns share within their group: 其中, or what is counted in 件 and in 人."""
    column = columns[place]
    if column.group and column.name.startswith(_OF_WHICH):
        return _OF_WHICH.rstrip("：")
    for end in _PAIRED:
        words = column.name.removesuffix(end)
        if column.group and words != column.name:
            beside = columns[max(place - 1, 0) : place + 2]
            if sum(one.group == column.group and one.name.startswith(f"{words}（") for one in beside) > 1:
                return words
    return ""


def _label_boxes(rows: Sequence[StatRow], labels: int, first: int) -> Iterator[Box]:
    if labels == 1:
        for line, row in enumerate(rows, start=first):
            yield Box(row=line, column=0, text=row.label, look=Look.LABEL, strong=row.is_total)
        return
    line = first
    for words, part in groupby(rows, key=lambda row: row.label.rpartition(BETWEEN)[0]):
        same = list(part)
        if not words:
            for more, row in enumerate(same):
                yield Box(
                    row=line + more, column=0, text=row.label, look=Look.LABEL, columns=2, strong=row.is_total
                )
        else:
            yield Box(row=line, column=0, text=words, look=Look.LABEL, rows=len(same))
            for more, row in enumerate(same):
                yield Box(row=line + more, column=1, text=row.label.rpartition(BETWEEN)[2], look=Look.LABEL)
        line += len(same)


def _turned(table: StatTable, columns: list[tuple[int, Column]]) -> tuple[list[Box], int, int]:
    """Figures down, each group of them named at the left; lines across."""
    boxes = [Box(row=0, column=0, text="项目", look=Look.HEAD, columns=2)]
    boxes += [
        Box(row=0, column=2 + across, text=row.label, look=Look.HEAD) for across, row in enumerate(table.rows)
    ]
    line = 1
    for title, part in groupby(columns, key=lambda one: one[1].group):
        group = list(part)
        if title:
            boxes.append(Box(row=line, column=0, text=title, look=Look.LABEL, rows=len(group)))
        for place, column in group:
            left = 1 if title else 0
            boxes.append(Box(row=line, column=left, text=_named(column), look=Look.LABEL, columns=2 - left))
            boxes += [_figure(row, place, column, line, 2 + across) for across, row in enumerate(table.rows)]
            line += 1
    return boxes, 1, 2


def _named(column: Column) -> str:
    """Its name with the unit, where that is not 件 and does not stand in the name."""
    if column.unit in ("", "件") or f"（{column.unit}）" in column.name:
        return column.name
    return f"{column.name}（{column.unit}）"


def _unit_below(name: str) -> str:
    """A narrow heading with its unit on a line of its own."""
    head, bracket, unit = name.rpartition("（")
    return f"{head}\n{bracket}{unit}" if head and unit in _UNITS else name


def _figure(row: StatRow, place: int, column: Column, line: int, across: int) -> Box:
    hidden = column.code in row.withheld
    value = row.values[place]
    return Box(
        row=line,
        column=across,
        text=WITHHELD if hidden else shown(value, column).removesuffix("%"),
        look=Look.FIGURE,
        value=value,
        unit=column.unit,
        strong=row.is_total,
    )


def _measured(
    boxes: list[Box], count: int, labels: int, *, turned: bool
) -> tuple[tuple[float, float], tuple[float, ...]]:
    """The smallest sheet the table is legible on, and the width of each column."""
    wanted = [_NARROWEST] * count
    for box in boxes:
        if box.columns == 1 and box.look is Look.LABEL:
            most = _TURNED_LABELS[box.column] if turned else _LABEL[1] / labels
            width = min(max(len(box.text) * _LETTER + 3, _LABEL[0] / labels), most)
            wanted[box.column] = max(wanted[box.column], width)
        elif box.look is Look.NARROW and box.text.endswith("）"):
            letters = len(box.text.rpartition("\n")[2]) if "\n" in box.text else 3
            wanted[box.column] = max(wanted[box.column], letters * _UNIT_LETTER + 0.8)
        elif box.look is Look.FIGURE:
            wanted[box.column] = max(wanted[box.column], len(box.text) * _DIGIT + _PADDING)
    wanted[0] = max(wanted[0], _LABEL[0] / labels)
    roomy = [width * _LARGER for width in wanted]
    roomy = [width if place < labels else max(width, _ROOMY) for place, width in enumerate(roomy)]
    short, long = _A4
    if turned and sum(roomy) <= short - 2 * MARGIN:
        return (short, long), _stretched(roomy, labels, short - 2 * MARGIN)
    if sum(roomy) <= long - 2 * MARGIN:
        return (long, short), _stretched(roomy, labels, long - 2 * MARGIN)
    short, long = _A3
    room = long - 2 * MARGIN
    if sum(wanted) > room:  # so many lines across, or such numbers, that all of it must shrink
        scale = room / sum(wanted)
        return (long, short), tuple(width * scale for width in wanted)
    return (long, short), _stretched(wanted, labels, room)


def _stretched(wanted: list[float], labels: int, room: float) -> tuple[float, ...]:
    """The columns of figures share what is left of the page, up to a width that still reads as a line."""
    figures = wanted[labels:]
    spare = (room - sum(wanted)) / len(figures) if figures else 0.0
    grown = [max(width, min(width + spare, _WIDEST)) for width in figures]
    return (*wanted[:labels], *grown)


def is_number(box: Box) -> bool:
    """Whether a box holds a number to calculate with."""
    return isinstance(box.value, int | Decimal)
