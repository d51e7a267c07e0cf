"""Bring stored rows from what they were to what they shall be, touching only rows that differ."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, and_, delete, insert, update

from db.rows import Row, Rows


def write_differences(connection: Connection, old: Rows, new: Rows) -> None:
    """Delete, update and insert by primary key; ``old`` has every table of ``new``."""
    for table, lines in new.items():
        before, after = _by_key(table, old[table]), _by_key(table, lines)
        for key in before.keys() - after.keys():
            connection.execute(delete(table).where(_is(table, key)))
        for key in after.keys() & before.keys():
            if after[key] != before[key]:
                connection.execute(update(table).where(_is(table, key)).values(after[key]))
        fresh = [row for key, row in after.items() if key not in before]
        if fresh:
            connection.execute(insert(table), fresh)


def _by_key(table: Table, rows: list[Row]) -> dict[tuple[object, ...], Row]:
    names = [column.name for column in table.primary_key.columns]
    return {tuple(row[name] for name in names): row for row in rows}


def _is(table: Table, key: tuple[object, ...]) -> Any:
    return and_(*(column == value for column, value in zip(table.primary_key.columns, key, strict=True)))
