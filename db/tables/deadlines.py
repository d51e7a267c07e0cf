"""Deadlines not met yet, worked out at each save, so that lists across all cases find them by an index."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, Table

from db.base import metadata
from db.tables.columns import text, word
from db.types import Choice
from mediation_desk.cases.deadlines.model import Group
from mediation_desk.cases.deadlines.rules import Whose

deadlines = Table(
    "deadlines",
    metadata,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    Column("line", Integer, primary_key=True),
    word("code"),
    Column("group", Choice(Group), nullable=False),
    Column("whose", Choice(Whose), nullable=False),
    word("what"),
    Column("due_on", Date, nullable=False),
    text("why"),
    text("overrun"),
    Column("provisional", Boolean, nullable=False),
    word("source"),
    word("place"),
    Index(None, "group", "due_on", "case_id"),
)
