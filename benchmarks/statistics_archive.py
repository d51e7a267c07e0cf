"""An archive of any size for the statistics: whole invented cases first, then copies of what statistics read of them.

A copy is the head of a case, its facts and its visits, some days earlier than its pattern; a million take minutes.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from random import Random

from sqlalchemy import func, select, text

from db.bulk import BulkCases
from db.bulk_rows import RowWriter
from db.repositories.facts import fact_rows
from db.repositories.flatten import flatten, head_row
from db.repositories.marks import mark_rows
from db.rows import Row, Rows
from db.tables.afterwards import followups
from db.tables.cases import cases
from db.tables.centre import bodies
from db.tables.facts import case_facts
from db.tables.marks import case_marks
from db.unit_of_work import Storage
from mediation_desk.cases.model import CaseFile
from mediation_desk.practice.days import later
from mediation_desk.practice.demo import fill, generate
from mediation_desk.shared.clock import local_day, system_clock

YEARS, WHOLE, PATTERNS, BATCH, SEED = 10, 2_000, 10_000, 10_000, 4
_EARLIER = 28


def build(storage: Storage, count: int, progress: Callable[[int], None] = lambda _: None) -> None:
    """``count`` cases of the last ten years."""
    whole = min(WHOLE, count)
    fill(BulkCases(storage), whole, 1, years=YEARS)
    copier = _Copier(storage, min(PATTERNS, count))
    for first in range(whole + 1, count + 1, BATCH):
        copier.write(first, min(BATCH, count + 1 - first))
        progress(min(first + BATCH - 1, count))
    with storage.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))


class _Pattern:
    """The rows of one whole case, and which of their values are days."""

    def __init__(self, file: CaseFile, body_id: int) -> None:
        self.head = _Shifted(head_row(file) | {"version": 1, "body_id": body_id})
        self.marks = mark_rows(file, 0)
        self.facts = [_Shifted(row) for row in fact_rows(file, 0)]
        self.visits = [_Shifted(row) for row in flatten(file, 0)[followups]]


class _Shifted:
    def __init__(self, row: Row) -> None:
        self._row = row
        self._days = [(name, value) for name, value in row.items() if type(value) is date]

    def row(self, by: int, **own: object) -> Row:
        return self._row | {name: later(day, -by) for name, day in self._days} | own


class _Copier:
    def __init__(self, storage: Storage, patterns: int) -> None:
        self._storage, self._dice = storage, Random(SEED)
        self._writer = RowWriter(storage.engine.dialect)
        with storage.read() as work:
            known = dict(work.connection.execute(select(bodies.c.name, bodies.c.id)).tuples().all())
        files: Iterable[CaseFile] = generate(patterns, SEED, local_day(system_clock()), YEARS)
        self._patterns = [_Pattern(file, known[file.organisation.name]) for file in files]

    def write(self, first: int, number: int) -> None:
        gc.disable()
        rows: Rows = defaultdict(list)
        for case_id in range(first, first + number):
            self._copy(rows, case_id)
        with self._storage.write() as work:
            for table, lines in rows.items():
                self._writer.write(work.connection, table, lines)
            if work.connection.dialect.name == "postgresql":
                last = select(func.max(cases.c.id)).scalar_subquery()
                work.connection.execute(select(func.setval(func.pg_get_serial_sequence("cases", "id"), last)))
        gc.enable()

    def _copy(self, rows: Rows, case_id: int) -> None:
        pattern, by = self._dice.choice(self._patterns), self._dice.randrange(_EARLIER)
        rows[cases].append(pattern.head.row(by, id=case_id, case_key=f"AJC{case_id:08d}", number=None))
        rows[case_facts] += [one.row(by, case_id=case_id) for one in pattern.facts]
        rows[case_marks] += [one | {"case_id": case_id} for one in pattern.marks]
        rows[followups] += [one.row(by, case_id=case_id) for one in pattern.visits]
