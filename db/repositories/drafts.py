"""Drafts: words kept from the first keystroke on."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select

from db.rows import columns, make
from db.tables.centre import drafts
from db.upsert import insert_into
from mediation_desk.cases.summary import Draft


class DraftRepository:
    """Implements ``Drafts`` on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, draft: Draft) -> None:
        """Store or replace the draft with this key."""
        row = columns(drafts, draft)
        kept = insert_into(self._connection, drafts).values(row | {"version": 0})
        self._connection.execute(kept.on_conflict_do_update(index_elements=["key"], set_=row))

    def find(self, key: str) -> Draft | None:
        """The draft with this key."""
        row = self._connection.execute(select(drafts).where(drafts.c.key == key)).mappings().first()
        return None if row is None else make(Draft, row)

    def drafts(self, *, limit: int | None = None) -> tuple[Draft, ...]:
        """The newest ``limit`` drafts, or all of them, newest first."""
        query = select(drafts).order_by(drafts.c.saved_at.desc()).limit(limit)
        return tuple(make(Draft, row) for row in self._connection.execute(query).mappings())

    def drop(self, key: str) -> None:
        """Forget one."""
        self._connection.execute(delete(drafts).where(drafts.c.key == key))
