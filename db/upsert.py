"""INSERT ... ON CONFLICT, which both databases know and SQLAlchemy keeps under two roofs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, Table

if TYPE_CHECKING:
    from sqlalchemy.dialects.sqlite import Insert


def insert_into(connection: Connection, table: Table) -> Insert:
    """An insert into ``table`` that takes ``on_conflict_do_nothing`` and ``on_conflict_do_update``.

    PostgreSQL's is only loaded where it is used: it costs a desk on SQLite a tenth of its start-up.
    """
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table)  # type: ignore[return-value]  # the two methods are the same
    from sqlalchemy.dialects import sqlite

    return sqlite.insert(table)
