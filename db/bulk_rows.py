"""Many rows of one table into the database as fast as its driver takes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError

from db.engine import driver_of
from db.rows import Row
from db.types import Canonical, Json, Ranking

REMEMBERED = 100_000
_UNHASHABLE = (Json, Ranking, Canonical)


class Remembered(dict[Any, Any]):
    """Values of one column as the driver wants them, each worked out once: days, amounts and words repeat."""

    def __init__(self, process: Callable[[Any], Any]) -> None:
        super().__init__()
        self._process = process

    def __missing__(self, value: Any) -> Any:
        if len(self) > REMEMBERED:
            self.clear()
        found = self[value] = self._process(value)
        return found


class RowWriter:
    """Writes rows past the statement machinery, but through the column types: what is stored is the same."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._tables: dict[Table, _Plan] = {}

    def write(self, connection: Connection, table: Table, rows: Sequence[Row]) -> None:
        """Insert ``rows``; each has every column of ``table``."""
        if not rows:
            return
        plan = self._tables.get(table)
        if plan is None:
            plan = self._tables[table] = _Plan(table, self._dialect, list(rows[0]))
        values = plan.encoded(rows)
        if self._dialect.name == "postgresql":
            _copy(connection, plan.copy, values)
        else:
            connection.exec_driver_sql(plan.insert, list(values))

    def pour(
        self, connection: Connection, table: Table, names: list[str], parts: Iterable[Sequence[Sequence[Any]]]
    ) -> None:
        """Insert whole rows, values in the order of ``names``, as another database gave them.

        On PostgreSQL all parts are one statement, so that a row may refer to one that comes later. Texts are taken as
        they are: what was stored is not looked at again.
        """
        plan = _Plan(table, self._dialect, names)
        encoded = (plan.turned(part) for part in parts)
        if self._dialect.name == "postgresql":
            _copy(connection, plan.copy, chain.from_iterable(encoded))
            return
        driver = driver_of(connection)
        for rows in encoded:
            try:
                driver.executemany(plan.insert, list(rows))
            except self._dialect.loaded_dbapi.Error as error:
                raise _told(connection, plan.insert, error) from error


def go_on_behind(connection: Connection, *tables: Table) -> None:
    """PostgreSQL gives out ids from a sequence, which has not seen those that came from elsewhere."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables:
        column = table.autoincrement_column
        if column is not None:
            last = select(func.max(column)).scalar_subquery()
            connection.execute(
                select(func.setval(func.pg_get_serial_sequence(table.name, column.name), last))
            )


class _Plan:
    """How rows of one table become tuples for the driver."""

    def __init__(self, table: Table, dialect: Dialect, names: list[str]) -> None:
        quote = dialect.identifier_preparer.quote
        self.insert = str(insert(table).compile(dialect=dialect, column_keys=names))
        self.order = order = names if dialect.positional is False else _positions(table, dialect, names)
        self.copy = f"COPY {quote(table.name)} ({', '.join(map(quote, order))}) FROM STDIN"
        self._names = names
        self._encoders = [
            (place, encoder)
            for place, name in enumerate(order)
            if (encoder := _encoder(table, name, dialect)) is not None
        ]

    def encoded(self, rows: Iterable[Row]) -> Iterable[tuple[Any, ...]]:
        pick = itemgetter(*self.order)  # of rows that come as mappings; no table written so has one column
        return self._encode(list(zip(*map(pick, rows), strict=True)))

    def turned(self, rows: Iterable[Sequence[Any]]) -> Iterable[tuple[Any, ...]]:
        """Whole rows in the order of the names this plan was made for."""
        found = dict(zip(self._names, zip(*rows, strict=True), strict=True))
        return self._encode([found[name] for name in self.order])

    def _encode(self, columns: list[Any]) -> Iterable[tuple[Any, ...]]:
        for place, encoder in self._encoders:
            columns[place] = map(encoder, columns[place])
        return zip(*columns, strict=True)


def _positions(table: Table, dialect: Dialect, names: list[str]) -> list[str]:
    """The order in which the compiled statement takes its values."""
    compiled = insert(table).compile(dialect=dialect, column_keys=names)
    return list(compiled.positiontup or names)


def _encoder(table: Table, name: str, dialect: Dialect) -> Callable[[Any], Any] | None:
    kind = table.c[name].type
    process = kind.dialect_impl(dialect).bind_processor(dialect)
    if process is None or isinstance(kind, _UNHASHABLE):
        return process
    return Remembered(process).__getitem__


def _copy(connection: Connection, statement: str, values: Iterable[tuple[Any, ...]]) -> None:
    """COPY, the server's own way in; its errors become those every other statement raises."""
    driver = driver_of(connection)
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as stream:
            for row in values:
                stream.write_row(row)
    except connection.dialect.loaded_dbapi.Error as error:
        raise _told(connection, statement, error) from error


def _told(connection: Connection, statement: str, error: Any) -> BaseException:
    """The driver's error as every other statement raises it."""
    dialect = connection.dialect
    told: BaseException = DBAPIError.instance(
        statement, None, error, dialect.loaded_dbapi.Error, dialect=dialect
    )
    return told
