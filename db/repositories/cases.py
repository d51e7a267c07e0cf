"""Case files: read whole, saved as the rows that differ, guarded by one version counter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    and_,
    bindparam,
    exists,
    func,
    insert,
    or_,
    select,
    text,
    update,
)

from db.chunks import chunks
from db.queries.case_lists import count_cases, find_binned, find_summaries, today
from db.queries.own import own_among
from db.queries.sight import reaches, whole
from db.repositories.accounts import AccountRepository
from db.repositories.bookings import book_sessions
from db.repositories.choosing import keep_bars
from db.repositories.deadlines import deadline_rows, keep_deadlines
from db.repositories.differences import write_differences
from db.repositories.encounters import note_encounters
from db.repositories.facts import fact_rows, keep_facts, touch
from db.repositories.flatten import flatten, head_row
from db.repositories.ink import ink_lines, keep_ink, waits_differ
from db.repositories.marks import add_marks, drop_marks, mark_rows
from db.repositories.people import recognise
from db.repositories.phrases import count_phrases, recount_phrases
from db.repositories.rebuild import rebuild
from db.repositories.standings import note_names, note_standings, standing_rows
from db.repositories.subsidy_waits import keep_waits, wait_rows
from db.repositories.whose import case_id_of
from db.repositories.words import keep_words, new_words, word_table
from db.rows import Rows, columns, make
from db.tables import parties
from db.tables.cases import cases
from db.tables.centre import bodies
from db.tables.columns import OF_A_CASE
from db.tables.counter import standings
from db.tables.deadlines import deadlines
from db.tables.facts import case_facts
from db.tables.marks import case_marks
from db.tables.record import documents, history
from db.tables.subsidy import subsidy_waits
from mediation_desk.access.accounts.model import Account
from mediation_desk.access.actor import PROGRAM, Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.cases.counter.phrases import counted
from mediation_desk.cases.ink.waiting import InkLine
from mediation_desk.cases.model import Body, CaseFile
from mediation_desk.cases.own import Own, own_tie
from mediation_desk.cases.ports import STALE
from mediation_desk.cases.summary import BinnedCase, CaseQuery, CaseSummary, HistoryEntry, PrintedPaper, Today
from mediation_desk.shared.errors import PermissionDenied, StaleError

ELSEWHERE = "{name}看不到这个机构的案件，不能往里面登记；没有保存。"


class CaseRepository:
    """Implements ``CaseFiles`` on one connection."""

    def __init__(self, connection: Connection, actor: Actor = PROGRAM) -> None:
        self._connection = connection
        self._actor = actor
        self._leaving: dict[int, CaseFile] = {}
        self.moved: dict[str, int] = {}
        """Keys and new versions of the files this unit stored one by one."""

    def find(self, key_or_number: str) -> CaseFile | None:
        """The whole file, or None."""
        head = self._connection.execute(select(cases).where(_called(key_or_number))).mappings().first()
        if head is None:
            return None
        with whole(self._connection):
            return rebuild(head, self._rows(head["id"]))

    def find_many(self, keys: Sequence[str]) -> tuple[CaseFile, ...]:
        """Whole files in the order of ``keys``, unknown ones left out; a query a table instead of many a case."""
        found: dict[str, CaseFile] = {}
        for some in chunks(keys):
            heads = self._connection.execute(select(cases).where(cases.c.case_key.in_(some))).mappings().all()
            parts = self._parts([head["id"] for head in heads])
            found |= {head["case_key"]: rebuild(head, parts[head["id"]]) for head in heads}
        return tuple(found[key] for key in keys if key in found)

    def newest(self, case_key: str) -> tuple[int, str] | None:
        """The version on file and who wrote the last line of the diary."""
        last = (
            select(history.c.account)
            .where(history.c.case_id == cases.c.id)
            .order_by(history.c.line.desc())
            .limit(1)
            .scalar_subquery()
        )
        row = self._connection.execute(
            select(cases.c.version, last).where(cases.c.case_key == case_key)
        ).first()
        return None if row is None else (int(row[0]), str(row[1] or ""))

    def reached(self, key_or_number: str, permission: Permission = Permission.CASE_READ) -> bool:
        """Whether the actor may do that with the case."""
        sight = self._actor.sight(permission)
        query = select(cases.c.id).where(_called(key_or_number))
        case_id = self._connection.scalar(query)
        return case_id is not None and (sight.whole or reaches(self._connection, case_id, sight))

    def _account(self) -> Account | None:
        """The actor's; nobody is known in a practice centre."""
        return (
            None if self._actor.unlimited else AccountRepository(self._connection).find(self._actor.account)
        )

    def add(self, file: CaseFile) -> CaseFile:
        """Insert head and parts; the first version is 1.

        Raises ``PermissionDenied`` for a case that whoever adds it would not see.
        """
        with whole(self._connection):
            case_id = self._add(file)
        self._demand_seen([case_id])
        self.moved[file.case_key] = 1
        return replace(file, version=1)

    def _add(self, file: CaseFile) -> int:
        head = head_row(file) | {"body_id": self._body(file.organisation), "version": 1}
        case_id = int(self._connection.execute(insert(cases).returning(cases.c.id), head).scalar_one())
        rows = self._linked(flatten(file, case_id), file)
        for table, lines in rows.items():
            if lines:
                self._connection.execute(insert(table), lines)
        self._follow(file, case_id, rows)
        add_marks(self._connection, file, case_id)
        count_phrases(self._connection, counted((file,)))
        keep_words(self._connection, case_id, file)
        return case_id

    def add_quiet(self, files: Sequence[CaseFile], entries: Sequence[HistoryEntry]) -> None:
        """Insert many files in which nothing has happened yet, each with the first line of its diary.

        As `add` and `note` one by one, with a tenth of the statements: there are no sessions that take time and no
        mediators to be barred.
        """
        with whole(self._connection):
            ids = self._add_quiet(files, entries)
        self._demand_seen(ids)

    def _add_quiet(self, files: Sequence[CaseFile], entries: Sequence[HistoryEntry]) -> list[int]:
        named = {file.organisation.name: file.organisation for file in files}
        body_ids = {name: self._body(body) for name, body in named.items()}
        heads = [
            head_row(file) | {"body_id": body_ids[file.organisation.name], "version": 1} for file in files
        ]
        made = insert(cases).returning(cases.c.case_key, cases.c.id)
        ids = {row.case_key: row.id for row in self._connection.execute(made, heads)}
        rows: Rows = defaultdict(list)
        dialect = self._connection.dialect
        for file, entry in zip(files, entries, strict=True):
            case_id = ids[file.case_key]
            own = self._linked(flatten(file, case_id), file)
            if any(party.id_no or party.uscc for party in file.parties):
                note_encounters(self._connection, own, case_id)
            for table, lines in own.items():
                rows[table] += lines
            rows[standings] += standing_rows(own, case_id)
            rows[deadlines] += deadline_rows(file, case_id)
            rows[case_facts] += fact_rows(file, case_id)
            rows[case_marks] += mark_rows(file, case_id)
            rows[subsidy_waits] += wait_rows(file, case_id)
            rows[history].append(columns(history, entry, case_id=case_id, line=0))
            rows[word_table(dialect)] += new_words(dialect, case_id, file)
        for table, lines in rows.items():
            if lines:
                self._connection.execute(insert(table), lines)
        touch(self._connection, rows[case_facts])
        note_names(self._connection, {row["name_key"] for row in rows[standings]})
        count_phrases(self._connection, counted(files))
        return list(ids.values())

    def save(self, before: CaseFile, after: CaseFile) -> CaseFile:
        """Move the counter on, then write the rows that differ. Raises ``StaleError`` on a stale ``before``."""
        case_id = case_id_of(self._connection, before.case_key)
        with whole(self._connection):
            self._save(before, after, case_id)
        self.moved[before.case_key] = before.version + 1
        return replace(after, version=before.version + 1)

    def settle(self) -> None:
        """Whoever handed a case to others in this unit sees it no longer; up to here he had to write that down."""
        with whole(self._connection):
            for case_id, file in self._leaving.items():
                drop_marks(self._connection, file, case_id)
        self._leaving.clear()

    def _save(self, before: CaseFile, after: CaseFile, case_id: int) -> None:
        head = head_row(after) | {"body_id": self._body(after.organisation), "version": before.version + 1}
        unchanged = and_(cases.c.id == case_id, cases.c.version == before.version)
        if self._connection.execute(update(cases).where(unchanged).values(head)).rowcount != 1:
            raise StaleError(STALE)
        rows = self._linked(flatten(after, case_id), after)
        write_differences(self._connection, flatten(before, case_id), rows)
        self._follow(after, case_id, rows)
        keep_words(self._connection, case_id, after, before)
        recount_phrases(self._connection, counted((before,)), counted((after,)))
        if waits_differ(before, after):
            keep_ink(self._connection, after, case_id)
        if mark_rows(before, case_id) != mark_rows(after, case_id):
            add_marks(self._connection, after, case_id)
            self._leaving[case_id] = after

    def summaries(self, query: CaseQuery) -> tuple[CaseSummary, ...]:
        """Lines of a list; those of the actor's own cases say so."""
        found = find_summaries(self._connection, query)
        own = own_among(self._connection, self._account(), [one.case_key for one in found])
        return tuple(replace(one, own=True) if one.case_key in own else one for one in found)

    def own(self, file: CaseFile) -> Own | None:
        """What makes this a case of whoever works here himself, or of a relative."""
        return own_tie(self._account(), file)

    def count(self, query: CaseQuery, most: int) -> int:
        """How many cases fit; counting stops at ``most``."""
        return count_cases(self._connection, query, most)

    def bodies(self) -> tuple[str, ...]:
        """Names of the bodies with cases; one look into the index of cases for each body."""
        used = exists().where(cases.c.body_id == bodies.c.id)
        return tuple(self._connection.scalars(select(bodies.c.name).where(used).order_by(bodies.c.name)))

    def binned(self, most: int) -> tuple[BinnedCase, ...]:
        """Cases in the bin, newest first."""
        return find_binned(self._connection, most)

    def ink(self, limit: int) -> tuple[InkLine, ...]:
        """Papers of all cases that wait for a hand."""
        return ink_lines(self._connection, limit)

    def today(self, on: date) -> Today:
        """The desk of a day."""
        return today(self._connection, on)

    def note(self, case_key: str, entry: HistoryEntry) -> None:
        """Add a line to the diary."""
        self._append(history, case_key, entry)

    def history(self, case_key: str) -> tuple[HistoryEntry, ...]:
        """The diary, oldest first."""
        return self._all(history, HistoryEntry, case_key)

    def note_papers(self, case_key: str, papers: Sequence[PrintedPaper]) -> None:
        """Add printed papers; from now on their titles lead to the case."""
        for paper in papers:
            self._append(documents, case_key, paper)
        case_id, file = case_id_of(self._connection, case_key), self.find(case_key)
        if file is not None:
            keep_words(self._connection, case_id, file, file, anew=True)
            keep_ink(self._connection, file, case_id)

    def papers(self, case_key: str) -> tuple[PrintedPaper, ...]:
        """Printed papers, oldest first."""
        return self._all(documents, PrintedPaper, case_key)

    def printed(self, *, sha256: str = "", version: str = "") -> tuple[tuple[str, PrintedPaper], ...]:
        """Printed papers of any case by fingerprint or words, each after its case's key, oldest first."""
        wanted = documents.c.sha256 == sha256 if sha256 else documents.c.version == version
        query = (
            select(cases.c.case_key, documents).join(cases, cases.c.id == documents.c.case_id).where(wanted)
        )
        rows = self._connection.execute(query.order_by(documents.c.at, documents.c.line)).mappings()
        return tuple((row["case_key"], make(PrintedPaper, row)) for row in rows)

    def _rows(self, case_id: int) -> Rows:
        """Most cases have a quarter of the parts: one question tells which, and only those are read."""
        found = self._connection.execute(_PRESENT, {"case_id": case_id}).one()
        rows: Rows = {}
        for (table, query), present in zip(_READING.items(), found, strict=True):
            lines = self._connection.execute(query, {"case_id": case_id}).mappings() if present else ()
            rows[table] = [dict(line) for line in lines]
        return rows

    def _parts(self, ids: Sequence[int]) -> Mapping[int, Rows]:
        parts: dict[int, Rows] = {case_id: {table: [] for table in PART_TABLES} for case_id in ids}
        with whole(self._connection):
            for table in PART_TABLES:
                query = select(table).where(table.c.case_id.in_(list(ids)))
                for row in self._connection.execute(query.order_by(*table.primary_key.columns)).mappings():
                    parts[row["case_id"]][table].append(dict(row))
        return parts

    def _demand_seen(self, ids: Sequence[int]) -> None:
        for some in chunks(ids):
            query = select(func.count()).select_from(cases).where(cases.c.id.in_(some))
            if self._connection.scalar(query) != len(some):
                raise PermissionDenied(ELSEWHERE.format(name=self._actor.display_name))

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
        """What a file on record means elsewhere: time taken, bars, who met whom, who stands here, what falls due,
        what it is to the statistics."""
        book_sessions(self._connection, file, case_id)
        keep_bars(self._connection, file, case_id)
        note_encounters(self._connection, rows, case_id)
        note_standings(self._connection, rows, case_id, binned=file.beside.binned is not None)
        keep_deadlines(self._connection, file, case_id)
        keep_facts(self._connection, file, case_id)
        keep_waits(self._connection, file, case_id)

    def _append(self, table: Table, case_key: str, record: object) -> None:
        case_id = case_id_of(self._connection, case_key)
        last = select(func.coalesce(func.max(table.c.line), -1)).where(table.c.case_id == case_id)
        line = int(self._connection.execute(last).scalar_one()) + 1
        self._connection.execute(insert(table), columns(table, record, case_id=case_id, line=line))

    def _all(self, table: Table, kind: type[Any], case_key: str) -> tuple[Any, ...]:
        query = select(table).join(cases, cases.c.id == table.c.case_id).where(cases.c.case_key == case_key)
        # by the moment first: what another centre did before its package came is written here after that
        rows = self._connection.execute(query.order_by(table.c.at, table.c.line)).mappings()
        return tuple(make(kind, row) for row in rows)


def _called(key_or_number: str) -> ColumnElement[bool]:
    return or_(cases.c.case_key == key_or_number, cases.c.number == key_or_number)


PART_TABLES: tuple[Table, ...] = tuple(
    table
    for table in cases.metadata.sorted_tables
    if table.info == OF_A_CASE and table not in (history, documents)
)

_READING = {
    table: select(table).where(table.c.case_id == bindparam("case_id")).order_by(*table.primary_key.columns)
    for table in PART_TABLES
}
_PRESENT = text(  # as words: 85 clauses put together anew for each reading would cost more than they save
    str(select(*(exists().where(table.c.case_id == bindparam("case_id")) for table in PART_TABLES)))
)
