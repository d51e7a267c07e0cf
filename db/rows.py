"""Records and rows share their names: copying between them is by name, and a missing column is an error."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any, TypeVar

from sqlalchemy import Table

T = TypeVar("T")

Row = dict[str, Any]
Rows = dict[Table, list[Row]]
"""All rows of one case file, table by table."""

_NAMES: dict[type[Any], tuple[str, ...]] = {}


def _names(kind: type[Any]) -> tuple[str, ...]:
    names = _NAMES.get(kind)
    if names is None:
        names = _NAMES[kind] = tuple(field.name for field in fields(kind))
    return names


def columns(table: Table, record: Any, *, prefix: str = "", **extra: Any) -> Row:
    """The row of ``record``: every field for which ``table`` has a column, plus ``extra``."""
    row = {
        prefix + name: getattr(record, name)
        for name in _names(type(record))
        if prefix + name in table.columns
    }
    return row | extra


def make(kind: type[T], row: Mapping[Any, Any], *, prefix: str = "", **nested: Any) -> T:
    """A ``kind`` from the columns of ``row`` that carry its field names; ``nested`` gives the rest."""
    names = (name for name in _names(kind) if name not in nested and prefix + name in row)
    return kind(**{name: row[prefix + name] for name in names}, **nested)


def grouped(rows: Iterable[Row], key: str) -> Mapping[Any, list[Row]]:
    """Rows by the value of their parent column."""
    groups: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[key]].append(row)
    return groups
