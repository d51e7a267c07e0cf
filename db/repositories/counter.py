"""The counter's look-ups, and visits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection, func, insert, or_, select, update

from db.queries.acquaintances import find_acquaintances, find_known, find_met
from db.queries.sight import whole
from db.repositories.phrases import begun_with
from db.rows import columns, make
from db.tables.cases import cases
from db.tables.counter import visits
from db.tables.course import related_cases
from mediation_desk.access.actor import PROGRAM, Actor
from mediation_desk.cases.counter.people import Acquaintance, By, Known, Named
from mediation_desk.cases.counter.phrases import Phrase
from mediation_desk.cases.counter.visits import Visit, VisitQuery

_LINKED = 10


class CounterRepository:
    """Implements ``Counter`` on one connection."""

    def __init__(self, connection: Connection, actor: Actor = PROGRAM) -> None:
        self._connection = connection
        self._actor = actor

    def acquaintances(self, typed: str, by: By) -> tuple[Acquaintance, ...]:
        """People and organisations met before."""
        return find_acquaintances(self._connection, typed, by)

    def met(self, person: Named) -> tuple[Acquaintance, ...]:
        """Who this is, by the whole number or name; a few where namesakes came."""
        return find_met(self._connection, person)

    def known(self, people: Sequence[Named]) -> tuple[Known, ...]:
        """Earlier cases of these people or of somebody called nearly the same."""
        return find_known(self._connection, people)

    def known_everywhere(self, people: Sequence[Named]) -> tuple[Known, ...]:
        """The same whoever may see them."""
        with whole(self._connection):
            return find_known(self._connection, people)

    def phrases(self, phrase: Phrase, typed: str) -> tuple[str, ...]:
        """Phrases used here before."""
        return begun_with(self._connection, phrase, typed, self._actor.sight())

    def linked_from(self, case_key: str) -> tuple[tuple[str, str], ...]:
        """Key and relation of the cases that name this one as related, oldest first."""
        query = (
            select(cases.c.case_key, related_cases.c.relation)
            .join(cases, cases.c.id == related_cases.c.case_id)
            .where(related_cases.c.case_key == case_key)
            .order_by(related_cases.c.case_id)
            .limit(_LINKED)
        )
        return tuple(dict.fromkeys((key, relation) for key, relation in self._connection.execute(query)))


class VisitRepository:
    """Implements ``Visits`` on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, visit: Visit) -> Visit:
        """Store a new one; the database gives the number."""
        row = columns(visits, visit)
        del row["id"]
        number = self._connection.execute(insert(visits).returning(visits.c.id), row).scalar_one()
        return replace(visit, id=number)

    def find(self, number: int) -> Visit | None:
        """The one with this number."""
        row = self._connection.execute(select(visits).where(visits.c.id == number)).mappings().first()
        return make(Visit, row) if row else None

    def listed(self, query: VisitQuery) -> tuple[Visit, ...]:
        """Newest first, cut to what the query asks for."""
        statement = select(visits).order_by(visits.c.id.desc()).limit(query.limit)
        if query.on is not None:
            statement = statement.where(visits.c.on == query.on)
        if query.before is not None:
            statement = statement.where(visits.c.id < query.before)
        return tuple(make(Visit, row) for row in self._connection.execute(statement).mappings())

    def like(self, phones: frozenset[str], cases: frozenset[str]) -> tuple[Visit, ...]:
        """Those with one of these telephones, or that became one of these cases; oldest first."""
        number = func.replace(func.replace(visits.c.phone, " ", ""), "-", "")
        wanted = or_(visits.c.case_key.in_(sorted(cases)), *(number.contains(one) for one in sorted(phones)))
        found = self._connection.execute(select(visits).where(wanted).order_by(visits.c.id))
        return tuple(make(Visit, row) for row in found.mappings())

    def became(self, number: int, case_key: str) -> bool:
        """Remember the case; False when it has become another one already."""
        free = (visits.c.id == number) & visits.c.case_key.is_(None)
        return self._connection.execute(update(visits).where(free).values(case_key=case_key)).rowcount == 1
