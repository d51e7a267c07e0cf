"""What a report is written from: the same tables for three periods, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from mediation_desk.shared.record import record
from mediation_desk.statistics.analysis import Stream
from mediation_desk.statistics.model import Column, Period, StatRow, StatTable, Value


class Source(StrEnum):
    """The tables a report may quote, by the words of ``report.toml``."""

    TRACKS = "tracks"
    CASES = "cases"
    ORGANISATIONS = "organisations"
    KINDS = "kinds"
    AREAS = "areas"
    MONTHS = "months"


class When(StrEnum):
    """Which of the three periods."""

    NOW = "now"
    BEFORE = "before"
    YEAR = "year"


OPEN = frozenset((Source.TRACKS, Source.KINDS, Source.ORGANISATIONS))
"""Tables a report for everybody may quote: those of the others could be set against these."""


@record
class Material:
    """Tables by source for the period, the one before and the same a year earlier.

    ``before`` and ``year`` may lack a table: nothing is compared then. ``streams`` are empty where none are shown.
    ``note`` says what a public report withholds.
    """

    centre: str
    period: Period
    as_of: date
    made_on: date
    now: Mapping[Source, StatTable]
    before: Mapping[Source, StatTable]
    year: Mapping[Source, StatTable]
    streams: tuple[Stream, ...] = ()
    public: bool = False
    note: str = ""

    def table(self, source: Source, when: When = When.NOW) -> StatTable | None:
        """One of the tables."""
        return {When.NOW: self.now, When.BEFORE: self.before, When.YEAR: self.year}[when].get(source)


@record
class Found:
    """A cell: its column and value; ``withheld`` where a public table does not tell it. No line is nothing at all."""

    column: Column
    value: Value
    withheld: bool = False


def cell(table: StatTable, code: str, line: str = "") -> Found:
    """The cell under ``code`` in the line called ``line``, the sum without one; nothing of a line without cases."""
    row = line_of(table, line)
    if row is None:
        column = table.column(code)
        return Found(column=column, value=None if column.unit in ("%", "天") else 0)
    return at(table, row, code)


def at(table: StatTable, row: StatRow, code: str) -> Found:
    """The cell under ``code`` in this line."""
    return Found(
        column=next(one for one in table.columns if one.code == code),
        value=table.value(row, code),
        withheld=is_withheld(row, code),
    )


def line_of(table: StatTable, label: str) -> StatRow | None:
    """The line called ``label``; the sum, or the only line, without one."""
    if label:
        return next((row for row in table.rows if row.label == label), None)
    return next((row for row in table.rows if row.is_total), table.rows[0])


def lines_of(table: StatTable) -> tuple[StatRow, ...]:
    """The lines without their sum and what stands beside it."""
    return tuple(row for row in table.rows if not row.is_total and not row.is_extra)


def is_withheld(row: StatRow, code: str) -> bool:
    """Whether a public table does not tell this cell."""
    return code in row.withheld
