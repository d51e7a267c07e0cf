"""Records and rows share their names: copying between them is by name, and a missing column is an error."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from operator import attrgetter
from typing import Any, TypeVar

from sqlalchemy import Table

T = TypeVar("T")

Row = dict[str, Any]
Rows = dict[Table, list[Row]]
"""All rows of one case file, table by table."""

_NAMES: dict[type[Any], tuple[str, ...]] = {}
Shared = tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]
_SHARED: dict[tuple[Table, type[Any], str], Shared] = {}


def _names(kind: type[Any]) -> tuple[str, ...]:
    names = _NAMES.get(kind)
    if names is None:
        names = _NAMES[kind] = tuple(field.name for field in fields(kind))
    return names


def _shared(table: Table, kind: type[Any], prefix: str) -> Shared:
    """Columns of ``table`` that fields of ``kind`` fill, and what reads these fields; looked up once."""
    names = tuple(name for name in _names(kind) if prefix + name in table.columns)
    # a getter of one name would give the bare value: the first name is read twice, the surplus falls off in zip
    read: Callable[[Any], tuple[Any, ...]] = attrgetter(*names, names[0]) if names else lambda _: ()
    _SHARED[table, kind, prefix] = found = (tuple(prefix + name for name in names), read)
    return found


def columns(table: Table, record: Any, *, prefix: str = "", **extra: Any) -> Row:
    """The row of ``record``: every field for which ``table`` has a column, plus ``extra``."""
    kind = type(record)
    names, read = _SHARED.get((table, kind, prefix)) or _shared(table, kind, prefix)
    return dict(zip(names, read(record), strict=False), **extra)


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
