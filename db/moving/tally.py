"""Rows summed up so that the order does not count: equal sums, equal rows, to the value."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, select

ROWS_AT_ONCE = 2000
_TOLD = 5
_BITS = 1 << 128


@dataclass(slots=True)
class Tally:
    """How many rows a table has, and the sum of what each of them says."""

    rows: int = 0
    digest: int = 0

    def add(self, rows: Iterable[Sequence[Any]]) -> None:
        """Count these in."""
        for row in rows:
            self.rows += 1
            self.digest = (self.digest + digest_of(row)) % _BITS


def digest_of(row: Sequence[Any]) -> int:
    """A row as the program reads it: instants in UTC, amounts exact, lists and objects as such."""
    said = repr(tuple(row)).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.sha256(said).digest()[:16], "big")


def parts_of(connection: Connection, table: Table) -> Generator[list[tuple[Any, ...]]]:
    """All rows of a table in the order of its key, some at a time; the whole is never in memory."""
    ordered = select(table).order_by(*table.primary_key.columns)
    options = {"stream_results": True, "yield_per": ROWS_AT_ONCE}
    with connection.execute(ordered, execution_options=options) as result:
        for part in result.partitions():
            yield [tuple(row) for row in part]


def differences(source: Connection, target: Connection, table: Table) -> str:
    """In words which rows differ, by their keys; the first few."""
    wanted, found = _by_key(source, table), _by_key(target, table)
    kinds = (
        ("缺少", [key for key in wanted if key not in found]),
        ("多出", [key for key in found if key not in wanted]),
        ("不一样", [key for key, digest in wanted.items() if found.get(key, digest) != digest]),
    )
    return "；".join(f"{kind}{len(keys)}行（{told_keys(table, keys)}）" for kind, keys in kinds if keys)


def told_keys(table: Table, keys: Sequence[Sequence[Any]]) -> str:
    """Keys as they may stand in a sentence: numbers and codes, no words anybody typed."""
    names = [column.name for column in table.primary_key.columns]
    told = (
        " ".join(f"{name}={_told(value)}" for name, value in zip(names, key, strict=True)) for key in keys
    )
    return "，".join(one for one, _ in zip(told, range(_TOLD), strict=False)) + (
        "……" if len(keys) > _TOLD else ""
    )


def key_of(table: Table, row: Sequence[Any]) -> tuple[Any, ...]:
    """The key of a whole row."""
    return tuple(row[list(table.c).index(column)] for column in table.primary_key.columns)


def _by_key(connection: Connection, table: Table) -> dict[tuple[Any, ...], int]:
    return {key_of(table, row): digest_of(row) for part in parts_of(connection, table) for row in part}


def _told(value: Any) -> str:
    text = str(value)
    return text if text.isascii() and text.isprintable() else "（文字）"
