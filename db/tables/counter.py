"""What the counter looks things up by: who stands in which case, the ways a name is typed, phrases used, visits."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table

from db.base import metadata
from db.tables.columns import text, word
from db.types import Choice, Instant, Words
from mediation_desk.parties.model import Gender, PartyKind, Side
from mediation_desk.parties.standing import Capacity

EXACT = String().with_variant(String(collation="C"), "postgresql")
"""Compared by code point on both databases, so that the beginning of a word is a range of the index."""

# Everybody named in a case, whatever they are there. Written with the case; never read as part of it.
# ``id_back`` and ``phone_back`` are the numbers read from their end: a tail is found as a beginning is.
standings = Table(
    "standings",
    metadata,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    Column("line", Integer, primary_key=True),
    word("ref"),
    Column("capacity", Choice(Capacity), nullable=False),
    Column("side", Choice(Side)),
    Column("kind", Choice(PartyKind), nullable=False),
    word("name"),
    Column("name_key", EXACT, nullable=False),
    Column("gender", Choice(Gender)),
    Column("birth_date", Date),
    Column("id_no", EXACT),
    Column("id_back", EXACT),
    Column("phone", EXACT),
    Column("phone_back", EXACT),
    Index(None, "name_key", "case_id"),
    Index(None, "id_no", "case_id"),
    Index(None, "id_back"),
    Index(None, "phone", "case_id"),
    Index(None, "phone_back"),
)

name_ways = Table(
    "name_ways",
    metadata,
    Column("way", EXACT, primary_key=True),
    Column("name_key", EXACT, primary_key=True),
)

# Words each body used before, and how often: addresses, places, claims. Whoever sees its cases is offered them.
phrases = Table(
    "phrases",
    metadata,
    Column("kind", String, primary_key=True),
    Column("phrase", EXACT, primary_key=True),
    Column("body", EXACT, primary_key=True),
    Column("used", Integer, nullable=False),
    Index(None, "kind", "used"),
)

visits = Table(
    "visits",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("on", Date, nullable=False),
    Column("at", Instant, nullable=False),
    word("account"),
    word("clerk"),
    word("name"),
    word("phone"),
    word("category"),
    text("matter"),
    text("answer"),
    Column("remedies", Words, nullable=False),
    word("case_key", nullable=True, index=True),
    Index(None, "on", "id"),
)
