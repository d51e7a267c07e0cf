"""What the desk keeps beside the exchanged file, and the register of numbers given out."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, String, Table, UniqueConstraint

from db.base import metadata
from db.tables.columns import parent_ref, part, single, text, word
from db.types import Choice, Words
from mediation_desk.cases.beside import OrderKind
from mediation_desk.cases.vocabulary import DayUnit, SuspensionCause
from mediation_desk.shared.track import Track

orders = part(
    "orders",
    Column("no", Integer, nullable=False),
    Column("kind", Choice(OrderKind), nullable=False),
    word("to"),
    Column("helpers", Words, nullable=False),
    word("person"),
    Column("given_on", Date, nullable=False),
    word("given_by"),
    Column("due_on", Date),
    text("task"),
    Column("received_on", Date),
    word("received_by"),
    Column("refused_on", Date),
    text("refusal"),
    Column("replied_on", Date),
    text("reply"),
    Column("voided_on", Date),
    text("void_reason"),
    word("status"),
    Column("about", Integer),
    word("decided_by", nullable=True),
    Column("raised_on", Date),
    Column("settled_on", Date),
    Column("told_on", Date),
    Index(None, "to", "status", "due_on"),
    Index(None, "status", "due_on"),
    # what a unit did in a period is found without reading what it did before
    Index(None, "to", "status", "replied_on"),
    Index(None, "status", "replied_on"),
)

standstills = single(
    "standstills",
    Column("cause", Choice(SuspensionCause), nullable=False),
    text("reason"),
    Column("notice_on", Date, nullable=False),
    Column("from_on", Date, nullable=False),
    Column("unit", Choice(DayUnit), nullable=False),
)

risks = part(
    "risks",
    word("kind"),
    Column("noted_on", Date, nullable=False),
    word("noted_by"),
    text("note"),
    word("reported_to"),
    Column("reported_on", Date),
    Index(None, "reported_on"),
)

sponsors = single(
    "sponsors", word("name", index=True), word("post"), Column("since", Date, nullable=False), text("reason")
)

closings = single(
    "closings",
    Column("on", Date, nullable=False),
    word("by"),
    text("evaluation"),
    word("approved_by"),
)

corrections = part(
    "corrections",
    Column("no", Integer, nullable=False),
    Column("on", Date, nullable=False),
    word("by"),
    text("reason"),
)

changes = part(
    "changes",
    word("place"),
    word("name"),
    text("before"),
    text("after"),
    parents=(parent_ref("correction_no"),),
)

track_moves = part(
    "track_moves",
    Column("on", Date, nullable=False),
    word("by"),
    text("reason"),
    Column("track", Choice(Track), nullable=False),
    word("body"),
    word("number", nullable=True),
    Column("due_on", Date),
)

locks = single(
    "locks",
    Column("on", Date, nullable=False),
    word("by"),
    text("reason"),
    Column("grounds", Words, nullable=False),
    Column("named", Words, nullable=False),
)

numbers_given = Table(
    "numbers_given",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", String, nullable=False, index=True),
    word("body"),
    word("kind"),
    Column("year", Integer, nullable=False),
    Column("serial", Integer, nullable=False),
    word("case_key"),
    Column("given_on", Date, nullable=False),
    Column("voided_on", Date),
    text("reason"),
    UniqueConstraint("body", "kind", "year", "serial"),
)
