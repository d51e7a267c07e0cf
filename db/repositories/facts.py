"""Facts of cases for the statistics: kept with every save; months they touch are noted, and added up later."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, text

from db.queries.figures import KEPT, PLACING_DAYS, FigureQueries, source
from db.queries.sight import whole
from db.rows import Row
from db.tables.cases import cases
from db.tables.facts import case_facts, kept_sums, settled_months, touched_months
from db.waiting import patient
from mediation_desk.cases.model import CaseFile
from mediation_desk.statistics.facts import Facts, facts
from mediation_desk.statistics.figures import Counted, book, definitions
from mediation_desk.statistics.model import month_number, month_period
from mediation_desk.statistics.ports import Question

_NAMES = tuple(field.name for field in fields(Facts))
_LOCK = 0x4D444B32  # one settles at a time; the others would only do the same again
_FEN = 100


def fact_rows(file: CaseFile, case_id: int) -> list[Row]:
    """The row of a case, none for one in the bin."""
    found = facts(file)
    return [] if found is None else [{"case_id": case_id, **{name: getattr(found, name) for name in _NAMES}}]


def keep_facts(connection: Connection, file: CaseFile, case_id: int) -> None:
    """Make the stored facts of a case what its file says."""
    mine = case_facts.c.case_id == case_id
    stored = [dict(row) for row in connection.execute(select(case_facts).where(mine)).mappings()]
    wanted = fact_rows(file, case_id)
    if stored == wanted:
        return
    connection.execute(delete(case_facts).where(mine))
    if wanted:
        connection.execute(insert(case_facts), wanted)
    touch(connection, [*stored, *wanted])


def touch(connection: Connection, rows: Iterable[Row]) -> None:
    """Note the months these facts lie in."""
    days = {row[name] for row in rows for name in PLACING_DAYS}
    months = sorted({month_number(day) for day in days if day is not None})
    if months:
        connection.execute(insert(touched_months), [{"month": month} for month in months])


def touch_months_of(connection: Connection, ids: Iterable[int]) -> None:
    """Note the months of stored cases that are about to go."""
    days = [case_facts.c[name] for name in PLACING_DAYS]
    rows = connection.execute(select(*days).where(case_facts.c.case_id.in_(list(ids)))).mappings()
    touch(connection, [dict(row) for row in rows])


class FactsRepository:
    """Implements ``FactsKeeper`` on one connection."""

    def __init__(self, connection: Connection, find: Callable[[str], CaseFile | None]) -> None:
        self._connection = connection
        self._find = find

    def number(self) -> int:
        """How many cases there are."""
        with whole(self._connection):
            return int(self._connection.execute(select(func.count()).select_from(cases)).scalar_one())

    def work_out(self, after: str, limit: int) -> tuple[str, ...]:
        """Do it for the next cases by key; their keys."""
        query = select(cases.c.case_key, cases.c.id).where(cases.c.case_key > after)
        with whole(self._connection):
            rows = self._connection.execute(query.order_by(cases.c.case_key).limit(limit)).all()
            for key, case_id in rows:
                file = self._find(key)
                if file is not None:
                    keep_facts(self._connection, file, case_id)
        return tuple(key for key, _ in rows)


class SumsRepository:
    """Implements ``SumsKeeper`` on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def settle(self, month: int) -> None:
        """Add up one month anew.

        Only the marks seen before adding up are taken away: what is saved meanwhile leaves a mark of its own.
        """
        with patient(), whole(self._connection):
            self._settle(month)

    def _settle(self, month: int) -> None:
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(
                text("SET LOCAL lock_timeout = 0")
            )  # another desk adds up: its sums are ours
            self._connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
        marks = list(
            self._connection.scalars(select(touched_months.c.id).where(touched_months.c.month == month))
        )
        placed = [one for one in book().counted.values() if one.on]
        rows = self._rows(month, placed)
        for table in (kept_sums, settled_months):
            self._connection.execute(delete(table).where(table.c.month == month))
        if rows:
            self._connection.execute(insert(kept_sums), rows)
        event = self._last_event(month, placed)
        self._connection.execute(
            insert(settled_months).values(month=month, definitions=definitions(), last_event_on=event)
        )
        for start in range(0, len(marks), _FEN):
            some = marks[start : start + _FEN]
            self._connection.execute(delete(touched_months).where(touched_months.c.id.in_(some)))

    def _rows(self, month: int, placed: list[Counted]) -> list[Row]:
        counting = FigureQueries(self._connection)
        asked = Question(period=month_period(month), as_of=date.max)
        rows: list[Row] = []
        for grouping, kept in KEPT.items():
            wanted = [one for one in placed if kept.figures is None or one.code in kept.figures]
            found = counting.counted_anew(wanted, asked, kept.dimensions)
            rows += (
                {
                    "grouping": grouping,
                    "month": month,
                    "place": json.dumps(place, ensure_ascii=False),
                    "sums": {code: _whole(value) for code, value in sums.items() if value},
                }
                for place, sums in found.items()
            )
        return rows

    def _last_event(self, month: int, placed: list[Counted]) -> date | None:
        """The last day any of the figures asks about; seen from an earlier day the sums would differ."""
        period = month_period(month)
        latest: list[date] = []
        for of, on, by in {(one.of, one.on, name) for one in placed for name in one.by}:
            table, columns = source(of, None)
            day: ColumnElement[Any] = columns[on]
            query = select(func.max(columns[by])).select_from(table)
            found = self._connection.scalar(query.where(day.between(period.first, period.last)))
            if found is not None:
                latest.append(found)
        return max(latest, default=None)


def _whole(value: int | Decimal) -> int:
    """Money in fen, so that nothing is lost on the way through JSON."""
    return int(value * _FEN) if isinstance(value, Decimal) else int(value)
