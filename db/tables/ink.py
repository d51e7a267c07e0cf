"""Wet ink on printed papers: marks by place and copy, corrections by hand, names drawn on a screen; what waits."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, Table

from db.base import metadata
from db.tables.columns import part, text, word
from db.types import Choice, Instant, Numbers, Words
from mediation_desk.cases.ink.mark import InkDeed

inks = part(
    "inks",
    Column("no", Integer, nullable=False),
    word("form"),
    Column("paper_no", Integer, nullable=False),
    word("version"),
    word("place"),
    Column("copies", Numbers, nullable=False),
    Column("deed", Choice(InkDeed), nullable=False),
    word("by"),
    Column("on", Date, nullable=False),
    word("witness"),
    text("reason"),
    Column("scan", Integer, nullable=False),
    word("noted_by"),
    text("void_reason"),
)

ink_corrections = part(
    "ink_corrections",
    Column("no", Integer, nullable=False),
    word("form"),
    Column("paper_no", Integer, nullable=False),
    word("version"),
    Column("page", Integer, nullable=False),
    text("what"),
    Column("initials", Words, nullable=False),
    Column("on", Date, nullable=False),
    word("noted_by"),
    text("void_reason"),
)

handwritings = part(
    "handwritings",
    Column("no", Integer, nullable=False),
    word("form"),
    Column("paper_no", Integer, nullable=False),
    word("version"),
    word("place"),
    word("name"),
    Column("at", Instant, nullable=False),
    word("strokes"),
    word("picture"),
    word("bound"),
    word("noted_by"),
    text("void_reason"),
)

# Worked out whenever a paper is printed or a mark set, so that the list across all cases is one look into an index.
ink_waits = Table(
    "ink_waits",
    metadata,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    Column("line", Integer, primary_key=True),
    word("form"),
    Column("paper_no", Integer, nullable=False),
    word("title"),
    Column("printed_at", Instant, nullable=False),
    text("hands"),
    Column("people", Integer, nullable=False),
    Index(None, "printed_at", "case_id"),
)
