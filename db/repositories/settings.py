"""Small values of the centre, and counters that tell whether something moved."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, func, select

from db.tables.centre import settings
from db.upsert import insert_into

POOL = "pool.revision"  # a row without value whose version moves with every change of the pool


class NoteRepository:
    """Implements ``Notes`` on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, key: str) -> Any:
        """The value, or None."""
        return self._connection.scalar(select(settings.c.value).where(settings.c.key == key))

    def held(self, key: str) -> Any:
        """The value as it stays for everybody who asks this way, until this unit ends."""
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(key, 0))))
        return self.get(key)

    def put(self, key: str, value: Any) -> None:
        """Store or replace a JSON value."""
        write_setting(self._connection, key, value)


def write_setting(connection: Connection, key: str, value: Any) -> None:
    """Store ``value`` and move the row's version on."""
    note = insert_into(connection, settings).values(key=key, value=value, version=1)
    moved = {"value": note.excluded.value, "version": settings.c.version + 1}
    connection.execute(note.on_conflict_do_update(index_elements=["key"], set_=moved))


def moved(connection: Connection, key: str) -> int:
    """How often the setting was written."""
    return connection.scalar(select(settings.c.version).where(settings.c.key == key)) or 0
