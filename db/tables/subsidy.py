"""以案定补: lists, claims on them, each mediator's share, and the cases that wait for a claim."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, UniqueConstraint
from sqlalchemy import text as text_clause

from db.base import metadata
from db.tables.columns import text, version, word
from db.types import Choice, Instant, Yuan
from mediation_desk.experts.model import Role
from mediation_desk.shared.track import Track
from mediation_desk.subsidy.model import BatchStatus, ClaimStatus

LIVE = text_clause("corrects IS NULL AND status <> '作废'")
"""A case has one live claim at most: whoever comes second is refused by the database."""
CHANGED = text_clause("differs")

subsidy_batches = Table(
    "subsidy_batches",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("month", Date, nullable=False),
    Column("no", Integer, nullable=False),
    Column("status", Choice(BatchStatus), nullable=False),
    word("prepared_by"),
    word("prepared_account"),
    Column("prepared_at", Instant, nullable=False),
    word("decided_by"),
    word("decided_account"),
    Column("decided_at", Instant),
    Column("paid_on", Date),
    word("paid_by"),
    text("reason"),
    version(),
    UniqueConstraint("month", "no"),
)

subsidy_claims = Table(
    "subsidy_claims",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("batch_id", ForeignKey("subsidy_batches.id"), index=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False, index=True),
    Column("corrects", ForeignKey("subsidy_claims.id"), unique=True),
    Column("month", Date, nullable=False),
    word("number", nullable=True),
    word("body"),
    word("category"),
    Column("concluded_on", Date, nullable=False),
    word("scheme"),
    word("scheme_version"),
    word("pay_class"),
    text("clause"),
    Column("amount", Yuan, nullable=False),
    Column("status", Choice(ClaimStatus), nullable=False),
    text("reason"),
    Column("approved", Boolean, nullable=False),
    Column("differs", Boolean, nullable=False),
    Column("basis", String, nullable=False),
    Column("parties", String, nullable=False, index=True),
    word("by"),
    Column("at", Instant, nullable=False),
    word("decided_by"),
    Column("decided_at", Instant),
    Column("paid_on", Date),
    Index("uq_subsidy_claims_live", "case_id", unique=True, sqlite_where=LIVE, postgresql_where=LIVE),
    Index("ix_subsidy_claims_differs", "id", sqlite_where=CHANGED, postgresql_where=CHANGED),
)

subsidy_shares = Table(
    "subsidy_shares",
    metadata,
    Column("claim_id", ForeignKey("subsidy_claims.id"), primary_key=True),
    Column("line", Integer, primary_key=True),
    word("pool_no"),
    word("name"),
    Column("role", Choice(Role), nullable=False),
    word("grade"),
    Column("base", Yuan, nullable=False),
    Column("extra", Yuan, nullable=False),
    Column("amount", Yuan, nullable=False),
    text("note"),
)

# Worked out with each saved case and each claim: a month's list reads these and never the archive.
subsidy_waits = Table(
    "subsidy_waits",
    metadata,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    Column("track", Choice(Track), nullable=False),
    Column("concluded_on", Date, nullable=False),
    Index(None, "concluded_on", "case_id"),
)
