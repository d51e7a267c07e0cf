"""Lists of cases and the desk of a day; each is one indexed query, cut to what a screen shows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select

from db.queries.conditions import on_record
from db.rows import make
from db.tables.agreements import performance
from db.tables.cases import cases
from db.tables.course import sessions
from mediation_desk.cases.lifecycle import OPEN, State
from mediation_desk.cases.summary import CaseQuery, CaseSummary, OpenItem, PlannedSession, Today

SHOWN = 10
AHEAD = timedelta(days=7)
_SUMMARY = [cases.c[name] for name in CaseSummary.__dataclass_fields__]


def find_summaries(connection: Connection, query: CaseQuery) -> tuple[CaseSummary, ...]:
    """Newest first; words of ``search`` separated by spaces must all be found."""
    statement = select(*_SUMMARY).where(on_record()).order_by(cases.c.received_on.desc(), cases.c.id.desc())
    if query.states:
        statement = statement.where(cases.c.state.in_(query.states))
    if query.track is not None:
        statement = statement.where(cases.c.track == query.track)
    for word in query.search.split():
        statement = statement.where(_mentions(word))
    return _summaries(connection, statement.limit(query.limit).offset(query.offset))


def _mentions(word: str) -> ColumnElement[bool]:
    fields = (cases.c.number, cases.c.title, cases.c.party_names, cases.c.case_key)
    return or_(*(field.contains(word, autoescape=True) for field in fields))


def today(connection: Connection, on: date) -> Today:
    """What this day asks for."""
    by_due = select(*_SUMMARY).where(on_record()).order_by(cases.c.due_on, cases.c.id)
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
            select(*_SUMMARY)
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
    columns = (performance.c[name] for name in ("clause", "instalment", "due_on", "amount"))
    query = (
        select(cases.c.case_key, cases.c.title, *columns)
        .join(cases, cases.c.id == performance.c.case_id)
        .where(performance.c.done_on.is_(None), performance.c.due_on <= on + AHEAD, on_record())
        .order_by(performance.c.due_on)
        .limit(SHOWN)
    )
    return tuple(make(OpenItem, row) for row in connection.execute(query).mappings())


def _summaries(connection: Connection, statement: Select[Any]) -> tuple[CaseSummary, ...]:
    return tuple(make(CaseSummary, row) for row in connection.execute(statement).mappings())
