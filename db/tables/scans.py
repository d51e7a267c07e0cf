"""Scans of a case, whose bytes lie in the file store, and originals given back."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, Integer

from db.tables.columns import part, text, word
from db.types import Choice, Instant, Words
from mediation_desk.cases.scan import ScanKind

scans = part(
    "scans",
    Column("no", Integer, nullable=False),
    Column("kind", Choice(ScanKind), nullable=False),
    word("title"),
    word("sha256", index=True),
    word("name"),
    word("media"),
    Column("size", BigInteger, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    word("by"),
    Column("place", Integer, nullable=False),
    word("form"),
    Column("paper_no", Integer, nullable=False),
    word("version"),
    Column("page", Integer, nullable=False),
    word("evidence_ref"),
    text("void_reason"),
    word("original", index=True),
)

returned_originals = part(
    "returned_originals",
    Column("no", Integer, nullable=False),
    Column("evidence_refs", Words, nullable=False),
    word("to"),
    Column("on", Date, nullable=False),
    word("receipt"),
    word("by"),
)
