"""Marks beside a case: written with every save, so that who may see it is never older than what it says."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from db.queries.sight import stored
from db.rows import Row
from db.tables.marks import case_marks
from mediation_desk.cases.marks import marks_of
from mediation_desk.cases.model import CaseFile


def mark_rows(file: CaseFile, case_id: int) -> list[Row]:
    """One row a mark."""
    marks = stored(marks_of(file), locked=file.beside.lock is not None)
    return [{"case_id": case_id, "mark": mark} for mark in sorted(marks)]


def add_marks(connection: Connection, file: CaseFile, case_id: int) -> None:
    """Add the marks the file asks for; those it no longer asks for stay until :func:`drop_marks`."""
    missing = [row for row in mark_rows(file, case_id) if row["mark"] not in _known(connection, case_id)]
    if missing:
        connection.execute(insert(case_marks), missing)


def drop_marks(connection: Connection, file: CaseFile, case_id: int) -> None:
    """Drop the marks the file no longer asks for: the last thing a unit of work does with the case.

    Somebody who hands a case to others takes his own mark away by doing so, and still has to write this down.
    """
    gone = _known(connection, case_id) - {row["mark"] for row in mark_rows(file, case_id)}
    if gone:
        mine = case_marks.c.case_id == case_id
        connection.execute(delete(case_marks).where(mine, case_marks.c.mark.in_(sorted(gone))))


def _known(connection: Connection, case_id: int) -> frozenset[str]:
    return frozenset(connection.scalars(select(case_marks.c.mark).where(case_marks.c.case_id == case_id)))
