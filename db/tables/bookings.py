"""Time taken of rooms and people. The database itself refuses a second taking, whoever writes, by whatever path."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    DDL,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    event,
)

from db.base import metadata
from db.tables.columns import text, word
from db.types import Choice, Instant
from mediation_desk.experts.booking import Purpose

NO_OVERLAP = "no_overlap_bookings"
"""Name of the constraint, and the words with which SQLite's triggers refuse."""

bookings = Table(
    "bookings",
    metadata,
    Column("id", Integer, primary_key=True),
    word("taken"),  # what is taken: a key of mediation_desk.cases.taking, the same in every case
    Column("starts", Instant, nullable=False),
    Column("ends", Instant, nullable=False),
    Column("purpose", Choice(Purpose), nullable=False),
    Column("case_id", ForeignKey("cases.id"), index=True),
    Column("session_no", Integer),
    text("override"),
    Column("overridden", Boolean, nullable=False),
    CheckConstraint("starts < ends", name="order"),
    Index(None, "taken", "ends"),
    Index(None, "ends"),
)

# Each override is kept for good; it counts for the time the session had when it was given, not for a later one.
booking_overrides = Table(
    "booking_overrides",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False, index=True),
    Column("session_no", Integer, nullable=False),
    text("reason"),
    word("account"),
    Column("at", Instant, nullable=False),
    Column("starts", Instant),
    Column("ends", Instant),
)

# A key is made a number, and the number a range of one: plain values in a GiST index need an extension only a
# superuser has. Sixty bits of a digest; two keys that share them would have to be taken at the same time as well.
EXCLUSION = f"""
ALTER TABLE bookings ADD CONSTRAINT {NO_OVERLAP} EXCLUDE USING gist (
    int8range(('x' || substr(md5(taken), 1, 15))::bit(60)::bigint,
        ('x' || substr(md5(taken), 1, 15))::bit(60)::bigint, '[]') WITH &&,
    tstzrange(starts, ends) WITH &&
) WHERE (NOT overridden)
"""


def _trigger(on: str, condition: str, others: str) -> str:
    """One of the two triggers that are the constraint on SQLite.

    A step that rebuilds the table must create them again; a test compares them with what is here.
    """
    return f"""
CREATE TRIGGER {NO_OVERLAP}_{on} BEFORE {condition} ON bookings WHEN NOT NEW.overridden
BEGIN
    SELECT RAISE(ABORT, '{NO_OVERLAP}') WHERE EXISTS (
        SELECT 1 FROM bookings AS other
        WHERE other.taken = NEW.taken AND NOT other.overridden
        AND other.ends > NEW.starts AND other.starts < NEW.ends{others}
    );
END
"""  # noqa: S608  # no values go in


TRIGGERS = (
    _trigger("insert", "INSERT", ""),
    _trigger("update", "UPDATE OF id, taken, starts, ends, overridden", " AND other.id <> OLD.id"),
)

_STATEMENTS = (("postgresql", EXCLUSION), *(("sqlite", trigger) for trigger in TRIGGERS))
for _dialect, _statement in _STATEMENTS:
    _once_made: Any = DDL(_statement)  # type: ignore[no-untyped-call]  # SQLAlchemy leaves its __init__ untyped
    event.listen(bookings, "after_create", _once_made.execute_if(dialect=_dialect))
