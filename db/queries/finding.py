"""Cases by words: one indexed query on each database, newest first, stopping as soon as enough are found."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Integer,
    Select,
    Text,
    bindparam,
    cast,
    false,
    literal_column,
    or_,
    select,
    tuple_,
)

from db.queries.conditions import on_record
from db.tables.cases import cases
from db.tables.words import GROUP_COLUMNS, NAME, ROOM, Asked, case_of, fts5, tsvectors
from mediation_desk.cases.finding.query import Question, Term, Word
from mediation_desk.cases.finding.said import Group
from mediation_desk.cases.summary import CaseSummary
from mediation_desk.shared.record import filler

SUMMARY = tuple(
    cases.c[name] if name in cases.c else false().label(name) for name in CaseSummary.__dataclass_fields__
)
LIMIT = bindparam("limit", type_=Integer)
PLACE = tuple_(bindparam("day", type_=Date), bindparam("case_id", type_=Integer))
"""A place in the order of lists: a day of receipt, or a due day, and a case."""

as_summary = filler(CaseSummary)
"""A line of a list from the columns of :data:`SUMMARY`."""

_ALL = literal_column("-1", Integer)  # a limit keeps SQLite from turning the reading round
_SPARE = 20
_MATCH: ColumnElement[str] = literal_column(NAME)


def mentioning(
    statement: Select[Any],
    connection: Connection,
    question: Question,
    *,
    group: Group | None = None,
    since: bool = False,
    after: bool = False,
    before: bool = False,
) -> Select[Any]:
    """``statement`` over ``cases``, cut to cases that fit ``question`` and lie in ``after`` or ``before`` a place.

    The newest come first, before a place the nearest. On SQLite the order is that of the index's rows: it gives
    them one by one and is left as soon as the limit is reached. PostgreSQL goes the way it holds to be the
    shorter: by the words, or by the days. The values are ``question_values`` and the place.
    """
    if connection.dialect.name == "sqlite":
        return _by_row(statement, after=after, before=before)
    conditions = [_holds(f"word_{place}", tuple(GROUP_COLUMNS)) for place in range(len(question.words))]
    if group is not None:
        conditions.append(_holds("any_word", (group,)))
    if since:
        conditions.append(cases.c.received_on >= bindparam("since"))
    line = tuple_(cases.c.received_on, cases.c.id)
    if after:
        conditions.append(line < PLACE)
    elif before:
        conditions.append(line > PLACE)
    statement = statement.select_from(cases).where(*(conditions if question.words else [false()]))
    if before and not after:
        return statement.order_by(cases.c.received_on, cases.c.id)
    return statement.order_by(cases.c.received_on.desc(), cases.c.id.desc())


def question_shape(connection: Connection, question: Question) -> Hashable:
    """What decides how a question is put, whatever its words."""
    return "match" if connection.dialect.name == "sqlite" else len(question.words)


def question_values(connection: Connection, question: Question, group: Group | None = None) -> dict[str, Any]:
    """The words of the question as this database has them."""
    if connection.dialect.name == "sqlite":
        return {"asked": match(question, group)}
    words = {f"word_{place}": _either(word) for place, word in enumerate(question.words)}
    return words | {"any_word": " | ".join(f"({asked})" for asked in words.values())}


def day_of_hit(connection: Connection, question: Question) -> Select[Any]:
    """The day of receipt of the hit at ``place``; see :func:`day_of`.

    On SQLite the row's number tells the day: thousands of hits are stepped over without a look at a case.
    """
    if connection.dialect.name == "sqlite":
        row = select(fts5.c.rowid).where(_MATCH.op("MATCH")(bindparam("asked", type_=Text)))
        return row.order_by(fts5.c.rowid.desc()).offset(bindparam("place", type_=Integer)).limit(LIMIT)
    query = mentioning(select(cases.c.received_on), connection, question).where(on_record())
    return query.offset(bindparam("place", type_=Integer)).limit(LIMIT)


def day_of(told: Any) -> date:
    """The day in what :func:`day_of_hit` found: a day, or the number of a row."""
    return told if isinstance(told, date) else date.fromordinal(told // ROOM)


def newest_of(connection: Connection, question: Question, group: Group, *, since: bool) -> Select[Any]:
    """Lines of the cases that fit, with a word of the question in ``group``."""
    if since and connection.dialect.name == "sqlite":
        return _newest_since()
    query = mentioning(select(*SUMMARY), connection, question, group=group, since=since)
    return query.where(on_record()).limit(LIMIT)


def _newest_since() -> Select[Any]:
    """FTS5 read upwards from that day ends soon; downwards it would look for a match through the whole archive.

    A few rows more than wanted are taken, for cases that are not on record.
    """
    row = fts5.c.rowid
    hits = select(row.label("row")).where(
        _MATCH.op("MATCH")(bindparam("asked", type_=Text)), row >= bindparam("since_row", type_=Integer)
    )
    upwards = hits.order_by(row).limit(_ALL).subquery()
    newest = select(upwards.c.row).order_by(upwards.c.row.desc()).limit(LIMIT + _SPARE).subquery()
    return (
        select(*SUMMARY)
        .select_from(newest)
        .join(cases, cases.c.id == case_of(newest.c.row))
        .where(on_record())
        .order_by(newest.c.row.desc())
        .limit(LIMIT)
    )


def _by_row(statement: Select[Any], *, after: bool, before: bool) -> Select[Any]:
    row, place = fts5.c.rowid, bindparam("row", type_=Integer)
    statement = (
        statement.select_from(fts5)
        .join(cases, cases.c.id == case_of(row))
        .where(_MATCH.op("MATCH")(bindparam("asked", type_=Text)))
    )
    if after:
        statement = statement.where(row < place)
    elif before:
        return statement.where(row > place).order_by(row)
    return statement.order_by(row.desc())


def match(question: Question, group: Group | None = None) -> str:
    """``question`` as FTS5 has it: every piece of it a quoted string of our own tokens, nothing else."""
    if not question.words:
        return '""'
    whole = " AND ".join(f"({_any(word)})" for word in question.words)
    if group is None:
        return whole
    within = " OR ".join(_any(word) for word in question.words)
    column = f"{{{GROUP_COLUMNS[group]}}} : ({within})"
    return column if len(question.words) == 1 else f"({column}) AND {whole}"


def _any(word: Word) -> str:
    return " OR ".join(f'"{" ".join(term.tokens)}"{" *" if term.open_end else ""}' for term in word.terms)


def _holds(name: str, groups: Iterable[Group]) -> ColumnElement[bool]:
    """A row of the case holds the words called ``name`` in any of ``groups``; a long case has several rows."""
    asked = cast(bindparam(name, type_=Text), Asked)
    fits = or_(*(tsvectors.c[GROUP_COLUMNS[group]].op("@@")(asked) for group in groups))
    return cases.c.id.in_(select(tsvectors.c.case_id).where(fits))


def _either(word: Word) -> str:
    return " | ".join(f"({_phrase(term)})" for term in word.terms)


def _phrase(term: Term) -> str:
    *first, last = (f"'{token}'" for token in term.tokens)
    return " <-> ".join((*first, f"{last}:*" if term.open_end else last))
