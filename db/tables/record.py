"""What happened to a case in the desk: its diary and the papers printed from it."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, String

from db.tables.columns import part, text, word
from db.types import Choice, InkPlaces, Instant
from mediation_desk.cases.lifecycle import State

history = part(
    "history",
    Column("at", Instant, nullable=False),
    word("account"),
    word("step"),
    Column("on", Date, nullable=False),
    Column("state", Choice(State), nullable=False),
    text("sentence"),
)

documents = part(
    "documents",
    Column("at", Instant, nullable=False),
    word("account"),
    word("form"),
    word("title"),
    word("file_name"),
    Column("pages", Integer),
    Column("sha256", String, nullable=False),
    Column("no", Integer, nullable=False),
    Column("version", String, nullable=False),
    Column("template", Integer),
    Column("copies", Integer, nullable=False),
    Column("places", InkPlaces, nullable=False),
    # A paper that comes back is looked for by its fingerprint, or by the version its code names
    Index(None, "sha256"),
    Index(None, "version"),
)
