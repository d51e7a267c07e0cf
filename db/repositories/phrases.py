"""Phrases of this centre with how often they were used."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, select

from db.tables.counter import phrases
from db.upsert import insert_into
from mediation_desk.cases.counter.phrases import OFFERED, Phrase

_LAST = "\U0010ffff"
_LOOKED_AT = 60
"""Phrases that begin so, among which the most used are offered."""


def count_phrases(connection: Connection, used: Mapping[tuple[Phrase, str], int]) -> None:
    """Add to the counts; always in one order, so that two counters do not wait for each other in a ring."""
    rows = [
        {"kind": kind.value, "phrase": words, "used": times} for (kind, words), times in sorted(used.items())
    ]
    if rows:
        adding = insert_into(connection, phrases)
        more = {"used": phrases.c.used + adding.excluded.used}
        connection.execute(adding.on_conflict_do_update(index_elements=["kind", "phrase"], set_=more), rows)


def begun_with(connection: Connection, phrase: Phrase, typed: str) -> tuple[str, ...]:
    """The most used that begin with ``typed``; a bounded look into the index whatever has been used."""
    table, kind = phrases.c, phrases.c.kind == phrase.value
    if not typed:
        query = select(table.phrase).where(kind).order_by(table.used.desc()).limit(OFFERED)
        return tuple(connection.scalars(query))
    begun = kind & (table.phrase >= typed) & (table.phrase < typed + _LAST)
    some = select(table.phrase, table.used).where(begun).order_by(table.phrase).limit(_LOOKED_AT).subquery()
    query = select(some.c.phrase).order_by(some.c.used.desc(), some.c.phrase).limit(OFFERED)
    return tuple(connection.scalars(query))
