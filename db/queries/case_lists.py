"""Lists of cases and the desk of a day; each is one indexed query, cut to what a screen shows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select, tuple_, union_all

from db.queries.case_filter import filter_shape, filter_values, narrowing, of_states, wanted_states
from db.queries.conditions import on_record
from db.queries.finding import (
    LIMIT,
    PLACE,
    SUMMARY,
    as_summary,
    mentioning,
    question_shape,
    question_values,
)
from db.queries.prepared import prepared
from db.queries.promises import open_promises
from db.rows import make
from db.tables.cases import cases
from db.tables.course import sessions
from db.tables.words import row_number
from mediation_desk.cases.finding.query import Question, asked, nearly
from mediation_desk.cases.lifecycle import OPEN, State
from mediation_desk.cases.summary import BinnedCase, CaseQuery, CaseSummary, OpenItem, PlannedSession, Today

SHOWN = 10
AHEAD = timedelta(days=7)


def find_summaries(connection: Connection, query: CaseQuery) -> tuple[CaseSummary, ...]:
    """A page of a list in its order, from ``after`` on or up to ``before``."""
    question = _question(query)
    values = filter_values(query) | _place_values(connection, query) | {"limit": query.limit}
    shape = (filter_shape(query), query.by_due_day, query.after is not None, query.before is not None)
    if question is None:
        page = prepared(connection, ("list", shape), lambda: listed(query))
    else:
        values |= question_values(connection, question)
        asked_shape = ("found", shape, question_shape(connection, question))
        page = prepared(connection, asked_shape, lambda: _searched(connection, query, question))
    found = tuple(as_summary(row) for row in page.tuples(connection, values))
    return found[::-1] if query.before is not None and query.after is None else found


def count_cases(connection: Connection, query: CaseQuery, most: int) -> int:
    """How many cases fit; counting stops at ``most``."""
    question = _question(query)
    values = filter_values(query) | {"limit": most}
    if question is None:
        counting = prepared(connection, ("count", filter_shape(query)), lambda: _counted(query))
    else:
        values |= question_values(connection, question)
        shape = ("count found", filter_shape(query), question_shape(connection, question))
        counting = prepared(connection, shape, lambda: _counted_found(connection, query, question))
    return int(counting.tuples(connection, values)[0][0])


def _question(query: CaseQuery) -> Question | None:
    if not query.search.strip():
        return None
    question = asked(query.search)
    return nearly(question) if query.near else question


def _searched(connection: Connection, query: CaseQuery, question: Question) -> Select[Any]:
    after, before = query.after is not None, query.before is not None
    statement = mentioning(select(*SUMMARY), connection, question, after=after, before=before)
    return statement.where(*narrowing(query), *of_states(query)).limit(LIMIT)


def _counted(query: CaseQuery) -> Select[Any]:
    rows = select(cases.c.id).where(*narrowing(query), *of_states(query)).limit(LIMIT).subquery()
    return select(func.count()).select_from(rows)


def _counted_found(connection: Connection, query: CaseQuery, question: Question) -> Select[Any]:
    found = mentioning(select(cases.c.id), connection, question).where(*narrowing(query), *of_states(query))
    return select(func.count()).select_from(found.limit(LIMIT).subquery())


def listed(query: CaseQuery) -> Select[Any]:
    """Of several states each is read in its own order, a page of it, and the pages are merged."""
    conditions = [*narrowing(query), *_from_place(query)]
    states = wanted_states(query)
    if len(states) <= 1:
        whole = select(*SUMMARY).where(*conditions, *(cases.c.state == state for state in states))
        return whole.order_by(*_order(cases.c, query)).limit(LIMIT)
    pages = (
        select(*SUMMARY, cases.c.id)
        .where(*conditions, cases.c.state == state)
        .order_by(*_order(cases.c, query))
        .limit(LIMIT)
        .subquery()
        for state in states
    )
    merged = union_all(*(select(page) for page in pages)).subquery()
    lines = select(*(merged.c[column.name] for column in SUMMARY))
    return lines.order_by(*_order(merged.c, query)).limit(LIMIT)


def _order(columns: Any, query: CaseQuery) -> tuple[ColumnElement[Any], ...]:
    first = columns.due_on if query.by_due_day else columns.received_on
    rising = query.by_due_day == (query.before is None or query.after is not None)
    return (first.asc(), columns.id.asc()) if rising else (first.desc(), columns.id.desc())


def _from_place(query: CaseQuery) -> Iterator[ColumnElement[bool]]:
    if query.after is None and query.before is None:
        return
    column = cases.c.due_on if query.by_due_day else cases.c.received_on
    rising = query.by_due_day == (query.after is not None)
    line = tuple_(column, cases.c.id)
    yield line > PLACE if rising else line < PLACE


def _place_values(connection: Connection, query: CaseQuery) -> dict[str, Any]:
    place = query.after or query.before
    if place is None:
        return {}
    case_id = connection.scalar(select(cases.c.id).where(cases.c.case_key == place.case_key)) or 0
    day = place.due_on if query.by_due_day else place.received_on
    return {"day": day, "case_id": case_id, "row": row_number(place.received_on, case_id)}


def find_binned(connection: Connection, most: int) -> tuple[BinnedCase, ...]:
    """Cases in the bin, newest first."""
    shown = [cases.c[name] for name in ("case_key", "number", "title", "party_names", "state")]
    away = [cases.c[f"binned_{name}"].label(name) for name in ("on", "by", "reason")]
    query = select(*shown, *away).where(cases.c.binned_on.is_not(None))
    rows = connection.execute(query.order_by(cases.c.binned_on.desc(), cases.c.id.desc()).limit(most))
    return tuple(make(BinnedCase, row) for row in rows.mappings())


def today(connection: Connection, on: date) -> Today:
    """What this day asks for."""
    by_due = select(*SUMMARY).where(on_record()).order_by(cases.c.due_on, cases.c.id)
    return Today(
        on=on,
        sessions=_planned(connection, on),
        deadlines=_summaries(
            connection, by_due.where(cases.c.state.in_(OPEN), cases.c.due_on.is_not(None)).limit(SHOWN)
        ),
        to_sign=_summaries(connection, by_due.where(cases.c.state == State.AGREED_UNSIGNED).limit(SHOWN)),
        due_items=_due_items(connection, on),
        to_accept=_summaries(
            connection,
            select(*SUMMARY)
            .where(cases.c.state == State.REGISTERED, on_record())
            .order_by(cases.c.received_on, cases.c.id)
            .limit(SHOWN),
        ),
        open_cases=connection.execute(
            select(func.count()).select_from(cases).where(cases.c.state.in_(OPEN), on_record())
        ).scalar_one(),
    )


def _planned(connection: Connection, on: date) -> tuple[PlannedSession, ...]:
    query = (
        select(
            cases.c.case_key,
            cases.c.title,
            *(sessions.c[name] for name in ("no", "date", "start", "place", "mode")),
        )
        .join(cases, cases.c.id == sessions.c.case_id)
        .where(sessions.c.date >= on, sessions.c.result.is_(None), on_record())
        .order_by(sessions.c.date, sessions.c.start)
        .limit(SHOWN)
    )
    return tuple(make(PlannedSession, row) for row in connection.execute(query).mappings())


def _due_items(connection: Connection, on: date) -> tuple[OpenItem, ...]:
    return tuple(
        OpenItem(
            case_key=one.case_key,
            title=one.title,
            clause=one.clause,
            instalment=one.instalment,
            due_on=one.due_on,
            amount=one.amount,
        )
        for one in open_promises(connection, on + AHEAD, SHOWN)
    )


def _summaries(connection: Connection, statement: Select[Any]) -> tuple[CaseSummary, ...]:
    return tuple(make(CaseSummary, row) for row in connection.execute(statement).mappings())
