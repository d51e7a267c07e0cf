"""Where mediators of the pool are used: open cases, newest appointment, and who is referred to at all."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import Connection, String, cast, func, select

from db.chunks import chunks
from db.queries.conditions import on_record
from db.tables.cases import cases
from db.tables.choosing import ballot_candidates, bars, disclosures
from db.tables.course import case_mediators, choices, recusals, sessions
from db.tables.pool import mediators
from mediation_desk.cases.lifecycle import OPEN

_REFERENCES = (
    case_mediators.c.pool_no,
    bars.c.pool_no,
    ballot_candidates.c.pool_no,
    disclosures.c.pool_no,
    recusals.c.mediator,
    recusals.c.replaced_by,
    sessions.c.presided_by,
)
_QUOTED = re.compile(r'"([^"]+)"')


def running(connection: Connection) -> dict[str, int]:
    """Open cases per pool number; reads the open cases only."""
    query = (
        select(case_mediators.c.pool_no, func.count())
        .join(cases, cases.c.id == case_mediators.c.case_id)
        .where(cases.c.state.in_(OPEN), on_record())
        .group_by(case_mediators.c.pool_no)
    )
    return {row.pool_no: row[1] for row in connection.execute(query)}


def last_chosen(connection: Connection, pool_nos: Collection[str]) -> Mapping[str, date]:
    """Day of the newest appointment of each: read from the end of an index, whatever the number of cases."""
    newest = (
        select(case_mediators.c.selected_on)
        .join(cases, cases.c.id == case_mediators.c.case_id)
        .where(case_mediators.c.pool_no == mediators.c.pool_no, on_record())
        .order_by(case_mediators.c.selected_on.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = select(mediators.c.pool_no, newest.label("day"))
    found: dict[str, date] = {}
    for some in chunks(sorted(pool_nos)):
        rows = connection.execute(query.where(mediators.c.pool_no.in_(some)))
        found |= {pool_no: day for pool_no, day in rows if day is not None}
    return found


def referred_to(connection: Connection, pool_nos: Collection[str]) -> frozenset[str]:
    """Those of ``pool_nos`` that a case, ballot or disclosure refers to.

    Former choices are lists inside a column and have to be read through; only undoing an import asks for them.
    """
    found: set[str] = set()
    for column in _REFERENCES:
        for some in chunks(sorted(set(pool_nos) - found)):
            found.update(connection.scalars(select(column).where(column.in_(some)).distinct()))
    wanted = set(pool_nos) - found
    if wanted:
        for text in connection.scalars(select(cast(choices.c.candidates, String))):
            found |= wanted.intersection(_QUOTED.findall(text))
    return frozenset(found)
