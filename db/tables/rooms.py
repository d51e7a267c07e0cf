"""Sessions as they are arranged: room and end, who is invited, what the parties agreed to, what was changed."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Integer, Time

from db.tables.columns import part, ref, text, word
from db.types import Choice
from mediation_desk.hearings.arrangement import ChangeKind, Subject

arrangements = part(
    "arrangements",
    Column("session_no", Integer, nullable=False),
    word("room", index=True),
    Column("until", Time),
    Column("adjourned_at", Time),
)

guests = part(
    "guests",
    Column("session_no", Integer, nullable=False),
    word("name"),
    word("capacity"),
    word("relation"),
    Column("attended", Boolean),
)

consents = part(
    "consents",
    Column("about", Choice(Subject), nullable=False),
    word("guest"),
    ref("by"),
    Column("agreed", Boolean, nullable=False),
    Column("on", Date, nullable=False),
    word("how"),
)

rearrangements = part(
    "rearrangements",
    Column("session_no", Integer, nullable=False),
    Column("kind", Choice(ChangeKind), nullable=False),
    Column("on", Date, nullable=False),
    word("by"),
    text("reason"),
    Column("from_date", Date, nullable=False),
    Column("from_start", Time, nullable=False),
    word("from_place"),
    Column("to_date", Date),
    Column("to_start", Time),
    word("to_place"),
)
