"""Cases taken from old registers: looked up, added, and taken out again batch by batch."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    Table,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from db.chunks import chunks
from db.queries.sight import whole
from db.repositories.cases import CaseRepository
from db.repositories.facts import touch_months_of
from db.repositories.phrases import phrases_in, uncount_phrases
from db.repositories.standings import forget_names, names_in
from db.repositories.words import forget_words
from db.rows import columns, make
from db.tables.cases import cases
from db.tables.centre import people
from db.tables.columns import OF_A_CASE
from db.tables.counter import standings
from db.tables.course import related_cases
from db.tables.deadlines import deadlines
from db.tables.facts import case_facts
from db.tables.ink import ink_waits
from db.tables.ledgers import ledger_batches, ledger_entries
from db.tables.marks import case_marks
from db.tables.parties import parties
from db.tables.pool import encounters
from db.tables.record import documents, history
from db.tables.subsidy import subsidy_waits
from mediation_desk.cases.ledger import KnownCase, LedgerBatch
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.summary import HistoryEntry

_LINE = [ledger_entries.c[name] for name in ("file", "sheet", "row")]
_KNOWN = (
    select(*(cases.c[name] for name in KnownCase.__dataclass_fields__ if name != "line"), *_LINE)
    .select_from(cases)
    .outerjoin(ledger_entries, ledger_entries.c.case_id == cases.c.id)
)
_FIRST = 1
"""Version of a case nobody has changed; its diary has one line, which is line 0."""


class LedgerRepository:
    """Implements ``Ledgers`` on one connection."""

    def __init__(self, connection: Connection, files: CaseRepository) -> None:
        self._connection = connection
        self._files = files

    def known(self, numbers: Collection[str], names: Collection[tuple[date, str]]) -> tuple[KnownCase, ...]:
        """Cases with one of these numbers, or of one of these days and people; both by index."""
        found: dict[str, KnownCase] = {}
        for some in chunks(sorted(numbers)):
            self._find(found, cases.c.number.in_(some))
        for pairs in chunks(sorted(names)):
            days, words = {day for day, _ in pairs}, {words for _, words in pairs}
            self._find(found, cases.c.received_on.in_(days) & cases.c.party_names.in_(words))
        return tuple(found.values())

    def open(self, batch: LedgerBatch) -> None:
        """Store a new batch."""
        self._connection.execute(insert(ledger_batches), columns(ledger_batches, batch))

    def save(self, batch: LedgerBatch) -> None:
        """Store what became of a batch."""
        row = columns(ledger_batches, batch)
        self._connection.execute(update(ledger_batches).where(ledger_batches.c.id == batch.id).values(row))

    def batch(self, batch_id: str) -> LedgerBatch | None:
        """The batch of this name; held until the unit ends, where the database can."""
        query = select(ledger_batches).where(ledger_batches.c.id == batch_id)
        row = self._connection.execute(query).mappings().first()
        return make(LedgerBatch, row) if row else None

    def batches(self, most: int) -> tuple[LedgerBatch, ...]:
        """The last batches, newest first."""
        query = select(ledger_batches).order_by(ledger_batches.c.id.desc()).limit(most)
        return tuple(make(LedgerBatch, row) for row in self._connection.execute(query).mappings())

    def add(self, files: Sequence[CaseFile], entries: Sequence[HistoryEntry]) -> None:
        """Store new cases, each with the first line of its diary."""
        self._files.add_quiet(files, entries)

    def in_reach(self, batch_id: str) -> bool:
        """Whether every case of the batch is seen by whoever asks."""
        query = self._of(batch_id, func.count(cases.c.id))
        seen = self._connection.scalar(query)
        with whole(self._connection):
            return bool(seen == self._connection.scalar(query))

    def worked_on(self, batch_id: str, *, seen_only: bool = False) -> tuple[str, ...]:
        """Keys of the batch's cases on which something was done since, or to which something refers.

        All of them, since none of these may be taken out; ``seen_only`` for what is told.
        """
        touched = or_(cases.c.version > _FIRST, _referred_to(cases.c.case_key), *_used(cases, _own()))
        query = self._of(batch_id, cases.c.case_key).where(touched).order_by(cases.c.id)
        with whole(self._connection):
            keys = tuple(self._connection.scalars(query))
        if not seen_only:
            return keys
        seen = set(self._connection.scalars(self._of(batch_id, cases.c.case_key)))
        return tuple(key for key in keys if key in seen)

    def remove(self, batch_id: str, stay: Collection[str], most: int) -> int:
        """Take up to ``most`` cases of the batch out, the last first; people nobody else refers to go with them."""
        with whole(self._connection):
            return self._taken_out(batch_id, stay, most)

    def _taken_out(self, batch_id: str, stay: Collection[str], most: int) -> int:
        query = self._of(batch_id, cases.c.id, cases.c.case_key).order_by(cases.c.id.desc())
        wanted = (row.id for row in self._connection.execute(query) if row.case_key not in stay)
        ids = [case_id for case_id, _ in zip(wanted, range(most), strict=False)]
        for some in chunks(ids):
            self._remove(some)
        return len(ids)

    def _find(self, found: dict[str, KnownCase], where: ColumnElement[bool]) -> None:
        for row in self._connection.execute(_KNOWN.where(where)).mappings():
            line = (row["file"], row["sheet"], row["row"]) if row["row"] is not None else None
            found[row["case_key"]] = make(KnownCase, row, line=line)

    def _remove(self, ids: Sequence[int]) -> None:
        persons = select(parties.c.person_id).where(
            parties.c.case_id.in_(ids), parties.c.person_id.is_not(None)
        )
        left = sorted(set(self._connection.scalars(persons)))
        forget_words(self._connection, ids)
        touch_months_of(self._connection, ids)
        names, phrases = names_in(self._connection, ids), phrases_in(self._connection, ids)
        for table in reversed(cases.metadata.sorted_tables):
            if table in _own():
                self._connection.execute(delete(table).where(table.c.case_id.in_(ids)))
        self._connection.execute(delete(cases).where(cases.c.id.in_(ids)))
        forget_names(self._connection, names)
        uncount_phrases(self._connection, phrases)
        for some in chunks(left):
            alone = (~used for used in _used(people, frozenset()))
            self._connection.execute(delete(people).where(people.c.id.in_(some), *alone))

    def _of(self, batch_id: str, *wanted: Any) -> Select[Any]:
        entry = ledger_entries.c
        return (
            select(*wanted).join(ledger_entries, entry.case_id == cases.c.id).where(entry.batch == batch_id)
        )


def _own() -> frozenset[Table]:
    """Tables that hold the case itself, and what is worked out from it; whatever else refers to it is work."""
    return frozenset(
        table for table in cases.metadata.sorted_tables if table.info == OF_A_CASE and table is not documents
    ) | {encounters, standings, deadlines, ink_waits, case_facts, case_marks, subsidy_waits}


def _used(target: Table, own: Collection[Table]) -> Iterable[ColumnElement[bool]]:
    """Whether a row of another table refers to the row of ``target``; more than the first line of a diary does."""
    for table in target.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table is target and table not in own:
                yield exists().where(key.parent == key.column)
    if target is cases:
        yield exists().where(history.c.case_id == cases.c.id, history.c.line > 0)


def _referred_to(key: Column[str]) -> ColumnElement[bool]:
    return exists().where(related_cases.c.case_key == key)
