"""Numbered notices a body sent out on the way; the notice of an ending stands with the ending."""

from __future__ import annotations

from sqlalchemy import Column, Date, Integer

from db.tables.columns import part, text, word
from db.types import Choice
from mediation_desk.cases.official_notice import NoticeKind

official_notices = part(
    "official_notices",
    Column("no", Integer, nullable=False),
    Column("kind", Choice(NoticeKind), nullable=False),
    Column("about", Integer),
    word("number"),
    Column("on", Date, nullable=False),
    word("by"),
    text("what"),
    Column("due_on", Date),
)
