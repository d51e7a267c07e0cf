"""The archive room: places, loans, appraisals and score sheets of volumes."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer, String
from sqlalchemy import text as text_clause

from db.tables.columns import parent_ref, part, single, text, word
from db.types import Choice
from mediation_desk.cases.archiving.model import Verdict

OUT = text_clause("returned_on IS NULL")
TO_DESTROY = text_clause("verdict = '销毁' AND destroyed_on IS NULL")

shelves = single(
    "shelves",
    Column("place", String, nullable=False, unique=True),
    Column("on", Date, nullable=False),
    word("by"),
)

loans = part(
    "loans",
    Column("no", Integer, nullable=False),
    word("who"),
    word("unit"),
    text("why"),
    Column("on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    word("approved_by"),
    word("lent_by"),
    Column("returned_on", Date),
    text("condition"),
    word("received_by"),
    Index("ix_loans_out", "due_on", "case_id", sqlite_where=OUT, postgresql_where=OUT),
)

appraisals = part(
    "appraisals",
    Column("no", Integer, nullable=False),
    Column("on", Date, nullable=False),
    Column("verdict", Choice(Verdict), nullable=False),
    text("reason"),
    word("decided_by"),
    word("second"),
    Column("keep_until", Date),
    Column("destroyed_on", Date),
    word("destroyed_by"),
    word("witness"),
    Index("ix_appraisals_to_destroy", "on", "case_id", sqlite_where=TO_DESTROY, postgresql_where=TO_DESTROY),
)

reviews = part(
    "reviews",
    Column("no", Integer, nullable=False),
    Column("on", Date, nullable=False),
    word("by"),
    Column("score", Integer, nullable=False),
    Column("full", Integer, nullable=False),
    word("grade"),
    word("rules"),
    text("note"),
)

review_marks = part(
    "review_marks",
    word("point"),
    text("item"),
    Column("deduct", Integer, nullable=False),
    text("why"),
    Column("automatic", Boolean, nullable=False),
    parents=(parent_ref("review_no"),),
)
