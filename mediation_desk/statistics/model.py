"""``StatTable``: a filled statistical table as plain data, the same for screen, terminal, JSON and sheet."""

from __future__ import annotations

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
    """One line: a track or a reporting unit, or the sum over them (``is_total``)."""

    label: str
    values: tuple[Value, ...]
    is_total: bool = False


@record
class StatTable:
    """A table for ``period``; performance and confirmation are judged on ``as_of``. ``row_key`` names the lines."""

    code: str
    title: str
    row_key: str
    row_title: str
    columns: tuple[Column, ...]
    rows: tuple[StatRow, ...]
    period: Period
    as_of: date

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
