"""``StatTable``: a filled statistical table as plain data, the same for screen, terminal, JSON and sheet."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import field
from datetime import date
from decimal import Decimal
from itertools import groupby

from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record

Value = int | Decimal | None
"""A count, an amount or a rate; None where there is nothing to divide by."""


@record
class Period:
    """From the first to the last day, both included. Raises ``InputError`` when they are the wrong way round."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            words = f"统计期间的截止日{self.last.isoformat()}早于起始日{self.first.isoformat()}。"
            raise InputError(words, field="to")


_YEAR = 100


def month_number(day: date) -> int:
    """The month of ``day``, e.g. 202603."""
    return day.year * _YEAR + day.month


def first_of_month(month: int) -> date:
    """The first day of a month such as 202603."""
    return date(month // _YEAR, month % _YEAR, 1)


def month_period(month: int) -> Period:
    """A month such as 202603, from its first to its last day."""
    first = first_of_month(month)
    return Period(first=first, last=first.replace(day=monthrange(first.year, first.month)[1]))


@record
class Column:
    """One indicator. ``number`` is the column's number on the sheet, ``source`` where its definition comes from.

    Amounts in yuan are exchanged but not printed (V-10), rates are printed but not exchanged.
    """

    code: str
    name: str
    unit: str
    definition: str
    source: str
    group: str = ""
    number: str = ""
    on_sheet: bool = True
    in_file: bool = True


@record
class Heading:
    """A heading over ``span`` neighbouring columns; without ``title`` each of them stands for itself."""

    title: str
    span: int


@record
class StatRow:
    """One line: a track or a reporting unit, the sum over them (``is_total``), or what stands beside the sum.

    ``place`` says for each dimension which values belong to the line; ``period`` is its own where it has one;
    ``remark`` what a reader has to know, such as a former name; ``key`` the code of a line that is no case's.
    ``withheld`` are codes of columns whose value must not be known (`publishing`); it is None in ``values``.
    """

    label: str
    values: tuple[Value, ...]
    is_total: bool = False
    is_extra: bool = False
    place: Mapping[str, tuple[str | int | None, ...]] = field(default_factory=dict)
    period: Period | None = None
    remark: str = ""
    key: str = ""
    withheld: frozenset[str] = frozenset()


@record
class StatTable:
    """A table for ``period``; performance and confirmation are judged on ``as_of``. ``row_key`` names the lines.

    A ``turned`` table is shown and printed with its figures down and its lines across. ``notes`` stand under it.
    """

    code: str
    title: str
    row_key: str
    row_title: str
    columns: tuple[Column, ...]
    rows: tuple[StatRow, ...]
    period: Period
    as_of: date
    no: str = ""
    turned: bool = False
    notes: tuple[str, ...] = ()

    @property
    def words_below(self) -> tuple[str, ...]:
        """What stands under the table: remarks on its lines, then its notes."""
        return (*(f"备注：{row.label}，{row.remark}。" for row in self.rows if row.remark), *self.notes)

    @property
    def groups(self) -> tuple[Heading, ...]:
        """Merged headings over the columns on the sheet, from left to right."""
        shown = (column.group for column in self.columns if column.on_sheet)
        return tuple(Heading(title=title, span=len(list(part))) for title, part in groupby(shown))

    def sheet_values(self, row: StatRow) -> tuple[Value, ...]:
        """What stands on the sheet in ``row``."""
        pairs = zip(self.columns, row.values, strict=True)
        return tuple(value for column, value in pairs if column.on_sheet)

    def value(self, row: StatRow, code: str) -> Value:
        """The value under the column ``code``."""
        return next(
            value for column, value in zip(self.columns, row.values, strict=True) if column.code == code
        )

    def row(self, label: str) -> StatRow:
        """The line called ``label``. Raises ``InputError`` naming the lines there are."""
        for one in self.rows:
            if one.label == label:
                return one
        labels = "、".join(one.label for one in self.rows)
        raise InputError(f"表里没有“{label}”这一行，有：{labels}。", field="row")

    def column(self, code: str) -> Column:
        """The column with this code, number or name, or ``group：name``. Raises ``InputError``."""
        for one in self.columns:
            if code and code in (one.code, one.number):
                return one
        named = [one for one in self.columns if code in (one.name, f"{one.group}：{one.name}")]
        if len(named) == 1:
            return named[0]
        if named:
            words = "、".join(f"{one.code}（{one.group}）" for one in named)
            raise InputError(f"表里有{len(named)}栏叫“{code}”，请写代码：{words}。", field="column")
        raise InputError(f"表里没有“{code}”这一栏，可写栏次、代码或名称。", field="column")
