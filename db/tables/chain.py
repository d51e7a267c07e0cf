"""What stands beside the audit trail, and the guards that let nobody change it, by whatever path."""

from __future__ import annotations

from typing import Any

from sqlalchemy import DDL, Column, ForeignKey, Integer, Table, Text, event

from db.base import metadata
from db.tables.centre import audit
from db.tables.columns import word
from db.types import Instant

# Personal words of an entry. The chain holds their digest only, so they can be destroyed without breaking it.
audit_words = Table(
    "audit_words",
    metadata,
    Column("seq", ForeignKey("audit.seq"), primary_key=True, autoincrement=False),
    word("salt"),
    Column("words", Text, nullable=False),
)

# Words that were destroyed lawfully; the entry of the trail that ordered it names the same numbers.
audit_erasures = Table(
    "audit_erasures",
    metadata,
    Column("seq", ForeignKey("audit.seq"), primary_key=True, autoincrement=False),
)

# One row. Where the next entry goes on (seq, link, at): its lock is the turn to append. How far a holder of the key
# proved the chain to reach (proved_seq, proved_link, seal). The key of a centre without accounts, which lies open, and
# from which entry on it no longer counts. Where the whole centre was moved to: it goes on there, not here.
audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),
    word("link"),
    Column("at", Instant),
    Column("proved_seq", Integer, nullable=False),
    word("proved_link"),
    word("seal"),
    word("open_key"),
    Column("keyed_from", Integer),
    word("moved_to", nullable=True),
)

STAYS = "audit_stays"
"""Begins the name of every guard, and is the word with which they refuse."""

ERASED = "EXISTS (SELECT 1 FROM audit_erasures WHERE seq = OLD.seq)"
POSTGRES_REFUSING = f"""
CREATE OR REPLACE FUNCTION {STAYS}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{STAYS}';
END
$$
"""
POSTGRES_WORDS = f"""
CREATE OR REPLACE FUNCTION {STAYS}_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {ERASED} THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '{STAYS}';
END
$$
"""  # no values go in

POSTGRES_TURN = f"""
CREATE OR REPLACE FUNCTION {STAYS}_turn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_has_role((SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') OR EXISTS (
        SELECT 1 FROM audit_head WHERE NEW.seq = seq + 1
        OR NEW.seq > seq AND EXISTS (SELECT 1 FROM audit WHERE seq = NEW.seq - 1)
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '{STAYS}';
END
$$
"""  # noqa: S608  # no values go in
"""Who does not own the trail adds at its end, leaves no number out and puts none before what is there."""

_GUARDED = {
    "audit": ("UPDATE", "DELETE"),
    "audit_words": ("UPDATE",),
    "audit_erasures": ("UPDATE", "DELETE"),
    "audit_head": ("DELETE",),
}


def guards(dialect: str, table: str) -> tuple[str, ...]:
    """The statements that make ``table`` refuse; a step that rebuilds it must give them again."""
    return _sqlite(table) if dialect == "sqlite" else _postgresql(table)


def _sqlite(table: str) -> tuple[str, ...]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{STAYS}'); END"
    made = [
        f"CREATE TRIGGER {STAYS}_{what.lower()}_{table} BEFORE {what} ON {table} {refuse}"
        for what in _GUARDED[table]
    ]
    if table == "audit_words":
        made.append(
            f"CREATE TRIGGER {STAYS}_delete_{table} BEFORE DELETE ON {table} WHEN NOT {ERASED} {refuse}"
        )
    return tuple(made)


def _postgresql(table: str) -> tuple[str, ...]:
    refuse = f"EXECUTE FUNCTION {STAYS}()"
    what = " OR ".join(_GUARDED[table])
    made = [
        f"CREATE TRIGGER {STAYS}_change BEFORE {what} ON {table} FOR EACH ROW {refuse}",
        f"CREATE TRIGGER {STAYS}_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}",
    ]
    if table == "audit_words":
        made.append(
            f"CREATE TRIGGER {STAYS}_delete BEFORE DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {STAYS}_words()"
        )
    if table == "audit":
        made.append(
            f"CREATE TRIGGER {STAYS}_turn BEFORE INSERT ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {STAYS}_turn()"
        )
    return (POSTGRES_REFUSING, POSTGRES_WORDS, POSTGRES_TURN, *made)


for _table in (audit, audit_words, audit_erasures, audit_head):
    for _dialect in ("sqlite", "postgresql"):
        for _statement in guards(_dialect, _table.name):
            _once_made: Any = DDL(_statement)  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it untyped
            event.listen(_table, "after_create", _once_made.execute_if(dialect=_dialect))
