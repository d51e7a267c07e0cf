"""Lists of orders: open ones and those of a period by index; what lies in the archive is not read."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, exists, func, or_, select

from db.queries.conditions import on_record
from db.rows import make
from db.tables.afterwards import feedbacks
from db.tables.beside import orders, risks, sponsors
from db.tables.cases import cases
from mediation_desk.cases.beside import OrderKind, OrderStatus
from mediation_desk.cases.lifecycle import OPEN, State
from mediation_desk.cases.routing.worklist import (
    OPEN_STATUSES,
    Counts,
    Load,
    OrderLine,
    OrderQuery,
    SponsoredCase,
    UnheardCase,
    UnreportedRisk,
)

_OF_CASE = ("case_key", "number", "title", "state")
_LINE = [
    *(cases.c[name] for name in _OF_CASE),
    *(orders.c[name] for name in OrderLine.__dataclass_fields__ if name not in _OF_CASE),
]
_STATUSES = [status.value for status in OPEN_STATUSES]
_HEARD_OF = (OrderStatus.AT_WORK.value, OrderStatus.DONE.value)


class OrderQueries:
    """Implements ``Orders`` on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lines(self, query: OrderQuery) -> tuple[OrderLine, ...]:
        """Open ones by day, then what was done, the latest first."""
        still = self._lines(_soonest(_lines().where(_open_in(query))).limit(query.limit))
        done = _lines().where(_done_in(query)).order_by(orders.c.replied_on.desc(), cases.c.id, orders.c.no)
        return still + self._lines(done.limit(max(query.limit - len(still), 0)))

    def counts(self, query: OrderQuery) -> Counts:
        """Open, overdue and done."""
        overdue = func.sum(case((orders.c.due_on < query.on, 1), else_=0))
        still = self._connection.execute(_counting(func.count(), overdue).where(_open_in(query))).one()
        done = self._connection.execute(_counting(func.count()).where(_done_in(query))).scalar_one()
        return Counts(open=int(still[0]), overdue=int(still[1] or 0), done=int(done))

    def loads(self, on: date) -> tuple[Load, ...]:
        """Grouped over the open orders."""
        overdue = func.sum(case((orders.c.due_on < on, 1), else_=0))
        statement = _counting(orders.c.to, func.count(), overdue).where(_is_open()).group_by(orders.c.to)
        found = self._connection.execute(statement)
        return tuple(Load(to=to, open=int(count), overdue=int(late)) for to, count, late in found)

    def undecided(self, limit: int) -> tuple[OrderLine, ...]:
        """Second refusals of cases that are still undecided."""
        waiting = and_(orders.c.status == OrderStatus.TO_DECIDE.value, cases.c.state == State.REGISTERED)
        statement = _lines().where(waiting).order_by(orders.c.raised_on, cases.c.id)
        return self._lines(statement.limit(limit))

    def late(self, due_by: date, limit: int) -> tuple[OrderLine, ...]:
        """Overdue and not hurried."""
        hurry = orders.alias("hurry")
        hurried = exists().where(
            hurry.c.case_id == orders.c.case_id,
            hurry.c.about == orders.c.no,
            hurry.c.kind == OrderKind.SUPERVISE,
            hurry.c.status.in_(_STATUSES),
        )
        overdue = and_(_is_open(), orders.c.due_on <= due_by, orders.c.kind != OrderKind.SUPERVISE)
        return self._lines(_soonest(_lines().where(overdue, ~hurried)).limit(limit))

    def escalated(self, due_by: date, limit: int) -> tuple[OrderLine, ...]:
        """督办 past their day."""
        overdue = and_(_is_open(), orders.c.due_on <= due_by, orders.c.kind == OrderKind.SUPERVISE)
        return self._lines(_soonest(_lines().where(overdue)).limit(limit))

    def sponsored(self, limit: int) -> tuple[SponsoredCase, ...]:
        """By the end of the period."""
        own = (*_OF_CASE, "due_on")
        columns = [
            *(cases.c[name] for name in own),
            *(sponsors.c[name] for name in SponsoredCase.__dataclass_fields__ if name not in own),
        ]
        statement = (
            select(*columns)
            .join(sponsors, sponsors.c.case_id == cases.c.id)
            .where(cases.c.state.in_(OPEN), on_record())
            .order_by(cases.c.due_on.is_(None), cases.c.due_on, cases.c.id)
        )
        found = self._connection.execute(statement.limit(limit)).mappings()
        return tuple(make(SponsoredCase, row) for row in found)

    def unreported(self, limit: int) -> tuple[UnreportedRisk, ...]:
        """By the day they were seen."""
        columns = [
            *(cases.c[name] for name in _OF_CASE),
            *(risks.c[name] for name in UnreportedRisk.__dataclass_fields__ if name not in _OF_CASE),
        ]
        statement = (
            select(*columns)
            .join(cases, cases.c.id == risks.c.case_id)
            .where(risks.c.reported_on.is_(None), cases.c.state.in_(OPEN), on_record())
            .order_by(risks.c.noted_on, cases.c.id, risks.c.line)
        )
        found = self._connection.execute(statement.limit(limit)).mappings()
        return tuple(make(UnreportedRisk, row) for row in found)

    def unheard(self, limit: int) -> tuple[UnheardCase, ...]:
        """The oldest results first, each with the helpers that were not told."""
        names = [name for name in UnheardCase.__dataclass_fields__ if name in cases.c]
        statement = (
            select(
                cases.c.id,
                cases.c.outcome_concluded_on,
                *(cases.c[name] for name in names),
                feedbacks.c.on.label("told_on"),
            )
            .outerjoin(feedbacks, feedbacks.c.case_id == cases.c.id)
            .where(cases.c.unheard_since.is_not(None), on_record())
            .order_by(cases.c.unheard_since, cases.c.id)
            .limit(limit)
        )
        rows = self._connection.execute(statement).mappings().all()
        helpers = self._helpers([row["id"] for row in rows if row["outcome_concluded_on"] is not None])
        return tuple(make(UnheardCase, row, helpers=tuple(helpers.get(row["id"], ()))) for row in rows)

    def _helpers(self, case_ids: list[int]) -> dict[int, list[tuple[int, str]]]:
        """Sorted out here: given a status to look for, the planner would read every order ever answered."""
        statement = (
            select(*(orders.c[name] for name in ("case_id", "no", "to", "kind", "status", "told_on")))
            .where(orders.c.case_id.in_(case_ids))
            .order_by(orders.c.case_id, orders.c.no)
        )
        found: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for row in self._connection.execute(statement):
            if row.kind is OrderKind.ASSIST and row.status in _HEARD_OF and row.told_on is None:
                found[row.case_id].append((row.no, row.to))
        return found

    def _lines(self, statement: Select[Any]) -> tuple[OrderLine, ...]:
        found = self._connection.execute(statement).mappings()
        return tuple(make(OrderLine, {**row, "status": OrderStatus(row["status"])}) for row in found)


def _lines() -> Select[Any]:
    return select(*_LINE).join(cases, cases.c.id == orders.c.case_id).where(on_record())


def _counting(*figures: Any) -> Select[Any]:
    joined = orders.join(cases, cases.c.id == orders.c.case_id)
    return select(*figures).select_from(joined).where(on_record())


def _soonest(statement: Select[Any]) -> Select[Any]:
    """Without a day last; the two databases would disagree."""
    return statement.order_by(orders.c.due_on.is_(None), orders.c.due_on, cases.c.id, orders.c.no)


def _is_open() -> ColumnElement[bool]:
    return orders.c.status.in_(_STATUSES)


def _open_in(query: OrderQuery) -> ColumnElement[bool]:
    """What is not yet taken counts in every period; what is at work where it was taken or falls due."""
    asked = or_(
        orders.c.status == OrderStatus.WAITING.value,
        orders.c.due_on.is_(None),
        orders.c.due_on <= query.last,
        orders.c.received_on.between(query.first, query.last),
    )
    return and_(_is_open(), asked, *_whose(query))


def _done_in(query: OrderQuery) -> ColumnElement[bool]:
    done = orders.c.status == OrderStatus.DONE.value
    return and_(done, orders.c.replied_on.between(query.first, query.last), *_whose(query))


def _whose(query: OrderQuery) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if query.unit:
        found.append(orders.c.to == query.unit)
    if query.person:
        found.append(or_(orders.c.person == query.person, orders.c.received_by == query.person))
    return found
