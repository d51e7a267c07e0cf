"""Saved views of the case list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, delete, exists, select, update

from db.tables.views import saved_views
from db.upsert import insert_into


class ViewRepository:
    """Implements ``Views`` on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[tuple[str, Mapping[str, Any]], ...]:
        """Name and query of each, oldest first."""
        query = select(saved_views.c.name, saved_views.c.query).order_by(saved_views.c.id)
        return tuple((row.name, row.query) for row in self._connection.execute(query))

    def add(self, name: str, query: Mapping[str, Any]) -> bool:
        """Save one; False when the name is taken, also by somebody saving at this moment."""
        note = insert_into(self._connection, saved_views).values(name=name, query=dict(query))
        return self._connection.scalar(note.on_conflict_do_nothing().returning(saved_views.c.id)) is not None

    def rename(self, name: str, other: str) -> bool:
        """Give one another name; False when it is gone or the name is taken."""
        taken = exists().where(saved_views.alias("other").c.name == other)
        one = update(saved_views).where(saved_views.c.name == name, ~taken).values(name=other)
        return self._connection.execute(one).rowcount == 1

    def drop(self, name: str) -> bool:
        """Forget one; False when it is gone."""
        return self._connection.execute(delete(saved_views).where(saved_views.c.name == name)).rowcount == 1
