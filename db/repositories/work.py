"""The register of work: lines are added and struck."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select, update

from db.queries.organisations import counting
from db.rows import columns, make
from db.tables.work import work_entries
from db.upsert import insert_into
from mediation_desk.statistics.work.model import WorkEntry, WorkQuery, WorkSums

_SAME = (
    "kind",
    "unit",
    "first",
    "last",
    "times",
    "disputes",
    "handed",
    "people",
    "yuan",
    "category",
    "note",
)


class WorkRepository:
    """Implements ``WorkEntries`` on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, entry: WorkEntry) -> WorkEntry | None:
        """Store a new line, the number is given here; None when its operation was done before."""
        row = columns(work_entries, entry)
        del row["id"]
        fresh = insert_into(self._connection, work_entries).values(row)
        made = fresh.on_conflict_do_nothing().returning(work_entries.c.id)
        number = self._connection.scalar(made)
        return None if number is None else replace(entry, id=number)

    def made_by(self, operation: str) -> WorkEntry | None:
        """The line an operation made."""
        return self._one(work_entries.c.operation == operation)

    def find(self, number: int) -> WorkEntry | None:
        """The line with this number."""
        return self._one(work_entries.c.id == number)

    def same(self, entry: WorkEntry) -> WorkEntry | None:
        """A counting line that says the same in everything but number, time and person."""
        said = [work_entries.c[name].is_not_distinct_from(getattr(entry, name)) for name in _SAME]
        return self._one(counting(), *said)

    def void(self, number: int, *, on: date, by: str, reason: str) -> bool:
        """Strike a line that still counts; False when it was struck already."""
        strike = (
            update(work_entries)
            .where(work_entries.c.id == number, counting())
            .values(voided_on=on, voided_by=by, void_reason=reason)
        )
        return self._connection.execute(strike).rowcount == 1

    def listed(self, query: WorkQuery) -> tuple[WorkEntry, ...]:
        """Lines, latest first, cut to what the query asks for."""
        wanted = _of(select(work_entries), query)
        ordered = wanted.order_by(work_entries.c.last.desc(), work_entries.c.id.desc()).limit(query.limit)
        return tuple(make(WorkEntry, row) for row in self._connection.execute(ordered).mappings())

    def sums(self, query: WorkQuery) -> WorkSums:
        """The counting lines of a query added up, however many are listed."""
        numbers = ("times", "disputes", "handed", "people")
        added = select(
            func.count().label("entries"),
            *(func.coalesce(func.sum(work_entries.c[name]), 0).label(name) for name in numbers),
            func.sum(work_entries.c.yuan, type_=work_entries.c.yuan.type).label("yuan"),
        ).select_from(work_entries)
        row = self._connection.execute(_of(added, query).where(counting())).mappings().one()
        whole = {name: int(row[name]) for name in ("entries", *numbers)}
        return WorkSums(yuan=row["yuan"] or Decimal("0.00"), **whole)

    def _one(self, *where: ColumnElement[bool]) -> WorkEntry | None:
        query = select(work_entries).where(*where).order_by(work_entries.c.id).limit(1)
        row = self._connection.execute(query).mappings().first()
        return make(WorkEntry, row) if row else None


def _of(statement: Select[Any], query: WorkQuery) -> Select[Any]:
    entry = work_entries.c
    if query.kind:
        statement = statement.where(entry.kind == query.kind)
    if query.units:
        statement = statement.where(entry.unit.in_(query.units))
    if query.first is not None:
        statement = statement.where(entry.last >= query.first)
    if query.last is not None:
        statement = statement.where(entry.last <= query.last)
    return statement if query.voided else statement.where(counting())
