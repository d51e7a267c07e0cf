"""Templates of papers: every version with its bytes, and which one is used."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, String, Table, UniqueConstraint

from db.base import metadata
from db.tables.columns import text, version, word
from db.types import Instant

paper_templates = Table(
    "paper_templates",
    metadata,
    Column("id", Integer, primary_key=True),
    word("form"),
    word("track"),
    word("body"),
    Column("no", Integer, nullable=False),
    word("name"),
    text("note"),
    word("by"),
    Column("at", Instant, nullable=False),
    Column("size", Integer, nullable=False),
    word("sha256"),
    Column("docx", LargeBinary, nullable=False),
    UniqueConstraint("form", "track", "body", "no"),
)

# A row stands for a decision: without one a slot has never used anything but the built-in layout.
paper_template_uses = Table(
    "paper_template_uses",
    metadata,
    Column("form", String, primary_key=True),
    Column("track", String, primary_key=True),
    Column("body", String, primary_key=True),
    Column("template_id", ForeignKey("paper_templates.id")),
    word("by"),
    Column("at", Instant, nullable=False),
    version(),
)
