"""Fills a table: asks for sums by the table's dimensions, makes lines of them, adds up, works out rates."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from decimal import Decimal

from mediation_desk.cases.vocabulary import BodyType, Category
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record
from mediation_desk.shared.track import Track
from mediation_desk.statistics.figures import Book, book
from mediation_desk.statistics.model import Period, StatRow, StatTable
from mediation_desk.statistics.ports import FigureReader, Filter, Question
from mediation_desk.statistics.tables import TableRule

Label = Callable[[str, str | int | None], str]
"""The word for a value of a dimension."""

TO_DATE = "年度累计"
BETWEEN = "　"
"""Stands between the words of a line that has two dimensions."""


@record
class Line:
    """One line before it is filled: its label, and the values of each dimension that belong to it."""

    label: str
    place: Mapping[str, tuple[str | int | None, ...]]
    remark: str = ""


def narrowed(rule: Filter, asked: Filter) -> Filter | None:
    """Cases that both the table and the asking person want; None where no case can be both."""
    changes: dict[str, object] = {}
    for one in fields(Filter):
        mine, other = getattr(rule, one.name), getattr(asked, one.name)
        if mine in ("", (), None):
            changes[one.name] = other
        elif other in ("", (), None) or mine == other:
            changes[one.name] = mine
        elif isinstance(mine, tuple):
            both = tuple(value for value in mine if value in other)
            if not both:
                return None
            changes[one.name] = both
        else:
            return None
    return replace(rule, **changes)  # type: ignore[arg-type]  # names and kinds are those of the fields


def fill(
    rule: TableRule,
    reader: FigureReader,
    asked: Question,
    label: Label,
    *,
    year: Period | None = None,
    lines: Callable[[Iterable[str]], Sequence[Line]] | None = None,
    figures: Book | None = None,
) -> StatTable:
    """The table for ``asked``; ``year`` is the statistical year its last day lies in, for the sums to date.

    ``lines`` makes those of a table by bodies or units from the names of the bodies that have something to count;
    what belongs to none of them is not in the table. ``figures`` are the definitions, else those in force.
    """
    figures = figures or book()
    base = figures.base(column.code for column in rule.columns)
    among = narrowed(rule.among, asked.among)
    found = reader.sums(base, replace(asked, among=among), rule.rows) if among is not None else {}
    if lines is None:
        committees = reader.committees() if rule.committees else ()
        made = _lines(rule, [*rule.lines, *_wanted(committees, asked.among)], found, label)
    else:
        made = list(lines(str(key[0]) for key in found))

    def row(one: Line, sums: Mapping[str, int | Decimal]) -> StatRow:
        values = tuple(figures.value(column.code, sums) for column in rule.columns)
        return StatRow(label=one.label, values=values, place=one.place, remark=one.remark)

    totals: dict[str, int | Decimal] = {}
    rows: list[StatRow] = []
    for one in made:
        sums: dict[str, int | Decimal] = {}
        for key, more in found.items():
            if all(value in one.place[name] for name, value in zip(rule.rows, key, strict=True)):
                add(sums, more)
        add(totals, sums)
        rows.append(row(one, sums))
    rows.append(replace(row(Line(label=rule.total, place={}), totals), is_total=True))
    if rule.to_date and year is not None and among is not None:
        to_date = Period(first=year.first, last=min(max(asked.period.last, year.first), year.last))
        so_far: dict[str, int | Decimal] = {}
        for more in reader.sums(base, replace(asked, among=among, period=to_date)).values():
            add(so_far, more)
        rows.append(replace(row(Line(label=TO_DATE, place={}), so_far), period=to_date, is_extra=True))
    return StatTable(
        code=rule.code,
        no=rule.no,
        title=rule.title,
        row_key=rule.row_key,
        row_title=rule.row_title,
        columns=rule.columns,
        rows=tuple(rows),
        period=asked.period,
        as_of=asked.as_of,
        turned=rule.turned,
        notes=tuple(_over_the_whole(rule, rows)),
    )


_WHOLE = 100


def _over_the_whole(rule: TableRule, rows: Sequence[StatRow]) -> Iterator[str]:
    """Why a rate is more than the whole, which nobody would believe without a word."""
    for place, column in enumerate(rule.columns):
        values = (row.values[place] for row in rows)
        if column.unit == "%" and any(value is not None and value > _WHOLE for value in values):
            yield f"{column.name}：{column.definition}。"


def by(rule: TableRule, dimension: str, title: str) -> TableRule:
    """The same table with other lines. Raises ``InputError`` for a table whose lines are its own."""
    if rule.merge or len(rule.rows) > 1:
        raise InputError(f"{rule.no}的各行是固定的，不能改按{title}分。", field="--by")
    return replace(rule, rows=(dimension,), row_title=title, row_key=dimension, lines=(), committees=False)


def add(into: dict[str, int | Decimal], more: Mapping[str, int | Decimal]) -> None:
    """Add sums figure by figure."""
    for code, value in more.items():
        into[code] = into.get(code, 0) + value


def _wanted(committees: Iterable[str], asked: Filter) -> Iterable[str]:
    return (name for name in committees if not asked.bodies or name in asked.bodies)


def _lines(
    rule: TableRule, fixed: Iterable[str], found: Iterable[tuple[str | int, ...]], label: Label
) -> list[Line]:
    """Fixed lines first, then what else was found, by its words; merged values stand in their line."""
    if rule.merge:
        name = rule.rows[0]
        known = {value for values in rule.merge.values() for value in values}
        others = sorted({key[0] for key in found} - known, key=lambda one: rank((name,), (one,)))
        lines = [Line(label=one, place={name: rule.merge[one]}) for one in rule.merge]
        return lines + [Line(label=label(name, one), place={name: (one,)}) for one in others]
    keys: dict[tuple[str | int | None, ...], None] = {}
    if len(rule.rows) == 1:
        keys = {(value,): None for value in fixed}
    more = (key for key in found if key not in keys)
    keys |= dict.fromkeys(sorted(more, key=lambda key: (rank(rule.rows, key), _words(rule.rows, key, label))))
    return [
        Line(
            label=_words(rule.rows, key, label),
            place={name: (value,) for name, value in zip(rule.rows, key, strict=True)},
        )
        for key in keys
    ]


_ORDER: Mapping[str, tuple[str, ...]] = {
    "track": tuple(Track),
    "category": tuple(Category),
    "body_type": tuple(BodyType),
}
"""Dimensions whose values have an order of their own on official sheets."""


def rank(rows: tuple[str, ...], key: tuple[str | int | None, ...]) -> tuple[tuple[int, str], ...]:
    """What lines are sorted by: months by the calendar, kinds as the official list has them, the unknown last."""
    return tuple(_rank(name, value) for name, value in zip(rows, key, strict=True))


def _rank(name: str, value: str | int | None) -> tuple[int, str]:
    if value is None or value == "":
        return sys.maxsize, ""
    if isinstance(value, int):
        return value, ""
    order = _ORDER.get(name, ())
    return (order.index(value) if value in order else len(order)), value


def _words(rows: tuple[str, ...], key: tuple[str | int | None, ...], label: Label) -> str:
    return BETWEEN.join(label(name, value) for name, value in zip(rows, key, strict=True))
