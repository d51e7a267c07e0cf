"""Lists of destruction, and the one way in which a case leaves the database for good."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    String,
    Table,
    and_,
    delete,
    exists,
    insert,
    or_,
    select,
    update,
)

from db.queries.seen import keys_seen
from db.queries.sight import OPEN, sight_shape, whole
from db.repositories.facts import touch_months_of
from db.repositories.phrases import phrases_in, uncount_phrases
from db.repositories.standings import forget_names, names_in
from db.repositories.words import forget_words
from db.rows import columns, make
from db.tables.afterwards import archives
from db.tables.archiving import appraisals, loans
from db.tables.beside import numbers_given
from db.tables.cases import cases
from db.tables.centre import drafts, people
from db.tables.counter import visits
from db.tables.destruction import destroyed_facts, destruction_lines, destruction_lists
from db.tables.facts import case_facts
from db.tables.parties import parties
from db.tables.record import documents
from mediation_desk.cases.archiving.lists import Threshold
from mediation_desk.cases.archiving.model import Verdict
from mediation_desk.cases.destroying.model import (
    Candidate,
    DestructionLine,
    DestructionList,
    LineStatus,
    ListStatus,
)
from mediation_desk.cases.destroying.ports import Forgotten, Standing
from mediation_desk.cases.ports import STALE
from mediation_desk.shared.errors import ConflictError

_CONTENT = frozenset(("sha256", "original", "strokes", "picture"))
"""Columns of a case that name a file of the store by its SHA-256; those of printed papers are fingerprints only."""

_MOST = 5000


class DestructionRepository:
    """Implements ``Destruction`` on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def candidates(self, ended: Sequence[Threshold], on: date) -> tuple[Candidate, ...]:
        """Volumes past their period and those appraised to be destroyed, by the day they were filed."""
        over = [
            and_(archives.c.retention == one.retention, archives.c.archived_on < one.filed_before)
            for one in ended
        ]
        undecided = or_(archives.c.decided_until.is_(None), archives.c.decided_until < on)
        doomed = exists().where(
            appraisals.c.case_id == archives.c.case_id, appraisals.c.verdict == Verdict.DESTROY
        )
        query = (
            select(
                cases.c.id,
                cases.c.case_key,
                cases.c.number,
                *(archives.c[name] for name in ("volume_no", "retention", "archived_on", "pages")),
            )
            .join(cases, cases.c.id == archives.c.case_id)
            .where(archives.c.archived_on.is_not(None), or_(doomed, and_(undecided, or_(*over))))
            .order_by(archives.c.archived_on, cases.c.id)
            .limit(_MOST)
        )
        rows = self._connection.execute(query).all()
        verdicts = self._verdicts([row.id for row in rows])
        listed = self._listed([row.case_key for row in rows])
        return tuple(_candidate(row, verdicts.get(row.id), listed.get(row.case_key)) for row in rows)

    def add(self, made: DestructionList) -> DestructionList:
        """Store a new list; its number is given here."""
        head = columns(destruction_lists, made)
        del head["id"]
        number = self._connection.execute(
            insert(destruction_lists).returning(destruction_lists.c.id), head
        ).scalar_one()
        rows = [columns(destruction_lines, one, list_id=number) for one in made.lines]
        self._connection.execute(insert(destruction_lines), rows)
        found = self.find(number)
        if found is None:
            raise ConflictError(STALE)
        return found

    def lists(self) -> tuple[DestructionList, ...]:
        """All lists, newest first."""
        numbers = self._connection.scalars(
            select(destruction_lists.c.id).order_by(destruction_lists.c.id.desc())
        )
        found = (self.find(number) for number in numbers.all())
        return tuple(one for one in found if one is not None)

    def find(self, number: int) -> DestructionList | None:
        """The list with this number as it may be shown: whose reach ends before a case is not told which it is.

        Whether a destroyed case was in reach can no longer be asked: whoever is limited to some cases is told of none.
        """
        found, asked = self.stored(number), sight_shape(self._connection)
        if found is None or asked is None:
            return found
        known = keys_seen(self._connection, {line.case_key for line in found.lines})
        gone = (LineStatus.FILES, LineStatus.DONE) if OPEN in asked.marks else ()
        lines = (
            line if line.case_key in known or line.status in gone else _blank(line) for line in found.lines
        )
        return replace(found, lines=tuple(lines))

    def stored(self, number: int) -> DestructionList | None:
        """The list with all its lines, to be carried out and never to be shown."""
        head = select(destruction_lists).where(destruction_lists.c.id == number)
        row = self._connection.execute(head).mappings().first()
        if row is None:
            return None
        mine = select(destruction_lines).where(destruction_lines.c.list_id == number)
        lines = self._connection.execute(mine.order_by(destruction_lines.c.line)).mappings()
        return make(DestructionList, row, lines=tuple(make(DestructionLine, line) for line in lines))

    def save(self, before: DestructionList, after: DestructionList) -> None:
        """Store the head. Raises ``ConflictError`` where somebody saved since."""
        row = columns(destruction_lists, after) | {"version": before.version + 1}
        mine = and_(destruction_lists.c.id == before.id, destruction_lists.c.version == before.version)
        if self._connection.execute(update(destruction_lists).where(mine).values(row)).rowcount != 1:
            raise ConflictError(STALE)

    def mark(self, number: int, line: DestructionLine) -> None:
        """Store a line."""
        mine = and_(destruction_lines.c.list_id == number, destruction_lines.c.line == line.line)
        self._connection.execute(
            update(destruction_lines).where(mine).values(columns(destruction_lines, line))
        )

    def standing(self, case_key: str) -> Standing | None:
        """How the volume stands; the case is held until the unit ends, so nobody lends or appraises it meanwhile."""
        held = select(cases.c.id).where(cases.c.case_key == case_key).with_for_update()
        case_id = self._connection.scalar(held)
        if case_id is None:
            return None
        filed = select(archives.c.archived_on).where(archives.c.case_id == case_id)
        out = select(loans.c.who).where(loans.c.case_id == case_id, loans.c.returned_on.is_(None))
        verdict = self._verdicts([case_id]).get(case_id)
        return Standing(
            archived=self._connection.scalar(filed) is not None,
            verdict=verdict.verdict if verdict else None,
            lent_to=self._connection.scalar(out) or "",
        )

    def forget(self, case_key: str, note: str) -> Forgotten | None:
        """Take the case out, table by table; the tables are those the metadata knows to be about a case."""
        found = self._connection.scalar(select(cases.c.id).where(cases.c.case_key == case_key))
        if found is None:
            return None
        with whole(self._connection):  # what other cases share stays, also where they are out of reach
            return self._forget(case_key, int(found), note)

    def _forget(self, case_key: str, case_id: int, note: str) -> Forgotten:
        ids = [case_id]
        contents, papers = self._contents(ids), self._papers(ids)
        known = select(parties.c.person_id).where(
            parties.c.case_id.in_(ids), parties.c.person_id.is_not(None)
        )
        persons = sorted(set(self._connection.scalars(known)))
        names, phrases = names_in(self._connection, ids), phrases_in(self._connection, ids)
        self._keep_facts(ids)
        touch_months_of(self._connection, ids)
        forget_words(self._connection, ids)
        rows = sum(
            self._connection.execute(delete(table).where(condition)).rowcount
            for table, condition in of_cases(ids)
        )
        forget_names(self._connection, names)
        uncount_phrases(self._connection, phrases)
        rows += self._forget_people(persons)
        rows += self._connection.execute(delete(visits).where(visits.c.case_key == case_key)).rowcount
        mentioned = drafts.c.key.contains(case_key, autoescape=True) | drafts.c.content.cast(String).contains(
            case_key, autoescape=True
        )
        rows += self._connection.execute(delete(drafts).where(mentioned)).rowcount
        given = update(numbers_given).where(numbers_given.c.case_key == case_key)
        self._connection.execute(given.values(reason=note))
        return Forgotten(rows=rows, contents=tuple(sorted(contents)), papers=tuple(sorted(papers)))

    def used(self, contents: Collection[str]) -> frozenset[str]:
        """Which of these contents some case still uses, also one out of reach."""
        wanted, found = sorted(contents), set[str]()
        with whole(self._connection):
            for table, name in content_columns():
                column = table.c[name]
                found |= set(self._connection.scalars(select(column).where(column.in_(wanted)).distinct()))
        return frozenset(found)

    def _contents(self, ids: Sequence[int]) -> set[str]:
        found: set[str] = set()
        for table, name in content_columns():
            column = table.c[name]
            found |= set(self._connection.scalars(select(column).where(table.c.case_id.in_(ids))))
        return {one for one in found if one}

    def _papers(self, ids: Sequence[int]) -> set[str]:
        """Files printed for these cases and for no other of the same name."""
        mine = set(
            self._connection.scalars(select(documents.c.file_name).where(documents.c.case_id.in_(ids)))
        )
        others = select(documents.c.file_name).where(
            documents.c.file_name.in_(sorted(mine)), documents.c.case_id.not_in(ids)
        )
        return mine - set(self._connection.scalars(others))

    def _keep_facts(self, ids: Sequence[int]) -> None:
        facts = [column for column in case_facts.c if column.name != "case_id"]
        kept = select(cases.c.case_key, *facts).join(cases, cases.c.id == case_facts.c.case_id)
        rows = self._connection.execute(kept.where(case_facts.c.case_id.in_(ids))).mappings().all()
        if rows:
            self._connection.execute(insert(destroyed_facts), [dict(row) for row in rows])

    def _forget_people(self, persons: Sequence[int]) -> int:
        """Those no other row refers to, whatever table it is in."""
        if not persons:
            return 0
        referring = (
            ~exists().where(key.parent == people.c.id)
            for table in people.metadata.sorted_tables
            for key in table.foreign_keys
            if key.column.table is people
        )
        return self._connection.execute(delete(people).where(people.c.id.in_(persons), *referring)).rowcount

    def _verdicts(self, ids: Sequence[int]) -> dict[int, Row[Any]]:
        """The last appraisal of each."""
        query = select(appraisals).where(appraisals.c.case_id.in_(ids)).order_by(appraisals.c.line)
        return {row.case_id: row for row in self._connection.execute(query)}

    def _listed(self, keys: Sequence[str]) -> dict[str, int]:
        """On which list each stands that was not refused."""
        query = (
            select(destruction_lines.c.case_key, destruction_lines.c.list_id)
            .join(destruction_lists, destruction_lists.c.id == destruction_lines.c.list_id)
            .where(destruction_lines.c.case_key.in_(keys), destruction_lists.c.status != ListStatus.REFUSED)
        )
        return {row.case_key: row.list_id for row in self._connection.execute(query)}


def of_cases(ids: Sequence[int]) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """Every table with rows about these cases and which of its rows they are, children before parents.

    Made from the metadata: whatever refers to a case, or to a row that does, goes with it. A new table with such a
    reference is here by itself.
    """
    conditions: dict[Table, ColumnElement[bool]] = {cases: cases.c.id.in_(ids)}
    for table in cases.metadata.sorted_tables:
        found = [
            key.parent.in_(select(key.column).where(conditions[key.column.table]))
            for key in sorted(table.foreign_keys, key=lambda key: key.parent.name)
            if key.column.table in conditions and key.column.table is not table
        ]
        if table is not cases and found:
            conditions[table] = or_(*found)
    for table in reversed(cases.metadata.sorted_tables):
        if table in conditions:
            yield table, conditions[table]


def content_columns() -> Iterator[tuple[Table, str]]:
    """Columns that name a file of the store a case has."""
    for table in cases.metadata.sorted_tables:
        if table is documents or "case_id" not in table.c or not table.c.case_id.foreign_keys:
            continue
        for column in table.c:
            if column.name in _CONTENT and isinstance(column.type, String):
                yield table, column.name


def _blank(line: DestructionLine) -> DestructionLine:
    return replace(line, case_key="", number="", volume_no="", reason="", why="", files=())


def _candidate(row: Row[Any], verdict: Row[Any] | None, listed: int | None) -> Candidate:
    return Candidate(
        case_key=row.case_key,
        number=row.number,
        volume_no=row.volume_no,
        retention=row.retention,
        archived_on=row.archived_on,
        pages=row.pages,
        verdict=verdict.verdict.value if verdict else "",
        reason=verdict.reason if verdict else "",
        appraisers=f"{verdict.decided_by}、{verdict.second}" if verdict else "",
        listed=listed,
    )
