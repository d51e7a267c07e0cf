"""Reads the audit trail for people: newest first, by period, account, kind of act, case and person."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, or_, select

from db.queries.sight import whole
from db.tables.cases import cases
from db.tables.centre import audit
from db.tables.chain import audit_words
from db.tables.counter import standings
from mediation_desk.audit.reading import MOST, EntryQuery, Line
from mediation_desk.audit.rules import audit_rules
from mediation_desk.audit.trail import Result
from mediation_desk.audit.wording import Kind, asked_of
from mediation_desk.experts.conflicts.sameness import id_key, name_key

_A = audit.c


class TrailQueries:
    """Implements ``Reading`` on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def listed(self, query: EntryQuery) -> tuple[Line, ...]:
        """Entries that fit, newest first, with all their words."""
        found = select(audit, audit_words.c.words.label("said")).outerjoin(
            audit_words, audit_words.c.seq == _A.seq
        )
        found = found.where(*self._conditions(query)).order_by(_A.seq.desc()).limit(min(query.limit, MOST))
        flagged = audit_rules().flagged
        with whole(self._connection):  # the log names cases to those who may read it, and reads none
            return tuple(_line(row, flagged) for row in self._connection.execute(found))

    def accounts(self) -> tuple[str, ...]:
        """Everybody who ever wrote an entry."""
        return tuple(self._connection.scalars(select(_A.account).distinct().order_by(_A.account)))

    def between(self, first: datetime, last: datetime) -> tuple[tuple[str, str, int], ...]:
        """How often each account did each act from ``first`` up to, but not including, ``last``."""
        counted = (
            select(_A.account, _A.action, func.count())
            .where(_A.at >= first, _A.at < last)
            .group_by(_A.account, _A.action)
            .order_by(_A.account, _A.action)
        )
        return tuple((account, action, count) for account, action, count in self._connection.execute(counted))

    def _conditions(self, query: EntryQuery) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = []
        if query.first is not None:
            found.append(_A.at >= query.first)
        if query.last is not None:
            found.append(_A.at < query.last)
        if query.account:
            found.append(_A.account == query.account)
        if query.kind is not None:
            found.append(_of_kind(query.kind))
        if query.case_key:
            found.append(_A.case_key == query.case_key)
        if query.person:
            found.append(_A.case_key.in_(_cases_of(query.person)))
        if query.flagged:
            odd = or_(_A.result != Result.DONE.value, _A.clock != 0)
            found.append(or_(odd, _A.action.in_(sorted(audit_rules().flagged))))
        if query.before is not None:
            found.append(_A.seq < query.before)
        return found


def _of_kind(kind: Kind) -> ColumnElement[bool]:
    acts, areas, others = asked_of(kind)
    in_area = or_(*(_A.action.like(f"{area}.%") for area in sorted(areas))) if areas else None
    named = _A.action.in_(sorted(acts))
    return named if in_area is None else or_(named, in_area & _A.action.not_in(sorted(others)))


def _cases_of(person: str) -> Any:
    """Keys of the cases in which somebody of exactly this name, or with this identity number, is a party."""
    same = [standings.c.name_key == name_key(person)]
    if number := id_key(person):
        same.append(standings.c.id_no == number)
    return select(cases.c.case_key).join(standings, standings.c.case_id == cases.c.id).where(or_(*same))


def _line(row: Row[Any], flagged: frozenset[str]) -> Line:
    result = Result(row.result)
    return Line(
        seq=row.seq,
        at=row.at,
        account=row.account,
        action=row.action,
        case_key=row.case_key,
        person=row.person,
        result=result,
        clock=row.clock,
        details=row.details,
        words=json.loads(row.said) if row.said else {},
        flagged=result is not Result.DONE or row.clock != 0 or row.action in flagged,
    )
