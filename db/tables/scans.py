"""Scans of a case; their bytes lie in the file store."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer

from db.tables.columns import part, text, word
from db.types import Choice, Instant
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
)
