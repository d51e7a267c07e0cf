"""Counts for the statistical tables: SQL aggregation over the figures kept in the ``cases`` rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    case,
    func,
    or_,
    select,
)

from db.queries import mediators
from db.queries.conditions import counted, ended_in, on_record, within
from db.tables.afterwards import confirmations
from db.tables.cases import cases
from db.tables.centre import bodies
from mediation_desk.agreements.model import AgreementForm
from mediation_desk.cases.vocabulary import BodyType, Category, Difficulty, Result
from mediation_desk.shared.track import Track
from mediation_desk.statistics.mediators.model import CaseLine, Handled
from mediation_desk.statistics.model import Period
from mediation_desk.statistics.ports import Part, Question
from mediation_desk.statistics.tally import Tally

_COMMITTEES = tuple(kind for kind in BodyType if kind.is_committee)
_SUCCESS = tuple(result for result in Result if result.success)
_REFUSALS = ("裁定驳回%", "裁定不予受理%")
_PREVENTED = tuple(column for column in cases.c if column.name.startswith("prevented_"))


class StatisticsQueries:
    """Implements ``Reader`` on one connection; each answer is one or two grouped queries."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ended_by_track(self, question: Question) -> Mapping[Track, Tally]:
        """Counts over the cases that ended in the period, by track."""
        return self._ended(cases.c.track, question)

    def ended_by_committee(self, question: Question) -> Mapping[str, Tally]:
        """The same by name of the committee, with the confirmations refused."""
        committee = cases.c.body_type.in_(_COMMITTEES)
        tallies = self._ended(cases.c.body_name, question, committee)
        refused = self._refused(question, committee)
        return {name: _with(tally, confirm_refused=refused.get(name, 0)) for name, tally in tallies.items()}

    def parts(self, question: Question) -> tuple[Part, ...]:
        """Concluded cases of the committees by body type, kind of dispute and source."""
        split = (cases.c.body_name, cases.c.body_type, cases.c.category, cases.c.source_kind)
        query = (
            select(*split, func.count())
            .where(ended_in(question.period), cases.c.body_type.in_(_COMMITTEES), counted(question))
            .group_by(*split)
        )
        return tuple(
            Part(body=body, body_type=kind, category=category, source=source, cases=number)
            for body, kind, category, source, number in self._connection.execute(query)
        )

    def arrived(self, period: Period) -> Mapping[Track, Tally]:
        """Cases registered and accepted in the period, by track."""
        found: dict[Track, dict[str, int]] = {}
        for code, day in (("registered", cases.c.received_on), ("accepted", cases.c.accepted_on)):
            arrived = select(cases.c.track, func.count()).where(on_record(), within(day, period))
            query = arrived.group_by(cases.c.track)
            for track, number in self._connection.execute(query):
                found.setdefault(track, {})[code] = number
        return {track: Tally(counts=counts) for track, counts in found.items()}

    def committees(self) -> tuple[str, ...]:
        """Names of all committees, by type, then as entered."""
        order = case({kind: place for place, kind in enumerate(BodyType)}, value=bodies.c.type)
        query = select(bodies.c.name).where(bodies.c.type.in_(_COMMITTEES)).order_by(order, bodies.c.id)
        return tuple(self._connection.scalars(query))

    def mediator_known(self, pool_no: str) -> bool:
        """Whether the pool or a case knows this number."""
        return mediators.is_known(self._connection, pool_no)

    def mediator_cases(self, pool_no: str, question: Question) -> tuple[Handled, ...]:
        """The cases the figures of one mediator are counted from."""
        return mediators.handled_cases(self._connection, pool_no, question)

    def concluded_of_kind(
        self, pool_nos: Collection[str], category: Category, *, unopened: bool
    ) -> Mapping[str, int]:
        """Concluded cases of a kind by pool number."""
        return mediators.concluded_of_kind(self._connection, pool_nos, category, unopened=unopened)

    def case_lines(self, keys: Collection[str]) -> tuple[CaseLine, ...]:
        """The cases behind a figure."""
        return mediators.case_lines(self._connection, keys)

    def _ended(self, key: Column[Any], question: Question, *where: ColumnElement[bool]) -> dict[Any, Tally]:
        query = select(key, *_counts(question)).where(ended_in(question.period), *where).group_by(key)
        found: dict[Any, Tally] = {}
        for row in self._connection.execute(query).mappings():
            counts = dict(row)
            name, yuan = counts.pop(key.name), counts.pop("agreed_yuan")
            found[name] = Tally(counts=counts, agreed_yuan=yuan or Decimal("0.00"))
        return found

    def _refused(self, question: Question, *where: ColumnElement[bool]) -> dict[str, int]:
        court = confirmations.c
        query = (
            select(cases.c.body_name, func.count())
            .join(confirmations, court.case_id == cases.c.id)
            .where(ended_in(question.period), counted(question), *where)
            .where(or_(*(court.result.like(words) for words in _REFUSALS)))
            .where(court.decided_on <= question.as_of)
            .group_by(cases.c.body_name)
        )
        return {name: int(number) for name, number in self._connection.execute(query)}


def _counts(question: Question) -> list[ColumnElement[Any]]:
    """Every count as one aggregate; what is not yet done on ``as_of`` does not count."""
    concluded = counted(question)

    def of(*conditions: ColumnElement[bool]) -> ColumnElement[Any]:
        return func.count().filter(concluded, *conditions)

    def ended(result: Result) -> ColumnElement[Any]:
        return func.count().filter(cases.c.outcome_result == result)

    agreed = cases.c.outcome_result.in_(_SUCCESS)
    asked_for: dict[str, ColumnElement[Any]] = {
        "concluded": of(),
        "success": of(agreed),
        "persons": _sum(cases.c.people_involved, concluded),
        "agreed_yuan": func.sum(cases.c.agreed_yuan).filter(concluded),
        "written": of(agreed, cases.c.outcome_form == AgreementForm.WRITTEN),
        "oral": of(agreed, cases.c.outcome_form == AgreementForm.ORAL),
        "performed": of(cases.c.performed_on <= question.as_of),
        "confirm_applied": of(cases.c.confirm_applied_on <= question.as_of),
        "confirm_valid": of(cases.c.confirm_valid_on <= question.as_of),
        "difficult": of(cases.c.difficulty == Difficulty.DIFFICULT),
        "not_accepted": ended(Result.NOT_ACCEPTED),
        "failed": ended(Result.FAILED),
        "terminated": ended(Result.TERMINATED),
        "withdrawn": ended(Result.WITHDRAWN),
    }
    asked_for |= {column.name: _sum(column, concluded) for column in _PREVENTED}
    return [aggregate.label(code) for code, aggregate in asked_for.items()]


def _sum(column: Column[Any], concluded: ColumnElement[bool]) -> ColumnElement[Any]:
    return func.coalesce(func.sum(column).filter(concluded), 0)


def _with(tally: Tally, **more: int) -> Tally:
    return Tally(counts={**tally.counts, **more}, agreed_yuan=tally.agreed_yuan)
