"""Long lists as parameters of one statement: in pieces that both databases take, or whole as one value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import JSON, ColumnElement, Connection, any_, bindparam, func, select
from sqlalchemy.dialects.postgresql import ARRAY

T = TypeVar("T")

SIZE = 500


def chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """``values`` in order, at most :data:`SIZE` at a time; nothing for an empty list."""
    for first in range(0, len(values), SIZE):
        yield values[first : first + SIZE]


def among(connection: Connection, column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """``column`` is in the list called ``name``: one parameter, however long, so that the statement stays the same."""
    if connection.dialect.name == "sqlite":
        listed = func.json_each(bindparam(name, type_=JSON)).table_valued("value")
        return column.in_(select(listed.c.value))
    return column == any_(bindparam(name, type_=ARRAY(column.type)))
