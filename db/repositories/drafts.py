"""Drafts: words kept from the first keystroke on."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from db.rows import columns, make
from db.tables.centre import drafts
from mediation_desk.cases.summary import Draft


class DraftRepository:
    """Implements ``Drafts`` on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, draft: Draft) -> None:
        """Store or replace the draft with this key."""
        self.drop(draft.key)
        self._connection.execute(insert(drafts), columns(drafts, draft))

    def drafts(self) -> tuple[Draft, ...]:
        """All drafts, newest first."""
        rows = self._connection.execute(select(drafts).order_by(drafts.c.saved_at.desc())).mappings()
        return tuple(make(Draft, row) for row in rows)

    def drop(self, key: str) -> None:
        """Forget one."""
        self._connection.execute(delete(drafts).where(drafts.c.key == key))
