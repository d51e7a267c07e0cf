"""Statements compiled once and run again with other values: putting one together takes longer than the query.

A search while typing and the first page of a list are asked often, always in one of a few shapes. Values go in
and come out through the column types, as with every other statement.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any

from sqlalchemy import JSON, Connection, Select
from sqlalchemy.engine import Dialect

from db.bulk_rows import Remembered
from db.queries.sight import limited, sight_shape

Values = Mapping[str, Any]

_MOST = 400
_known: dict[Hashable, Prepared] = {}


class Prepared:
    """One compiled statement; its parameters have names."""

    def __init__(self, statement: Select[Any], dialect: Dialect) -> None:
        compiled: Any = statement.compile(dialect=dialect)
        self._sql = str(compiled)
        self._defaults: dict[str, Any] = {
            name: _writer(bind.type, dialect)(bind.effective_value)
            for name, bind in compiled.binds.items()
            if bind.value is not None
        }
        self._writers = {name: _writer(bind.type, dialect) for name, bind in compiled.binds.items()}
        self._order: list[str] | None = compiled.positiontup
        self._names = [column.name for column in statement.selected_columns]
        self._readers = [
            (place, reader)
            for place, column in enumerate(statement.selected_columns)
            if (reader := _reader(column.type, dialect)) is not None
        ]

    def tuples(self, connection: Connection, values: Values) -> list[tuple[Any, ...]]:
        """The rows for these values; of ``values`` only what the statement knows is used."""
        given = self._defaults | {
            name: write(values[name]) for name, write in self._writers.items() if name in values
        }
        parameters: Any = given if self._order is None else tuple(given[name] for name in self._order)
        found = connection.exec_driver_sql(self._sql, parameters).fetchall()
        if not found:
            return []
        columns: list[Any] = list(zip(*found, strict=True))
        for place, reader in self._readers:
            columns[place] = map(reader, columns[place])
        return list(zip(*columns, strict=True))

    def rows(self, connection: Connection, values: Values) -> list[dict[str, Any]]:
        """The same with names."""
        return [dict(zip(self._names, row, strict=True)) for row in self.tuples(connection, values)]


def prepared(connection: Connection, shape: Hashable, build: Callable[[], Select[Any]]) -> Prepared:
    """The statement of this ``shape``, built the first time it is asked for, and limited to what the unit sees."""
    key = (connection.dialect.name, sight_shape(connection), shape)
    found = _known.get(key)
    if found is None:
        if len(_known) >= _MOST:
            _known.clear()
        found = _known[key] = Prepared(limited(connection, build()), connection.dialect)
    return found


def _writer(kind: Any, dialect: Dialect) -> Callable[[Any], Any]:
    process = kind.dialect_impl(dialect).bind_processor(dialect)
    return process or _same


def _reader(kind: Any, dialect: Dialect) -> Callable[[Any], Any] | None:
    process = kind.dialect_impl(dialect).result_processor(dialect, None)
    if process is None or isinstance(getattr(kind, "impl", kind), JSON):  # lists cannot be remembered
        return process  # type: ignore[no-any-return]  # SQLAlchemy leaves processors untyped
    return Remembered(process).__getitem__


def _same(value: Any) -> Any:
    return value
