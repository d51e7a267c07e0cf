"""Sessions over the network beside the file: rooms, consents, who joined; and the files behind evidence."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Date, Integer, Time

from db.tables.columns import part, ref, text, word
from db.types import Choice, Instant, Words
from mediation_desk.hearings.remote.meeting import IdentityCheck, ServerKind

meetings = part(
    "meetings",
    Column("session_no", Integer, nullable=False),
    Column("kind", Choice(ServerKind), nullable=False),
    word("room"),
    text("link"),
    Column("made_on", Date, nullable=False),
    word("made_by"),
)

remote_consents = part(
    "remote_consents",
    Column("session_no", Integer, nullable=False),
    ref(),
    Column("agreed", Boolean, nullable=False),
    Column("on", Date, nullable=False),
    word("how"),
    word("noted_by"),
)

joinings = part(
    "joinings",
    Column("session_no", Integer, nullable=False),
    ref(),
    word("name"),
    Column("joined_at", Time, nullable=False),
    Column("left_at", Time),
    Column("identity", Choice(IdentityCheck), nullable=False),
    word("noted_by"),
)

attachments = part(
    "attachments",
    ref("evidence_ref"),
    word("name"),
    Column("size", BigInteger, nullable=False),
    word("sha256", index=True),
    Column("taken_at", Instant, nullable=False),
    word("by"),
    Column("session_no", Integer),
    Column("recorded", Words, nullable=False),
    Column("consents", Words, nullable=False),
)
