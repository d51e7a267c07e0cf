"""Phrases of this centre with how often they were used, by the body in whose cases they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, delete, false, func, select, true, update

from db.tables.cases import cases
from db.tables.centre import bodies
from db.tables.counter import phrases
from db.tables.course import claims
from db.tables.parties import parties
from db.upsert import insert_into
from mediation_desk.access.sight import Sight, body_mark
from mediation_desk.cases.counter.phrases import OFFERED, Phrase, Used

_LAST = "\U0010ffff"
_LOOKED_AT = 60
"""Phrases that begin so, among which the most used are offered."""
_BODY = body_mark("")


def count_phrases(connection: Connection, used: Mapping[Used, int]) -> None:
    """Add to the counts; always in one order, so that two counters do not wait for each other in a ring."""
    rows = [
        {"kind": kind.value, "body": body, "phrase": words, "used": times}
        for (kind, body, words), times in sorted(used.items())
    ]
    if rows:
        adding = insert_into(connection, phrases)
        more = {"used": phrases.c.used + adding.excluded.used}
        key = ["kind", "phrase", "body"]
        connection.execute(adding.on_conflict_do_update(index_elements=key, set_=more), rows)


def phrases_in(connection: Connection, case_ids: Sequence[int]) -> Counter[Used]:
    """How often each phrase stands in these cases, those not counted left out."""
    counted = cases.c.id.in_(case_ids) & cases.c.locked_on.is_(None)
    of_body = cases.join(bodies, bodies.c.id == cases.c.body_id)
    sources = (
        (Phrase.ADDRESS, parties.c.address, of_body.join(parties, parties.c.case_id == cases.c.id)),
        (Phrase.CLAIM, claims.c.item, of_body.join(claims, claims.c.case_id == cases.c.id)),
        (Phrase.PLACE, cases.c.place, of_body),
    )
    return Counter(
        (kind, body, words)
        for kind, column, table in sources
        for body, words in connection.execute(select(bodies.c.name, column).select_from(table).where(counted))
    )


def recount_phrases(connection: Connection, before: Counter[Used], after: Counter[Used]) -> None:
    """A case says other things now, belongs to another body, or was locked or unlocked."""
    uncount_phrases(connection, before - after)
    count_phrases(connection, after - before)


def uncount_phrases(connection: Connection, used: Mapping[Used, int]) -> None:
    """Take from the counts; what nobody uses any more is forgotten."""
    for (kind, body, words), times in sorted(used.items()):
        mine = (phrases.c.kind == kind.value) & (phrases.c.phrase == words) & (phrases.c.body == body)
        connection.execute(update(phrases).where(mine).values(used=phrases.c.used - times))
        connection.execute(delete(phrases).where(mine, phrases.c.used <= 0))


def begun_with(connection: Connection, phrase: Phrase, typed: str, sight: Sight) -> tuple[str, ...]:
    """The most used that begin with ``typed``, of bodies whose cases are seen; a bounded look into the index."""
    table, kind = phrases.c, (phrases.c.kind == phrase.value) & _seen(sight)
    if not typed:
        query = select(table.phrase).where(kind).order_by(table.used.desc()).limit(_LOOKED_AT)
        return tuple(dict.fromkeys(connection.scalars(query)))[:OFFERED]
    begun = kind & (table.phrase >= typed) & (table.phrase < typed + _LAST)
    some = select(table.phrase, table.used).where(begun).order_by(table.phrase).limit(_LOOKED_AT).subquery()
    query = (
        select(some.c.phrase)
        .group_by(some.c.phrase)
        .order_by(func.sum(some.c.used).desc(), some.c.phrase)
        .limit(OFFERED)
    )
    return tuple(connection.scalars(query))


def _seen(sight: Sight) -> ColumnElement[bool]:
    if sight.marks is None:
        return true()
    names = sorted(mark.removeprefix(_BODY) for mark in sight.marks if mark.startswith(_BODY))
    return phrases.c.body.in_(names) if names else false()
