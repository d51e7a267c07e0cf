"""Phrases of this centre with how often they were used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, delete, select, update

from db.tables.cases import cases
from db.tables.counter import phrases
from db.tables.course import claims
from db.tables.parties import parties
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


def phrases_in(connection: Connection, case_ids: Sequence[int]) -> Counter[tuple[Phrase, str]]:
    """How often each phrase stands in these cases."""
    sources = (
        (Phrase.ADDRESS, select(parties.c.address).where(parties.c.case_id.in_(case_ids))),
        (Phrase.CLAIM, select(claims.c.item).where(claims.c.case_id.in_(case_ids))),
        (Phrase.PLACE, select(cases.c.place).where(cases.c.id.in_(case_ids))),
    )
    return Counter((kind, words) for kind, query in sources for words in connection.scalars(query))


def uncount_phrases(connection: Connection, used: Mapping[tuple[Phrase, str], int]) -> None:
    """Take from the counts; what nobody uses any more is forgotten."""
    for (kind, words), times in sorted(used.items()):
        mine = (phrases.c.kind == kind.value) & (phrases.c.phrase == words)
        connection.execute(update(phrases).where(mine).values(used=phrases.c.used - times))
        connection.execute(delete(phrases).where(mine, phrases.c.used <= 0))


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
