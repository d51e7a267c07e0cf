"""One invented archive for all recounts: built once, put into every database there is, exported beside it."""

from __future__ import annotations

import gc
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from unittest.mock import patch

from db.bulk import BulkCases, Rows
from db.tables.afterwards import followups
from db.tables.cases import cases
from db.tables.facts import case_facts
from db.tables.record import history
from db.unit_of_work import Storage
from mediation_desk.cases.model import Body, CaseFile
from mediation_desk.experts.mediator import Mediator
from mediation_desk.experts.model import MediatorCard
from mediation_desk.interchange.writer import write_case
from mediation_desk.practice.demo import fill, generate
from mediation_desk.practice.series import Name
from mediation_desk.statistics.work.model import WorkEntry
from tests.persistence.case_lines import Line, read

CASES, SEED, YEARS = 20_000, 20, 10
NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
TODAY = date(2026, 11, 20)


def exported() -> list[Line]:
    """The lines of the whole archive, each from what an exchange file of the case says."""
    gc.disable()
    return [
        read(json.loads(json.dumps(write_case(file, as_of=TODAY))), orders_of(file), closed_on(file))
        for file in generate(CASES, SEED, TODAY, YEARS)
    ]


def closed_on(file: CaseFile) -> str | None:
    """The day work on the case was closed, as plain data."""
    return file.beside.closing.on.isoformat() if file.beside.closing else None


def orders_of(file: CaseFile) -> list[dict[str, Any]]:
    """The orders beside the file, as plain data: the exchange format has no word for them."""
    return [
        {
            "kind": order.kind.value,
            "given_on": order.given_on.isoformat(),
            "refused_on": order.refused_on and order.refused_on.isoformat(),
            "voided_on": order.voided_on and order.voided_on.isoformat(),
        }
        for order in file.beside.orders
    ]


def fill_all(storages: Sequence[Storage]) -> None:
    """Put the archive into each of these empty databases."""
    fill(_Together(storages), CASES, SEED, clock=lambda: NOW, years=YEARS)


_READ = (cases, case_facts, followups, history)
"""What the statistics read; the other forty rows of a case would only make the tests slow."""


class _First(BulkCases):
    """Keeps the rows it has worked out last."""

    rows: Rows

    def _rows(self, files: Iterable[CaseFile], at: datetime) -> Rows:
        with patch("db.bulk.new_words", lambda *_: []):  # the search index takes longest
            every = super()._rows(files, at)
        self.rows = defaultdict(list, {table: every[table] for table in _READ})
        return self.rows


class _Echo(BulkCases):
    """Writes the rows another has worked out: flattening takes longer than writing."""

    rows: Rows

    def _rows(self, files: Iterable[CaseFile], at: datetime) -> Rows:
        return self.rows


class _Together:
    """The bulk writers of several databases as one."""

    def __init__(self, storages: Sequence[Storage]) -> None:
        self._first = _First(storages[0])
        self._echoes = [_Echo(storage) for storage in storages[1:]]

    def add_centre(
        self, bodies: Sequence[Body], cards: Sequence[MediatorCard], *, staff: Sequence[Mediator] = ()
    ) -> None:
        """To all of them."""
        for writer in (self._first, *self._echoes):
            writer.add_centre(bodies, cards, staff=staff)

    def add_work(self, entries: Sequence[WorkEntry]) -> None:
        """To all of them."""
        for writer in (self._first, *self._echoes):
            writer.add_work(entries)

    def add_cases(self, files: Sequence[CaseFile], numbers: Mapping[Name, int], *, at: datetime) -> None:
        """Worked out once, written to all of them."""
        self._first.add_cases(files, numbers, at=at)
        for echo in self._echoes:
            echo.rows = self._first.rows
            echo.add_cases(files, numbers, at=at)
