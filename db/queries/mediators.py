"""The cases of given mediators: every query starts from ``case_mediators.pool_no`` and follows primary keys."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Subquery,
    Table,
    and_,
    case,
    exists,
    false,
    func,
    or_,
    select,
    true,
)

from db.queries.conditions import counted, counts_as_concluded, ended_in, on_record, within
from db.rows import make
from db.tables.afterwards import enforcements, followups
from db.tables.agreements import clauses, instalments, performance
from db.tables.cases import cases
from db.tables.course import case_mediators, suspensions
from db.tables.keeping import urgings, waivers
from db.tables.pool import mediators
from mediation_desk.agreements.keeping import Waiver
from mediation_desk.agreements.model import Performance
from mediation_desk.agreements.settling import shares
from mediation_desk.cases.vocabulary import Category, Result
from mediation_desk.experts.model import Role
from mediation_desk.statistics.mediators.model import (
    CaseLine,
    Handled,
    Obligation,
    Pause,
    Promise,
    Visit,
)
from mediation_desk.statistics.ports import Question

P = TypeVar("P", Obligation, Promise, Pause, Visit, Performance, Waiver)
Parts = Mapping[int, tuple[P, ...]]

_SUCCESS = tuple(result for result in Result if result.success)
_BATCH = 500
_DATES = ("accepted_on", "due_on", "effective_on", "performed_on", "confirm_applied_on", "confirm_valid_on")


def is_known(connection: Connection, pool_no: str) -> bool:
    """Whether the pool or a case knows this number."""
    query = select(
        or_(
            exists().where(mediators.c.pool_no == pool_no),
            exists().where(case_mediators.c.pool_no == pool_no),
        )
    )
    return bool(connection.scalar(query))


def handled_cases(connection: Connection, pool_no: str, question: Question) -> tuple[Handled, ...]:
    """Cases appointed to or ended in the period and those open on ``as_of``, newest first.

    What lies below the agreement is read for those that ended in the period only.
    """
    ended = (
        select(case_mediators.c.case_id)
        .join(cases, cases.c.id == case_mediators.c.case_id)
        .where(case_mediators.c.pool_no == pool_no, ended_in(question.period))
        .subquery()
    )
    obligations = _obligations(connection, ended)
    promises = _promises(connection, ended)
    pauses = _pauses(connection, ended)
    visits = _visits(connection, ended)
    pressed = _pressed(connection, ended)
    found: dict[int, Handled] = {}
    for row in connection.execute(_heads(pool_no, question)).mappings():
        # An imported file may name somebody twice; the presiding role comes first and stays.
        if row["id"] not in found:
            found[row["id"]] = make(
                Handled,
                row,
                obligations=obligations.get(row["id"], ()),
                promises=promises.get(row["id"], ()),
                pauses=pauses.get(row["id"], ()),
                visits=visits.get(row["id"], ()),
                pressed_on=pressed.get(row["id"]),
            )
    return tuple(found.values())


def concluded_of_kind(
    connection: Connection, pool_nos: Collection[str], category: Category, *, unopened: bool
) -> dict[str, int]:
    """Concluded cases of one kind by pool number, of all years."""
    query = (
        select(case_mediators.c.pool_no, func.count(case_mediators.c.case_id.distinct()))
        .join(cases, cases.c.id == case_mediators.c.case_id)
        .where(case_mediators.c.pool_no.in_(pool_nos), cases.c.category == category)
        .where(counts_as_concluded(unopened=unopened))
        .group_by(case_mediators.c.pool_no)
    )
    return {pool_no: int(number) for pool_no, number in connection.execute(query)}


def case_lines(connection: Connection, keys: Collection[str]) -> tuple[CaseLine, ...]:
    """The lines of these cases, those that ended last first, those still open before them."""
    wanted = sorted(keys)
    found: list[CaseLine] = []
    for start in range(0, len(wanted), _BATCH):
        query = select(
            *(cases.c[name] for name in ("case_key", "number", "title", "track", "category", "state")),
            cases.c.outcome_result.label("result"),
            cases.c.outcome_concluded_on.label("concluded_on"),
        ).where(cases.c.case_key.in_(wanted[start : start + _BATCH]), on_record())
        found += (make(CaseLine, row) for row in connection.execute(query).mappings())
    return tuple(sorted(found, key=_ended_last, reverse=True))


def _heads(pool_no: str, question: Question) -> Select[Any]:
    presiding_first = case((case_mediators.c.role == Role.PRESIDING, 0), else_=1)
    return (
        select(
            cases.c.id,
            cases.c.case_key,
            cases.c.category,
            case_mediators.c.role,
            case_mediators.c.selected_on,
            case((counted(question), true()), else_=false()).label("counted"),
            *(cases.c[name] for name in _DATES),
            cases.c.outcome_concluded_on.label("concluded_on"),
            cases.c.outcome_result.label("result"),
            cases.c.outcome_form.label("form"),
        )
        .join(cases, cases.c.id == case_mediators.c.case_id)
        .where(case_mediators.c.pool_no == pool_no, _asked_for(question))
        .order_by(cases.c.received_on.desc(), cases.c.id.desc(), presiding_first)
    )


def _asked_for(question: Question) -> ColumnElement[bool]:
    unsigned = or_(cases.c.effective_on.is_(None), cases.c.effective_on > question.as_of)
    asked_for = or_(
        within(case_mediators.c.selected_on, question.period),
        ended_in(question.period),
        cases.c.outcome_concluded_on.is_(None),
        cases.c.outcome_concluded_on > question.as_of,
        cases.c.outcome_result.in_(_SUCCESS) & unsigned,
    )
    return and_(on_record(), asked_for)


def _obligations(connection: Connection, ended: Subquery) -> Parts[Obligation]:
    """Rows split where a waiver forgives a part of one; the split needs sums and payers, the figures do not."""
    rows = _parts(connection, Performance, _of(ended, performance, *_columns(performance)))
    forgiven = _parts(connection, Waiver, _of(ended, waivers, *_columns(waivers)))
    return {
        number: tuple(
            Obligation(
                clause=share.row.clause,
                due_on=share.row.due_on,
                done_on=share.row.done_on,
                moved_on=share.row.accelerated_on,
                waived_on=share.waiver.on if share.waiver else None,
            )
            for share in shares(parts, forgiven.get(number, ()))
        )
        for number, parts in rows.items()
    }


def _pressed(connection: Connection, ended: Subquery) -> Mapping[int, date]:
    """The first day a debtor of the case was urged or its enforcement asked for."""
    found: dict[int, date] = {}
    for table, day in ((urgings, urgings.c.on), (enforcements, enforcements.c.applied_on)):
        query = select(table.c.case_id, day).where(table.c.case_id.in_(select(ended.c.case_id)))
        for case_id, on in connection.execute(query):
            found[case_id] = min(on, found.get(case_id, on))
    return found


def _columns(table: Table) -> tuple[ColumnElement[Any], ...]:
    return tuple(column for column in table.columns if column.name not in ("case_id", "line"))


def _promises(connection: Connection, ended: Subquery) -> Parts[Promise]:
    whole = _of(ended, clauses, clauses.c.no.label("clause"), clauses.c.due_on)
    found = _parts(connection, Promise, whole.where(clauses.c.due_on.is_not(None)))
    parts = _of(ended, instalments, instalments.c.clause_no.label("clause"), instalments.c.due_on)
    collected: dict[int, tuple[Promise, ...]] = dict(found)
    for row in connection.execute(parts):
        promise = Promise(clause=int(row.clause), due_on=row.due_on)
        collected[row.case_id] = (*collected.get(row.case_id, ()), promise)
    return collected


def _pauses(connection: Connection, ended: Subquery) -> Parts[Pause]:
    first, last = suspensions.c.from_on.label("first"), suspensions.c.to.label("last")
    return _parts(connection, Pause, _of(ended, suspensions, first, last))


def _visits(connection: Connection, ended: Subquery) -> Parts[Visit]:
    return _parts(connection, Visit, _of(ended, followups, followups.c.on, followups.c.satisfaction))


def _of(ended: Subquery, table: Table, *shown: ColumnElement[Any]) -> Select[Any]:
    """Rows of a part of the cases that ended in the period."""
    chosen = table.c.case_id.in_(select(ended.c.case_id))
    return select(table.c.case_id, *shown).where(chosen).order_by(table.c.case_id, table.c.line)


def _parts(connection: Connection, kind: type[P], query: Select[Any]) -> Parts[P]:
    found: dict[int, list[P]] = defaultdict(list)
    for row in connection.execute(query).mappings():
        found[row["case_id"]].append(make(kind, row))
    return {number: tuple(parts) for number, parts in found.items()}


def _ended_last(line: CaseLine) -> tuple[bool, str, str]:
    """Open cases first, then by the day of the end; the key decides between equals."""
    day = line.concluded_on
    return (day is None, day.isoformat() if day else "", line.case_key)
