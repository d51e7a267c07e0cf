"""The centre: its bodies, accounts, people, settings and number series."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from db.base import metadata
from db.tables.columns import version, word
from db.types import Canonical, Choice, Instant, Json, Words
from mediation_desk.cases.vocabulary import BodyType

settings = Table(
    "settings", metadata, Column("key", String, primary_key=True), Column("value", Json), version()
)

bodies = Table(
    "bodies",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    word("short"),
    Column("type", Choice(BodyType), nullable=False),
    word("address"),
    Column("parent_id", ForeignKey("bodies.id")),
    version(),
)

accounts = Table(
    "accounts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    Column("display_name", String, nullable=False, unique=True),
    Column("active", Boolean, nullable=False, default=True),
    version(),
    Column("roles", Words, nullable=False),
    word("body"),
    word("pool_no"),
    word("id_no"),
    word("phone"),
    word("created_by"),
    Column("relatives", Words, nullable=False),
    Column("must_change", Boolean, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("signed_in_at", Instant),
    Column("left_turn", Integer, nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("id", Integer, primary_key=True),
    word("kind"),
    Column("name", String, nullable=False, index=True),
    word("id_kind"),
    word("id_no", index=True),
    word("phone"),
    word("address"),
    Column("seen_on", Date, nullable=False),
    version(),
    UniqueConstraint("id_kind", "id_no"),
)

number_series = Table(
    "number_series",
    metadata,
    Column("body", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("last", Integer, nullable=False),
)

operations = Table(
    "operations", metadata, Column("id", String, primary_key=True), Column("at", Instant, nullable=False)
)

drafts = Table(
    "drafts",
    metadata,
    Column("key", String, primary_key=True),
    word("account"),
    Column("content", Json, nullable=False),
    Column("saved_at", Instant, nullable=False),
    version(),
)

# No number is given out by the database: the chain has no gaps. Guards and companions: db.tables.chain.
audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    word("account"),
    word("action"),
    word("case_key", nullable=True),
    word("person", nullable=True),
    word("result"),
    Column("clock", Integer, nullable=False),
    Column("details", Canonical, nullable=False),
    word("words"),
    word("seal"),
    word("link"),
    Index(None, "case_key", "seq"),
    Index(None, "account", "seq"),
    Index(None, "at"),
)
