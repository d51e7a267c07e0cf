"""Submitted periods: figures, the facts behind them, and corrections booked later. The database refuses any change.

Rows come first, the submission itself last: once it stands, nothing can be added to it either. Cases are kept as plain
numbers and keys, not as references: a submission outlives what becomes of a case.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import DDL, Column, Date, ForeignKey, Index, Integer, Table, UniqueConstraint, event

from db.base import metadata
from db.tables.columns import text, word
from db.tables.facts import fact_columns
from db.types import Choice, Instant, Json
from mediation_desk.agreements.model import Satisfaction

submissions = Table(
    "submissions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("as_of", Date, nullable=False),
    word("unit"),
    Column("no", Integer, nullable=False),
    Column("supersedes", ForeignKey("submissions.id")),
    Column("at", Instant, nullable=False),
    word("account"),
    word("display_name"),
    text("note"),
    text("reason"),
    text("override"),
    Column("cases", Integer, nullable=False),
    Column("content", Json, nullable=False),
    word("sha256"),
    UniqueConstraint("first", "last", "unit", "no"),
)

submitted_facts = Table(
    "submitted_facts",
    metadata,
    Column("submission_id", Integer, primary_key=True, autoincrement=False),
    Column("case_id", Integer, primary_key=True, autoincrement=False),
    word("case_key"),
    *fact_columns(),
    Index(None, "submission_id", "case_key"),
)

submitted_visits = Table(
    "submitted_visits",
    metadata,
    Column("submission_id", Integer, primary_key=True, autoincrement=False),
    Column("case_id", Integer, primary_key=True, autoincrement=False),
    Column("line", Integer, primary_key=True, autoincrement=False),
    Column("visited_on", Date, nullable=False),
    Column("satisfaction", Choice(Satisfaction), nullable=False),
)

submission_corrections = Table(
    "submission_corrections",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("submission_id", ForeignKey("submissions.id"), nullable=False),
    Column("no", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    word("account"),
    word("display_name"),
    text("reason"),
    Column("content", Json, nullable=False),
    word("sha256"),
    UniqueConstraint("submission_id", "no"),
)

STAYS = "submitted_stays"
"""Begins the name of every guard, and is the word with which they refuse."""

KEPT = ("submissions", "submitted_facts", "submitted_visits", "submission_corrections")
ROWS = ("submitted_facts", "submitted_visits")

POSTGRES_REFUSING = f"""
CREATE OR REPLACE FUNCTION {STAYS}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{STAYS}';
END
$$
"""
POSTGRES_SEALED = f"""
CREATE OR REPLACE FUNCTION {STAYS}_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM submissions WHERE id = NEW.submission_id) THEN
        RAISE EXCEPTION '{STAYS}';
    END IF;
    RETURN NEW;
END
$$
"""  # noqa: S608


SEALED = "WHEN EXISTS (SELECT 1 FROM submissions WHERE id = NEW.submission_id)"


def guards(dialect: str, table: str) -> tuple[str, ...]:
    """The statements that make a table refuse; a step that rebuilds it must give them again."""
    return _sqlite(table) if dialect == "sqlite" else _postgresql(table)


def _postgresql(table: str) -> tuple[str, ...]:
    each, refuse = "FOR EACH", f"EXECUTE FUNCTION {STAYS}()"
    made = [
        f"CREATE TRIGGER {STAYS}_change BEFORE UPDATE OR DELETE ON {table} {each} ROW {refuse}",
        f"CREATE TRIGGER {STAYS}_truncate BEFORE TRUNCATE ON {table} {each} STATEMENT {refuse}",
    ]
    if table in ROWS:
        made.append(
            f"CREATE TRIGGER {STAYS}_insert BEFORE INSERT ON {table} {each} ROW EXECUTE FUNCTION {STAYS}_sealed()"
        )
    return (POSTGRES_REFUSING, POSTGRES_SEALED, *made)


def _sqlite(table: str) -> tuple[str, ...]:
    made = [
        f"CREATE TRIGGER {STAYS}_{what.lower()}_{table} BEFORE {what} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{STAYS}'); END"
        for what in ("UPDATE", "DELETE")
    ]
    if table in ROWS:
        made.append(
            f"CREATE TRIGGER {STAYS}_insert_{table} BEFORE INSERT ON {table} {SEALED} "
            f"BEGIN SELECT RAISE(ABORT, '{STAYS}'); END"
        )
    return tuple(made)


for _table in (submissions, submitted_facts, submitted_visits, submission_corrections):
    for _dialect in ("sqlite", "postgresql"):
        for _statement in guards(_dialect, _table.name):
            _once_made: Any = DDL(_statement)  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it untyped
            event.listen(_table, "after_create", _once_made.execute_if(dialect=_dialect))
