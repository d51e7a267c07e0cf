"""The conditions of a list, word by word of ``CaseQuery``, and the values that go with them."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import Boolean, ColumnElement, bindparam, literal_column, or_, select

from db.queries.conditions import on_record
from db.tables.cases import GROUP_FROM, OF_GROUPS, cases
from db.tables.centre import bodies
from mediation_desk.cases.lifecycle import OPEN, State
from mediation_desk.cases.summary import CaseQuery


def wanted_states(query: CaseQuery) -> tuple[State, ...]:
    """The states asked for; due days are those of open cases. Empty means all, or none where nothing can fit."""
    if not (query.overdue or query.due_within is not None):
        return query.states
    return tuple(state for state in State if state in OPEN and (not query.states or state in query.states))


def filter_shape(query: CaseQuery) -> Hashable:
    """What decides which conditions there are, whatever their values."""
    return (
        wanted_states(query),
        *(
            bool(value)
            for value in (query.track, query.body, query.category, query.mediator, query.difficulty)
        ),
        *(day is not None for day in (query.received_from, query.received_to, query.on)),
        query.people_from > 1,
        query.people_from >= GROUP_FROM,
        query.overdue,
        query.due_within is not None,
    )


def filter_values(query: CaseQuery) -> dict[str, Any]:
    """The values of the conditions, by name."""
    within = query.due_within
    return {
        "track": query.track,
        "body": query.body,
        "category": query.category,
        "mediator": query.mediator,
        "difficulty": query.difficulty,
        "received_from": query.received_from,
        "received_to": query.received_to,
        "people_from": query.people_from,
        "on": query.on,
        "due_to": query.on + timedelta(days=within) if query.on and within is not None else None,
    }


def narrowing(query: CaseQuery) -> Iterator[ColumnElement[bool]]:
    """Every condition but search, states and place."""
    yield on_record()
    if query.track is not None:
        yield cases.c.track == bindparam("track")
    if query.body:
        body = select(bodies.c.id).where(bodies.c.name == bindparam("body"))
        yield cases.c.body_id == body.scalar_subquery()
    if query.category is not None:
        yield cases.c.category == bindparam("category")
    if query.mediator:
        yield cases.c.presiding_name == bindparam("mediator")
    if query.difficulty is not None:
        yield cases.c.difficulty == bindparam("difficulty")
    if query.received_from is not None:
        yield cases.c.received_on >= bindparam("received_from")
    if query.received_to is not None:
        yield cases.c.received_on <= bindparam("received_to")
    if query.people_from > 1:
        yield cases.c.people_involved >= bindparam("people_from")
    if query.people_from >= GROUP_FROM:  # said once more, in the words of the index of group disputes
        yield literal_column(str(OF_GROUPS), Boolean)
    yield from _due(query)


def of_states(query: CaseQuery) -> Iterator[ColumnElement[bool]]:
    """The condition on the state, if there is one."""
    states = wanted_states(query)
    if states:
        yield or_(*(cases.c.state == state for state in states))


def _due(query: CaseQuery) -> Iterator[ColumnElement[bool]]:
    if query.on is None:
        return
    if query.overdue:
        yield cases.c.due_on < bindparam("on")
    elif query.due_within is not None:
        yield cases.c.due_on >= bindparam("on")
        yield cases.c.due_on <= bindparam("due_to")
