"""Case files: read whole, saved as the rows that differ, guarded by one version counter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, and_, func, insert, or_, select, update

from db.queries.case_lists import find_summaries, today
from db.repositories.bookings import book_sessions
from db.repositories.choosing import keep_bars
from db.repositories.deadlines import keep_deadlines
from db.repositories.differences import write_differences
from db.repositories.encounters import note_encounters
from db.repositories.flatten import flatten, head_row
from db.repositories.people import recognise
from db.repositories.rebuild import rebuild
from db.rows import Rows, columns, make
from db.tables import parties
from db.tables.cases import cases
from db.tables.centre import bodies
from db.tables.columns import OF_A_CASE
from db.tables.record import documents, history
from mediation_desk.cases.model import Body, CaseFile
from mediation_desk.cases.ports import STALE
from mediation_desk.cases.summary import CaseQuery, CaseSummary, HistoryEntry, PrintedPaper, Today
from mediation_desk.shared.errors import ConflictError


class CaseRepository:
    """Implements ``CaseFiles`` on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, key_or_number: str) -> CaseFile | None:
        """The whole file, or None."""
        wanted = or_(cases.c.case_key == key_or_number, cases.c.number == key_or_number)
        head = self._connection.execute(select(cases).where(wanted)).mappings().first()
        return rebuild(head, self._rows(head["id"])) if head else None

    def add(self, file: CaseFile) -> CaseFile:
        """Insert head and parts; the first version is 1."""
        head = head_row(file) | {"body_id": self._body(file.organisation), "version": 1}
        case_id = self._connection.execute(insert(cases).returning(cases.c.id), head).scalar_one()
        rows = self._linked(flatten(file, case_id), file)
        for table, lines in rows.items():
            if lines:
                self._connection.execute(insert(table), lines)
        self._follow(file, case_id, rows)
        return replace(file, version=1)

    def save(self, before: CaseFile, after: CaseFile) -> CaseFile:
        """Move the counter on, then write the rows that differ. Raises ``ConflictError`` on a stale ``before``."""
        head = head_row(after) | {"body_id": self._body(after.organisation), "version": before.version + 1}
        case_id = self._id(before.case_key)
        unchanged = and_(cases.c.id == case_id, cases.c.version == before.version)
        if self._connection.execute(update(cases).where(unchanged).values(head)).rowcount != 1:
            raise ConflictError(STALE)
        rows = self._linked(flatten(after, case_id), after)
        write_differences(self._connection, flatten(before, case_id), rows)
        self._follow(after, case_id, rows)
        return replace(after, version=before.version + 1)

    def summaries(self, query: CaseQuery) -> tuple[CaseSummary, ...]:
        """Lines of a list."""
        return find_summaries(self._connection, query)

    def today(self, on: date) -> Today:
        """The desk of a day."""
        return today(self._connection, on)

    def note(self, case_key: str, entry: HistoryEntry) -> None:
        """Add a line to the diary."""
        self._append(history, case_key, entry)

    def history(self, case_key: str) -> tuple[HistoryEntry, ...]:
        """The diary, oldest first."""
        return self._all(history, HistoryEntry, case_key)

    def note_paper(self, case_key: str, paper: PrintedPaper) -> None:
        """Add a printed paper."""
        self._append(documents, case_key, paper)

    def papers(self, case_key: str) -> tuple[PrintedPaper, ...]:
        """Printed papers, oldest first."""
        return self._all(documents, PrintedPaper, case_key)

    def _rows(self, case_id: int) -> Rows:
        rows: Rows = {}
        for table in PART_TABLES:
            query = select(table).where(table.c.case_id == case_id).order_by(*table.primary_key.columns)
            rows[table] = [dict(row) for row in self._connection.execute(query).mappings()]
        return rows

    def _id(self, case_key: str) -> int:
        query = select(cases.c.id).where(cases.c.case_key == case_key)
        return int(self._connection.execute(query).scalar_one())

    def _body(self, body: Body) -> int:
        found = self._connection.scalar(select(bodies.c.id).where(bodies.c.name == body.name))
        if found is not None:
            return int(found)
        added = self._connection.execute(insert(bodies).returning(bodies.c.id), columns(bodies, body))
        return int(added.scalar_one())

    def _linked(self, rows: Rows, file: CaseFile) -> Rows:
        known = recognise(self._connection, file)
        for row in rows[parties.parties]:
            row["person_id"] = known.get(row["ref"])
        return rows

    def _follow(self, file: CaseFile, case_id: int, rows: Rows) -> None:
        """What a file on record means elsewhere: time taken, bars, who of the pool met whom, what falls due."""
        book_sessions(self._connection, file, case_id)
        keep_bars(self._connection, file, case_id)
        note_encounters(self._connection, rows, case_id)
        keep_deadlines(self._connection, file, case_id)

    def _append(self, table: Table, case_key: str, record: object) -> None:
        case_id = self._id(case_key)
        last = select(func.coalesce(func.max(table.c.line), -1)).where(table.c.case_id == case_id)
        line = int(self._connection.execute(last).scalar_one()) + 1
        self._connection.execute(insert(table), columns(table, record, case_id=case_id, line=line))

    def _all(self, table: Table, kind: type[Any], case_key: str) -> tuple[Any, ...]:
        query = select(table).join(cases, cases.c.id == table.c.case_id).where(cases.c.case_key == case_key)
        rows = self._connection.execute(query.order_by(table.c.line)).mappings()
        return tuple(make(kind, row) for row in rows)


PART_TABLES: tuple[Table, ...] = tuple(
    table
    for table in cases.metadata.sorted_tables
    if table.info == OF_A_CASE and table not in (history, documents)
)
