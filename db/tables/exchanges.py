"""States of cases that other centres have, too, in their packages or in ours."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String, Table

from db.base import metadata
from db.tables.columns import text, word
from db.types import Choice, Instant, Words
from mediation_desk.cases.exchanges import Way

exchanges = Table(
    "exchanges",
    metadata,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    Column("no", Integer, primary_key=True),
    word("package"),
    Column("way", Choice(Way), nullable=False),
    Column("at", Instant, nullable=False),
    Column("digest", String, nullable=False, index=True),
    text("content"),
    word("partner"),
    word("base"),
    word("their_key"),
    word("their_number"),
    Column("waiting", Words, nullable=False),
    Column("waits", Integer, nullable=False, index=True),
    text("evidence"),
)
