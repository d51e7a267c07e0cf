"""工作记录: work that is no case; a line is struck, never changed or removed."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, String, Table

from db.base import metadata
from db.tables.columns import text, word
from db.types import Instant, Yuan

work_entries = Table(
    "work_entries",
    metadata,
    Column("id", Integer, primary_key=True),
    word("kind"),
    word("unit"),
    word("unit_name"),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("times", Integer),
    Column("disputes", Integer),
    Column("handed", Integer),
    Column("people", Integer),
    Column("yuan", Yuan),
    word("category"),
    text("note"),
    word("account"),
    word("clerk"),
    Column("at", Instant, nullable=False),
    Column("operation", String, unique=True),
    Column("voided_on", Date),
    word("voided_by", nullable=True),
    text("void_reason", nullable=True),
    Index(None, "last", "kind"),
)
