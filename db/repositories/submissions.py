"""Keeps submitted periods: rows copied inside the database, then the submission that seals them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Table, func, insert, literal, select, type_coerce
from sqlalchemy.types import NullType

from db.queries.figures import counts_within, keyed
from db.queries.moved import MovedQueries
from db.queries.sight import whole
from db.tables.afterwards import followups
from db.tables.cases import cases
from db.tables.submissions import (
    submission_corrections,
    submissions,
    submitted_facts,
    submitted_visits,
)
from mediation_desk.statistics.figures import CASES, Counted
from mediation_desk.statistics.model import Period
from mediation_desk.statistics.ports import Question
from mediation_desk.statistics.submitting.model import Booked, Submission
from mediation_desk.statistics.submitting.plain import plain, restored

_LOCK = 0x4D444B33  # one submits or books at a time; the next one sees what the first did
_AT_ONCE = 5000
_BETWEEN = "\x1f"
_OWN = ("id", "as_of", "no", "at", "account", "display_name", "cases", "sha256")
_WORDS = ("unit", "note", "reason", "override", "supersedes")
_HEAD = [column for column in submissions.c if column.name != "content"]


class SubmissionRepository(MovedQueries):
    """Implements ``SubmissionKeeper`` on one connection."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._connection = connection

    def alone(self) -> None:
        """From here to the end of the unit nobody else submits; on SQLite a writing unit is alone anyway."""
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))

    def listed(self) -> tuple[Submission, ...]:
        """All of them, the latest period first, of a period the latest report first."""
        own = submissions.c
        query = select(*_HEAD).order_by(own.last.desc(), own.first.desc(), own.unit, own.no.desc())
        return tuple(_submission(row) for row in self._connection.execute(query))

    def find(self, submission: int) -> Submission | None:
        """One of them."""
        row = self._connection.execute(select(*_HEAD).where(submissions.c.id == submission)).first()
        return None if row is None else _submission(row)

    def content(self, submission: int) -> Any:
        """Its tables and rules as plain data."""
        return self._connection.scalar(select(submissions.c.content).where(submissions.c.id == submission))

    def next_id(self) -> int:
        """The number of the next one."""
        return (self._connection.scalar(select(func.max(submissions.c.id))) or 0) + 1

    def last_case(self) -> int:
        """The highest row number of a case."""
        with whole(self._connection):
            return self._connection.scalar(select(func.max(cases.c.id))) or 0

    def copy(self, figures: Sequence[Counted], question: Question, span: Period, some: range) -> int:
        """Keep the facts of cases with these row numbers that count within ``span``; how many they are."""
        table, columns = keyed(CASES, None)
        names = [column.name for column in submitted_facts.c if column.name != "submission_id"]
        wanted = (
            select(literal(question.submission), *(columns[name] for name in names))
            .select_from(table)
            .where(
                columns["case_id"].between(some.start, some.stop - 1),
                counts_within(figures, question, span, columns),
            )
        )
        self._connection.execute(insert(submitted_facts).from_select(["submission_id", *names], wanted))
        kept, visit = submitted_facts.c, followups.c
        visits = (
            select(kept.submission_id, kept.case_id, visit.line, visit.on, visit.satisfaction)
            .join(followups, visit.case_id == kept.case_id)
            .where(
                kept.submission_id == question.submission,
                kept.case_id.between(some.start, some.stop - 1),
                visit.on <= question.as_of,
            )
        )
        into = ["submission_id", "case_id", "line", "visited_on", "satisfaction"]
        self._connection.execute(insert(submitted_visits).from_select(into, visits))
        number = select(func.count()).where(
            kept.submission_id == question.submission, kept.case_id.between(some.start, some.stop - 1)
        )
        return int(self._connection.execute(number).scalar_one())

    def rows_digest(self, submission: int) -> str:
        """SHA-256 over the rows kept with it, in the order of the cases."""
        digest = hashlib.sha256()
        with whole(self._connection):
            for table in (submitted_facts, submitted_visits):
                for row in self._rows(table, submission):
                    digest.update((_BETWEEN.join(map(str, row)) + "\n").encode())
        return digest.hexdigest()

    def add(self, submission: Submission, content: Any) -> None:
        """The last act of submitting: nothing more goes in afterwards."""
        row = {name: getattr(submission, name) for name in (*_OWN, *_WORDS)}
        row |= {"first": submission.period.first, "last": submission.period.last, "content": content}
        self._connection.execute(insert(submissions), row)

    def corrections(self, submission: int | None = None) -> tuple[Booked, ...]:
        """Corrections booked, in order."""
        own = submission_corrections.c
        query = select(submission_corrections).order_by(own.submission_id, own.no)
        if submission is not None:
            query = query.where(own.submission_id == submission)
        return tuple(_booked(row) for row in self._connection.execute(query))

    def book(self, booked: Booked) -> None:
        """Keep a correction."""
        content = plain(booked)
        row = {
            "submission_id": booked.submission,
            **{
                name: getattr(booked, name)
                for name in ("no", "at", "account", "display_name", "reason", "sha256")
            },
            "content": {name: content[name] for name in ("deltas", "cells", "cases")},
        }
        self._connection.execute(insert(submission_corrections), row)

    def _rows(self, table: Table, submission: int) -> Any:
        order = [column for column in table.primary_key if column.name != "submission_id"]
        raw = (
            type_coerce(column, NullType()) for column in table.c
        )  # as stored: days and amounts read alike
        query = select(*raw).where(table.c.submission_id == submission).order_by(*order)
        return self._connection.execute(query.execution_options(yield_per=_AT_ONCE))


def _submission(row: Row[Any]) -> Submission:
    found = row._mapping  # noqa: SLF001  # SQLAlchemy's public way to a mapping
    return Submission(
        period=Period(first=found["first"], last=found["last"]),
        **{name: found[name] for name in (*_OWN, *_WORDS)},
    )


def _booked(row: Row[Any]) -> Booked:
    found = row._mapping  # noqa: SLF001  # as above
    head = {name: found[name] for name in ("no", "account", "display_name", "reason", "sha256")}
    data = {**head, **found["content"], "submission": found["submission_id"], "at": found["at"].isoformat()}
    return restored(Booked, data)
