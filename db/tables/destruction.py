"""Lists of destruction: they outlive the cases they name, so these are keys and numbers, never references."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Integer, String, Table

from db.base import metadata
from db.tables.columns import text, version, word
from db.tables.facts import fact_columns
from db.types import Choice, Instant, Words
from mediation_desk.cases.destroying.model import LineStatus, ListStatus
from mediation_desk.cases.vocabulary import Retention

destruction_lists = Table(
    "destruction_lists",
    metadata,
    Column("id", Integer, primary_key=True),
    text("opinion"),
    Column("status", Choice(ListStatus), nullable=False),
    word("prepared_by"),
    word("prepared_account"),
    Column("prepared_at", Instant, nullable=False),
    word("appraisers"),
    word("decided_by"),
    word("decided_account"),
    Column("decided_at", Instant),
    text("refusal"),
    word("supervisor"),
    Column("applied_at", Instant),
    version(),
)

destruction_lines = Table(
    "destruction_lines",
    metadata,
    Column("list_id", ForeignKey("destruction_lists.id"), primary_key=True),
    Column("line", Integer, primary_key=True),
    word("case_key", index=True),
    word("number"),
    word("volume_no"),
    Column("retention", Choice(Retention), nullable=False),
    Column("archived_on", Date, nullable=False),
    Column("pages", Integer),
    text("reason"),
    Column("status", Choice(LineStatus), nullable=False),
    Column("done_at", Instant),
    Column("rows", Integer, nullable=False),
    text("why"),
    Column("files", Words, nullable=False),
)

# What a destroyed case was to the statistics: figures and codes, nothing of anybody.
destroyed_facts = Table(
    "destroyed_facts",
    metadata,
    Column("case_key", String, primary_key=True),
    *fact_columns(),
)
