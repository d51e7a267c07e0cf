"""Records of sessions: what was added after they were frozen, and the text in work with what the parties said."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Integer, String, Table

from db.base import metadata
from db.tables.columns import part, text, version, word
from db.types import Choice, Instant
from mediation_desk.cases.minutes.model import Answer, Reading

additions = part(
    "additions",
    Column("no", Integer, nullable=False),
    Column("session_no", Integer, nullable=False),
    Column("on", Date, nullable=False),
    word("by"),
    text("text"),
)

# Guarded by its own version: the text is edited by several people while the case itself stands still.
working_records = Table(
    "working_records",
    metadata,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    Column("session_no", Integer, primary_key=True),
    text("text"),
    text("composed"),
    Column("revision", Integer, nullable=False),
    word("read_by", nullable=True),
    Column("read_at", Instant),
    Column("read_how", Choice(Reading)),
    word("read_digest", nullable=True),
    Column("frozen_at", Instant),
    version(),
)

read_backs = Table(
    "read_backs",
    metadata,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    Column("session_no", Integer, primary_key=True),
    Column("ref", String, primary_key=True),
    Column("answer", Choice(Answer), nullable=False),
    text("remark"),
    Column("at", Instant, nullable=False),
    word("account"),
    word("digest"),
)
