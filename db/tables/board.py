"""The session boards: one row a line, each with its own version, so that two people write side by side."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from db.base import metadata
from db.tables.columns import ref, text, version, word
from db.types import Choice, Instant, Words, Yuan
from mediation_desk.hearings.board.notes import NoteKind, Wall

# The row a writer locks: it gives numbers, and its revision tells another desk that something is new.
boards = Table(
    "boards",
    metadata,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    Column("last_no", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
)

board_notes = Table(
    "board_notes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False),
    Column("no", Integer, nullable=False),
    Column("key", String, nullable=False),
    Column("session_no", Integer, nullable=False),
    ref("speaker"),
    Column("kind", Choice(NoteKind), nullable=False),
    text("text"),
    Column("at", Instant, nullable=False),
    word("account"),
    Column("wall", Choice(Wall), nullable=False),
    ref("side", nullable=True),
    ref("release_by", nullable=True),
    Column("release_on", Date),
    text("release_how", nullable=True),
    Column("issue", Integer),
    ref("payer", nullable=True),
    ref("payee", nullable=True),
    Column("amount", Yuan),
    Column("due_on", Date),
    Column("answers", Integer),
    Column("accepted_by", Words, nullable=False),
    Column("accepted_on", Date),
    Column("withdrawn_on", Date),
    word("withdrawn_by", nullable=True),
    text("withdrawn_reason", nullable=True),
    Column("struck_at", Instant),
    word("struck_by", nullable=True),
    text("struck_reason", nullable=True),
    Column("beside", Integer),
    version(),
    Column("revision", Integer, nullable=False),
    UniqueConstraint("case_id", "no"),
    UniqueConstraint("case_id", "key"),
    Index(None, "case_id", "revision"),
)

board_openings = Table(
    "board_openings",
    metadata,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    Column("session_no", Integer, primary_key=True),
    Column("code", String, primary_key=True),
    Column("at", Instant, nullable=False),
    word("account"),
    text("answer"),
)

board_presence = Table(
    "board_presence",
    metadata,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    Column("session_no", Integer, primary_key=True),
    Column("ref", String, primary_key=True),
    word("how"),
    Column("at", Instant, nullable=False),
)
