"""Number series without gaps or doubles: one counter row, raised in the transaction that uses the number."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, case, insert, select, update

from db.rows import Row, columns, make
from db.tables.beside import numbers_given
from db.tables.centre import number_series
from db.upsert import insert_into
from mediation_desk.cases.numbering import GivenNumber


class NumberRepository:
    """The number series, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next(self, body: str, kind: str, year: int) -> int:
        """The next serial."""
        return next_number(self._connection, body, kind, year)

    def reserve(self, body: str, kind: str, year: int, serial: int) -> None:
        """Never give out ``serial`` or a smaller one again."""
        reserve_up_to(self._connection, body, kind, year, serial)

    def note(self, given: GivenNumber) -> None:
        """Put a number given out into the register."""
        self._connection.execute(insert(numbers_given), columns(numbers_given, given))

    def void(self, number: str, on: date, reason: str) -> None:
        """Mark it 作废."""
        self._mark(number, {"voided_on": on, "reason": reason})

    def revive(self, number: str) -> None:
        """Take that mark away."""
        self._mark(number, {"voided_on": None, "reason": ""})

    def given(self, body: str, kind: str, year: int) -> tuple[GivenNumber, ...]:
        """The register of one series, in order."""
        table = numbers_given
        wanted = (table.c.body == body) & (table.c.kind == kind) & (table.c.year == year)
        rows = self._connection.execute(select(table).where(wanted).order_by(table.c.serial))
        return tuple(make(GivenNumber, row) for row in rows.mappings())

    def _mark(self, number: str, values: Row) -> None:
        self._connection.execute(update(numbers_given).where(numbers_given.c.number == number).values(values))


def next_number(connection: Connection, body: str, kind: str, year: int) -> int:
    """The next number of the series, from 1. A rollback gives it back; other writers wait for the commit."""
    return _raise(connection, body, kind, year, None)


def reserve_up_to(connection: Connection, body: str, kind: str, year: int, number: int) -> int:
    """Note that ``number`` came in from outside: the series goes on behind it. Return the last number."""
    return _raise(connection, body, kind, year, number)


def _raise(connection: Connection, body: str, kind: str, year: int, number: int | None) -> int:
    last = number_series.c.last
    raised = last + 1 if number is None else case((last < number, number), else_=last)
    statement = (
        insert_into(connection, number_series)
        .values(body=body, kind=kind, year=year, last=1 if number is None else number)
        .on_conflict_do_update(index_elements=["body", "kind", "year"], set_={"last": raised})
        .returning(last)
    )
    return int(connection.execute(statement).scalar_one())
