"""Deadlines not met yet: written with every saved file, read in the order they fall due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, delete, exists, func, insert, or_, select

from db.queries.conditions import on_record
from db.queries.promises import open_promises
from db.queries.sight import whole
from db.rows import Row, columns, make
from db.tables.agreements import performance
from db.tables.cases import cases
from db.tables.deadlines import deadlines
from mediation_desk.cases.deadlines.model import DueLine, Group
from mediation_desk.cases.deadlines.reckoning import open_deadlines
from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.summary import OpenPromise

_OF_CASE = ("case_key", "number", "title", "party_names")
_OF_LINE = tuple(column.name for column in deadlines.columns if column.name not in ("case_id", "line"))
_OVER = (State.ARCHIVED, State.ON_LEDGER)
_LINE = (*(cases.c[name] for name in _OF_CASE), *(deadlines.c[name] for name in _OF_LINE))


class DeadlineRepository:
    """Implements ``Deadlines`` on one connection; every query is bounded by its limit, whatever the archive."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lines(self, group: Group, first: date | None, last: date | None, limit: int) -> tuple[DueLine, ...]:
        """Lines of a group due from ``first`` to ``last``, both included, the earliest first."""
        query = _lines().where(deadlines.c.group == group).order_by(deadlines.c.due_on, deadlines.c.case_id)
        if first is not None:
            query = query.where(deadlines.c.due_on >= first)
        if last is not None:
            query = query.where(deadlines.c.due_on <= last)
        rows = self._connection.execute(query.limit(limit)).mappings()
        return tuple(make(DueLine, row, overdue=0, held=False) for row in rows)

    def with_overdue(self, found: Sequence[DueLine], on: date) -> tuple[DueLine, ...]:
        """The same lines, each told how many deadlines of its case are overdue on that day."""
        keys = sorted({line.case_key for line in found})
        query = (
            select(cases.c.case_key, func.count())
            .join(cases, cases.c.id == deadlines.c.case_id)
            .where(cases.c.case_key.in_(keys), deadlines.c.group == Group.DUTY, deadlines.c.due_on < on)
            .group_by(cases.c.case_key)
        )
        late = {row[0]: int(row[1]) for row in self._connection.execute(query)}
        return tuple(replace(line, overdue=late.get(line.case_key, 0)) for line in found)

    def promises(self, last: date | None, limit: int) -> tuple[OpenPromise, ...]:
        """What is still owed up to ``last`` (None: ever), the earliest first."""
        return open_promises(self._connection, last, limit)

    def live(self, after: str, limit: int) -> tuple[str, ...]:
        """Keys of cases that may have open deadlines, in order, from behind ``after`` on."""
        owed = exists().where(performance.c.case_id == cases.c.id, performance.c.done_on.is_(None))
        query = (
            select(cases.c.case_key)
            .where(cases.c.case_key > after, or_(cases.c.state.not_in(_OVER), owed))
            .order_by(cases.c.case_key)
            .limit(limit)
        )
        with whole(self._connection):
            return tuple(self._connection.scalars(query))

    def rewrite(self, file: CaseFile) -> None:
        """Make the lines of one stored case what its file and today's rules say."""
        with whole(self._connection):
            case_id = self._connection.scalar(select(cases.c.id).where(cases.c.case_key == file.case_key))
            keep_deadlines(self._connection, file, int(case_id or 0))


def keep_deadlines(connection: Connection, file: CaseFile, case_id: int) -> None:
    """Make the stored lines of a case what its file says."""
    wanted = deadline_rows(file, case_id)
    mine = deadlines.c.case_id == case_id
    stored = connection.execute(select(deadlines).where(mine).order_by(deadlines.c.line)).mappings()
    if [dict(row) for row in stored] != wanted:
        connection.execute(delete(deadlines).where(mine))
        if wanted:
            connection.execute(insert(deadlines), wanted)


def deadline_rows(file: CaseFile, case_id: int) -> list[Row]:
    """Open deadlines that run; while a suspension lasts the period has no day to be listed under."""
    running: Iterable[Any] = (one for one in open_deadlines(file) if one.held_from is None)
    return [
        columns(deadlines, one, case_id=case_id, line=line, why=one.why, provisional=one.provisional)
        for line, one in enumerate(running)
    ]


def _lines() -> Select[Any]:
    return select(*_LINE).join(cases, cases.c.id == deadlines.c.case_id).where(on_record())
