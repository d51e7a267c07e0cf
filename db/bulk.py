"""Writes case files by the thousand: rows collected table by table, ids given out here, one transaction a batch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Table, bindparam, insert, select, update

from db.bulk_rows import RowWriter, go_on_behind
from db.repositories.choosing import bar_row
from db.repositories.deadlines import deadline_rows
from db.repositories.facts import fact_rows, touch
from db.repositories.flatten import flatten, head_row
from db.repositories.marks import mark_rows
from db.repositories.numbers import NumberRepository
from db.repositories.phrases import count_phrases
from db.repositories.standings import standing_rows, way_rows
from db.repositories.subsidy_waits import wait_rows
from db.repositories.time_taken import LABEL, Taken, let_through, session_rows
from db.repositories.words import new_words, word_table
from db.rows import Row, columns
from db.tables.bookings import booking_overrides, bookings
from db.tables.cases import cases
from db.tables.centre import bodies, people
from db.tables.choosing import bars
from db.tables.counter import name_ways, standings
from db.tables.deadlines import deadlines
from db.tables.facts import case_facts
from db.tables.marks import case_marks
from db.tables.parties import parties
from db.tables.pool import mediators
from db.tables.record import history
from db.tables.subsidy import subsidy_waits
from db.tables.work import work_entries
from db.unit_of_work import Storage
from db.waiting import patient
from mediation_desk.cases.counter.phrases import counted
from mediation_desk.cases.deadlines.fingerprint import NOTE, fingerprint
from mediation_desk.cases.model import Body, CaseFile
from mediation_desk.experts.engaging import from_card
from mediation_desk.experts.mediator import Mediator
from mediation_desk.experts.model import MediatorCard
from mediation_desk.practice.series import Name
from mediation_desk.shared.errors import RuleError
from mediation_desk.statistics.work.model import WorkEntry

ACCOUNT, STEP, SENTENCE = "practice", "示范数据", "虚构的案件，供练习和测试用"
NOT_EMPTY = "数据库里已有数据，示范数据只能放进空的数据库。"

Rows = dict[Table, list[Row]]

_NEWER = (
    update(people)
    .where(people.c.id == bindparam("known"), people.c.seen_on <= bindparam("seen_on"))
    .values({name: bindparam(name) for name in ("name", "phone", "address", "seen_on")})
)


class BulkCases:
    """Implements the practice centre's ``Writer``: files are stored as they are, without further checks.

    It remembers the bodies and people it has stored, so nobody else may write to the database meanwhile.
    """

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._dialect = storage.engine.dialect
        self._writer = RowWriter(self._dialect)
        self._bodies: dict[str, int] = {}
        self._people: dict[tuple[str, str], int] = {}
        self._names: set[str] = set()
        self._taken = Taken()
        self._next_case = 1

    def add_centre(
        self,
        place: Sequence[Body],
        cards: Sequence[MediatorCard],
        *,
        staff: Sequence[Mediator] = (),
    ) -> None:
        """Store bodies and pool. Raises ``RuleError`` unless the database is empty."""
        with patient(), self._storage.write() as work:
            connection = work.connection
            if any(connection.scalar(select(table.c.id).limit(1)) for table in (cases, bodies, mediators)):
                raise RuleError(NOT_EMPTY)
            whole = {one.pool_no for one in staff}
            work.notes.put(NOTE, fingerprint())  # the lines are written with the cases
            work.pool.add([*staff, *(from_card(card) for card in cards if card.pool_no not in whole)])
            connection.execute(insert(bodies), [columns(bodies, body) for body in place])
            known = connection.execute(select(bodies.c.name, bodies.c.id))
            self._bodies = {row.name: row.id for row in known}
            for row in connection.execute(select(bookings)):  # leave
                self._taken.add(row.taken, row.starts, row.ends)

    def add_work(self, entries: Sequence[WorkEntry]) -> None:
        """Store lines of work that is no case; the database gives the numbers."""
        rows = [columns(work_entries, entry) for entry in entries]
        for row in rows:
            del row["id"]
        if rows:
            with patient(), self._storage.write() as work:
                work.connection.execute(insert(work_entries), rows)

    def add_cases(self, files: Sequence[CaseFile], numbers: Mapping[Name, int], *, at: datetime) -> None:
        """Store ``files`` in one transaction with one audit entry; move the number series up to ``numbers``."""
        with patient(), self._storage.write() as work:
            connection = work.connection
            rows = self._rows(files, at)
            rows[people], returning = self._recognise(files, rows[parties])
            if returning:
                connection.execute(_NEWER, returning)
            rows[name_ways] = self._ways(rows[standings])
            count_phrases(connection, counted(files))
            touch(connection, rows[case_facts])
            for table in (*cases.metadata.sorted_tables, word_table(connection.dialect)):
                self._writer.write(connection, table, rows.get(table, ()))
            series = NumberRepository(connection)
            for (body, kind, year), last in numbers.items():
                series.reserve(body, kind, year, last)
            work.audit.write(at=at, account=ACCOUNT, action="practice.fill", details={"cases": len(files)})
            go_on_behind(connection, cases, people)
        self._next_case += len(files)

    def _rows(self, files: Iterable[CaseFile], at: datetime) -> Rows:
        rows: Rows = defaultdict(list)
        for case_id, file in enumerate(files, start=self._next_case):
            head = head_row(file) | {
                "id": case_id,
                "version": 1,
                "body_id": self._bodies[file.organisation.name],
            }
            rows[cases].append(head)
            parts = flatten(file, case_id)
            for table, lines in parts.items():
                rows[table] += lines
            rows[standings] += standing_rows(parts, case_id)
            rows[word_table(self._dialect)] += new_words(self._dialect, case_id, file)
            rows[bars] += [bar_row(case_id, mediator) for mediator in file.mediators]
            rows[deadlines] += deadline_rows(file, case_id)
            rows[case_facts] += fact_rows(file, case_id)
            rows[case_marks] += mark_rows(file, case_id)
            rows[subsidy_waits] += wait_rows(file, case_id)
            self._take_time(rows, file, case_id, at)
            rows[history].append(
                {
                    "case_id": case_id,
                    "line": 0,
                    "at": at,
                    "account": ACCOUNT,
                    "step": STEP,
                    "on": file.intake.received_on,
                    "state": head["state"],
                    "sentence": SENTENCE,
                }
            )
        return rows

    def _take_time(self, rows: Rows, file: CaseFile, case_id: int, at: datetime) -> None:
        """Planned sessions take time; one that falls on another is let through, and this is said.

        Encounters are not looked for: nobody of the invented pool is a party or an agent in an invented case.
        """
        planned = session_rows(file, case_id, {})
        rows[booking_overrides] += let_through(planned, self._taken, STEP, account=ACCOUNT, at=at)
        rows[bookings] += ({name: value for name, value in row.items() if name != LABEL} for row in planned)

    def _ways(self, lines: Iterable[Row]) -> list[Row]:
        """How the names not met before are typed."""
        fresh = {line["name_key"] for line in lines} - self._names
        self._names |= fresh
        return way_rows(fresh)

    def _recognise(self, files: Sequence[CaseFile], lines: Iterable[Row]) -> tuple[list[Row], list[Row]]:
        """Link party rows to the register of people; rows to add to it, and what is newer about known people."""
        fresh: list[Row] = []
        newer: dict[int, Row] = {}
        for line in lines:
            identity = _identity(line)
            line["person_id"] = None
            if identity is None:
                continue
            received = files[line["case_id"] - self._next_case].intake.received_on
            row = _person(line, identity, received)
            known = self._people.get(identity)
            if known is None:
                known = self._people[identity] = len(self._people) + 1
                fresh.append(row | {"id": known, "version": 0})
            else:
                newer[known] = row | {"known": known}
            line["person_id"] = known
        return fresh, list(newer.values())


def _identity(line: Row) -> tuple[str, str] | None:
    if line["uscc"]:
        return "uscc", line["uscc"]
    return (line["id_type_code"], line["id_no"]) if line["id_no"] and line["id_type_code"] else None


def _person(line: Row, identity: tuple[str, str], seen_on: Any) -> Row:
    return {
        "kind": line["kind"].value,
        "name": line["name"],
        "id_kind": identity[0],
        "id_no": identity[1],
        "phone": line["phone"],
        "address": line["address"],
        "seen_on": seen_on,
    }
