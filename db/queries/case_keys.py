"""By which columns tables know a case: every table that refers to one, and how."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto

from sqlalchemy import Table

from db.base import metadata
from db.tables.beside import numbers_given
from db.tables.bookings import booking_overrides, bookings
from db.tables.cases import cases
from db.tables.centre import audit
from db.tables.counter import visits
from db.tables.marks import case_marks
from db.tables.presence import open_cases
from db.tables.submissions import submitted_facts, submitted_visits
from db.tables.words import fts5, tsvectors
from mediation_desk.shared.record import record


class How(Enum):
    """What stands in the column."""

    ID = auto()
    CODE = auto()  # the key of the case, which outlives its row
    CODE_IF_ANY = auto()
    ROW_OF_WORDS = auto()  # a number with the id in it
    ROW_ABOVE = auto()  # the id of a row of ``parent``, which knows the case


@record
class CaseKey:
    """One such column."""

    column: str
    how: How
    parent: Table | None = None

    @property
    def late(self) -> int:
        """Of columns made equal the first is asked about: where words are looked for, before a case is looked up."""
        return 0 if self.how is How.ROW_OF_WORDS else 1 if self.column == "id" else 2


UNASKED: Mapping[Table, str] = {
    case_marks: "the marks are what is asked",
    bookings: "what is taken stays taken for everybody; the case behind it is looked up under the condition",
    booking_overrides: "read by the program while it books",
    numbers_given: "a series has no gaps; the case behind a number is looked up under the condition",
    submitted_visits: "days and grades of a submitted period, read with its facts",
    audit: "for auditors, who see no case",
}
"""Tables that refer to cases and are read as they are, each with the reason."""


def _keys() -> Mapping[Table, tuple[CaseKey, ...]]:
    known = {cases: (CaseKey(column="id", how=How.ID),)}
    known[fts5] = (CaseKey(column="rowid", how=How.ROW_OF_WORDS),)
    known[tsvectors] = (CaseKey(column="case_id", how=How.ID),)
    known[submitted_facts] = (CaseKey(column="case_key", how=How.CODE),)
    known[open_cases] = (CaseKey(column="case_key", how=How.CODE),)
    known[visits] = (CaseKey(column="case_key", how=How.CODE_IF_ANY),)
    for table in metadata.sorted_tables:
        if table not in UNASKED and table not in known:
            found = _key(table, known)
            if found is not None:
                known[table] = (found,)
    return known


def _key(table: Table, known: Mapping[Table, object]) -> CaseKey | None:
    keys = {key.column.table: key.parent.name for key in table.foreign_keys}
    if cases in keys:
        return CaseKey(column=keys[cases], how=How.ID)
    above = next((target for target in keys if target in known and target is not table), None)
    return None if above is None else CaseKey(column=keys[above], how=How.ROW_ABOVE, parent=above)


CASE_KEYS = _keys()
