"""Rounds of choosing, each party's marks in rows of its own, disclosures, and bars that follow a person."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from db.base import metadata
from db.tables.columns import ref, text, version, word
from db.types import Choice, Instant, Json, Words
from mediation_desk.experts.choice.ballot import MarkedAt

ballots = Table(
    "ballots",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False),
    Column("no", Integer, nullable=False),
    Column("run_off", Boolean, nullable=False),
    Column("opened_at", Instant, nullable=False),
    word("language"),
    Column("assisting", Integer, nullable=False),
    text("rule"),
    Column("left_out", Json, nullable=False),
    Column("result", Words, nullable=False),
    text("why"),
    Column("closed_at", Instant),
    text("ended_by"),
    version(),
    UniqueConstraint("case_id", "no"),
)

ballot_candidates = Table(
    "ballot_candidates",
    metadata,
    Column("ballot_id", ForeignKey("ballots.id"), primary_key=True),
    Column("line", Integer, primary_key=True),
    Column("pool_no", ref().type, nullable=False, index=True),
    word("name"),
    Column("running", Integer, nullable=False),
    Column("reasons", Words, nullable=False),
    Column("disclose", Words, nullable=False),
)

ballot_marks = Table(
    "ballot_marks",
    metadata,
    Column("ballot_id", ForeignKey("ballots.id"), primary_key=True),
    Column("party", String, primary_key=True),
    Column("ranks", Words, nullable=False),
    Column("strikes", Words, nullable=False),
    Column("sealed", Boolean, nullable=False),
    Column("at", Instant, nullable=False),
    Column("place", Choice(MarkedAt), nullable=False),
    word("by"),
)

disclosures = Table(
    "disclosures",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False),
    Column("pool_no", ref().type, nullable=False, index=True),
    Column("on", Date, nullable=False),
    text("text"),
    Column("hits", Words, nullable=False),
    text("ruling"),
    word("ruled_by"),
    Column("ruled_on", Date),
    text("basis"),
    version(),
    UniqueConstraint("case_id", "pool_no"),
)

disclosure_answers = Table(
    "disclosure_answers",
    metadata,
    Column("disclosure_id", ForeignKey("disclosures.id"), primary_key=True),
    Column("line", Integer, primary_key=True),
    word("party"),
    Column("on", Date, nullable=False),
    Column("accepts", Boolean, nullable=False),
    text("ground"),
    text("detail"),
)

bars = Table(
    "bars",
    metadata,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    Column("pool_no", String, primary_key=True),
    word("name"),
    word("phone"),
    word("id_no"),
    Column("since", Date, nullable=False),
    Index(None, "pool_no"),
)
