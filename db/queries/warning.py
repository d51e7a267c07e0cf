"""Cases as far as their risk goes: by key, every part through the primary key of its table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from db.chunks import chunks
from db.queries.conditions import on_record, within
from db.queries.repeats import find_repeats, met_before
from db.queries.sight import whole
from db.tables.beside import risks
from db.tables.cases import cases
from db.tables.course import case_mediators, sessions
from db.tables.deadlines import deadlines
from db.tables.facts import case_facts
from db.tables.pool import mediators
from mediation_desk.cases.deadlines.model import Group
from mediation_desk.cases.vocabulary import Result
from mediation_desk.hearings.model import SessionResult
from mediation_desk.statistics.model import Period
from mediation_desk.statistics.warning.model import Repeat, Situation

_PROMISED = "clause.%"
_NOT_AGREED = (SessionResult.TO_CONTINUE, SessionResult.FAILED)
_WITHOUT = frozenset(result for result in Result if not result.success) - {Result.NOT_ACCEPTED}
_OF_CASE = (
    "case_key",
    "number",
    "title",
    "track",
    "category",
    "state",
    "received_on",
    "accepted_on",
    "facts",
)
_OF_FACTS = ("body", "presiding", "due_on", "concluded_on", "people", "claimed_yuan")


class WarningQueries:
    """Implements ``WarningReader`` on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def situations(self, keys: Collection[str], on: date) -> tuple[Situation, ...]:
        """These cases as far as their risk goes, by key."""
        return tuple(one for some in chunks(sorted(keys)) for one in self._some(some, on))

    def broken(self, period: Period) -> tuple[str, ...]:
        """Keys of the cases with a promise that fell due in ``period`` and is still open."""
        query = (
            select(cases.c.case_key)
            .distinct()
            .join(deadlines, deadlines.c.case_id == cases.c.id)
            .where(on_record(), deadlines.c.group == Group.PROMISE, deadlines.c.code.like(_PROMISED))
            .where(within(deadlines.c.due_on, period))
        )
        return tuple(sorted(self._connection.scalars(query)))

    def repeats(self, period: Period, days: int, limit: int) -> tuple[Repeat, ...]:
        """Cases received in ``period`` whose two sides opposed each other before."""
        return find_repeats(self._connection, period, days, limit)

    def met_before(self, keys: Collection[str], days: int) -> Mapping[str, tuple[str, ...]]:
        """By key, the keys of earlier cases of the same two sides."""
        return met_before(self._connection, keys, days)

    def names(self, pool_nos: Collection[str]) -> Mapping[str, str]:
        """Names by pool number: as the pool has them, else as the newest case wrote them."""
        with whole(self._connection):  # the name of a mediator tells of no case
            return self._names(pool_nos)

    def _names(self, pool_nos: Collection[str]) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for some in chunks(sorted(pool_nos)):
            query = select(mediators.c.pool_no, mediators.c.name).where(mediators.c.pool_no.in_(some))
            found |= {row[0]: row[1] for row in self._connection.execute(query)}
        for some in chunks(sorted(set(pool_nos) - set(found))):
            written = (
                select(case_mediators.c.pool_no, func.max(case_mediators.c.name))
                .where(case_mediators.c.pool_no.in_(some))
                .group_by(case_mediators.c.pool_no)
            )
            found |= {row[0]: row[1] for row in self._connection.execute(written)}
        return found

    def _some(self, keys: Sequence[str], on: date) -> Iterator[Situation]:
        shown = (*(cases.c[name] for name in _OF_CASE), *(case_facts.c[name] for name in _OF_FACTS))
        query = (
            select(cases.c.id, cases.c.outcome_result, *shown)
            .join(case_facts, case_facts.c.case_id == cases.c.id)
            .where(cases.c.case_key.in_(keys), on_record())
            .order_by(cases.c.case_key)
        )
        rows = self._connection.execute(query).mappings().all()
        ids = [row["id"] for row in rows]
        noted = self._gathered(select(risks.c.case_id, risks.c.kind).where(risks.c.case_id.in_(ids)))
        failed = self._counted(
            select(sessions.c.case_id, func.count())
            .where(sessions.c.case_id.in_(ids), sessions.c.result.in_(_NOT_AGREED))
            .group_by(sessions.c.case_id)
        )
        broken = self._counted(
            select(deadlines.c.case_id, func.min(deadlines.c.due_on))
            .where(deadlines.c.case_id.in_(ids), deadlines.c.group == Group.PROMISE)
            .where(deadlines.c.code.like(_PROMISED), deadlines.c.due_on < on)
            .group_by(deadlines.c.case_id)
        )
        for row in rows:
            number = row["id"]
            yield Situation(
                **{name: row[name] for name in (*_OF_CASE, *_OF_FACTS)},
                noted=tuple(noted.get(number, ())),
                failed=failed.get(number, 0),
                broken_since=broken.get(number),
                ended_without=row["outcome_result"] in _WITHOUT,
            )

    def _gathered(self, query: Any) -> Mapping[int, list[str]]:
        found: dict[int, list[str]] = defaultdict(list)
        for number, value in self._connection.execute(query):
            found[number].append(value)
        return found

    def _counted(self, query: Any) -> Mapping[int, Any]:
        rows: Iterable[tuple[int, Any]] = (tuple(row) for row in self._connection.execute(query))
        return dict(rows)
