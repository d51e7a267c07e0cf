"""Many rows of one table into the database as fast as its driver takes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table, insert
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError

from db.rows import Row
from db.types import Json, Ranking

REMEMBERED = 100_000
_UNHASHABLE = (Json, Ranking)


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


class _Plan:
    """How rows of one table become tuples for the driver."""

    def __init__(self, table: Table, dialect: Dialect, names: list[str]) -> None:
        quote = dialect.identifier_preparer.quote
        self.insert = str(insert(table).compile(dialect=dialect, column_keys=names))
        order = names if dialect.positional is False else _positions(table, dialect, names)
        self.copy = f"COPY {quote(table.name)} ({', '.join(map(quote, order))}) FROM STDIN"
        self._pick = itemgetter(*order)
        self._encoders = [
            (place, encoder)
            for place, name in enumerate(order)
            if (encoder := _encoder(table, name, dialect)) is not None
        ]

    def encoded(self, rows: Iterable[Row]) -> Iterable[tuple[Any, ...]]:
        columns: list[Any] = list(zip(*map(self._pick, rows), strict=True))
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
    driver = connection.connection.driver_connection
    dialect = connection.dialect
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as stream:  # type: ignore[union-attr]  # psycopg
            for row in values:
                stream.write_row(row)
    except dialect.loaded_dbapi.Error as error:
        raise DBAPIError.instance(
            statement, None, error, dialect.loaded_dbapi.Error, dialect=dialect
        ) from error
