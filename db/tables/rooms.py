"""Sessions as they are arranged: which room, until when."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Time

from db.tables.columns import part, word

arrangements = part(
    "arrangements",
    Column("session_no", Integer, nullable=False),
    word("room", index=True),
    Column("until", Time),
)
