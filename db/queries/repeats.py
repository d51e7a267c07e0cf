"""Disputes that come back: the same two persons on opposite sides again.

Reads the cases of the period (or those named), keeps pairs both of whom have another case at all, and then looks at
the cases of the rarer of the two: a company with thousands of cases costs no more than its neighbour. People are the
same where the register knows them by one number (identity or organisation number); members of a group are not in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, func, literal, select

from db.chunks import chunks
from db.queries.conditions import on_record, within
from db.tables.cases import cases
from db.tables.parties import parties
from mediation_desk.parties.model import Side
from mediation_desk.shared.record import record
from mediation_desk.statistics.model import Period
from mediation_desk.statistics.warning.model import Meeting, Repeat

_OPPOSED = (Side.APPLICANT, Side.RESPONDENT)


@record
class Pair:
    """Two persons on opposite sides of a case."""

    case_id: int
    received_on: date
    persons: tuple[int, int]


def find_repeats(connection: Connection, period: Period, days: int, limit: int) -> tuple[Repeat, ...]:
    """The newest ``limit`` cases received in ``period`` whose two sides met in the ``days`` before."""
    earlier = _earlier(connection, _pairs(connection, within(cases.c.received_on, period)), days)
    lines = _meetings(
        connection, {number for case_id, found in earlier.items() for number in (case_id, *found)}
    )
    newest = sorted(
        (case_id for case_id in earlier if case_id in lines),
        key=lambda one: (lines[one].received_on, one),
        reverse=True,
    )[:limit]
    sides = _sides(connection, newest)
    return tuple(
        Repeat(case=lines[one], sides=sides[one], before=_newest_first(lines, earlier[one])) for one in newest
    )


def met_before(connection: Connection, keys: Collection[str], days: int) -> Mapping[str, tuple[str, ...]]:
    """By key, the keys of earlier cases of the same two sides, the newest first."""
    found: dict[str, tuple[str, ...]] = {}
    for some in chunks(sorted(keys)):
        earlier = _earlier(connection, _pairs(connection, cases.c.case_key.in_(some)), days)
        lines = _meetings(
            connection, {number for one, before in earlier.items() for number in (one, *before)}
        )
        for case_id, before in earlier.items():
            keys_before = tuple(one.case_key for one in _newest_first(lines, before))
            found[lines[case_id].case_key] = keys_before
    return found


def _pairs(connection: Connection, which: ColumnElement[bool]) -> Iterator[Pair]:
    """Pairs of the chosen cases both of whom have another case."""
    one, other = parties.alias("one"), parties.alias("other")
    query = (
        select(cases.c.id, cases.c.received_on, one.c.person_id, other.c.person_id)
        .distinct()
        .join(one, and_(one.c.case_id == cases.c.id, one.c.side == Side.APPLICANT))
        .join(other, and_(other.c.case_id == cases.c.id, other.c.side == Side.RESPONDENT))
        .where(which, on_record(), _has_another(one), _has_another(other))
    )
    for case_id, received_on, first, second in connection.execute(query):
        yield Pair(case_id=case_id, received_on=received_on, persons=(first, second))


def _has_another(party: Any) -> ColumnElement[bool]:
    also = parties.alias(f"also_{party.name}")
    return exists(literal(1)).where(also.c.person_id == party.c.person_id, also.c.case_id != party.c.case_id)


def _earlier(connection: Connection, pairs: Iterable[Pair], days: int) -> dict[int, set[int]]:
    """By case, the cases in which a pair of it opposed each other within the ``days`` before."""
    asked: dict[frozenset[int], list[Pair]] = defaultdict(list)
    for pair in pairs:
        asked[frozenset(pair.persons)].append(pair)
    how_often = _how_often(connection, {person for persons in asked for person in persons})
    rarer: dict[int, list[frozenset[int]]] = defaultdict(list)
    for persons in asked:
        rarer[min(persons, key=lambda one: (how_often[one], one))].append(persons)
    found: dict[int, set[int]] = defaultdict(set)
    for persons, case_id, received_on in _together(connection, rarer):
        for pair in asked[persons]:
            before = (received_on, case_id) < (pair.received_on, pair.case_id)
            if before and received_on >= pair.received_on - timedelta(days):
                found[pair.case_id].add(case_id)
    return dict(found)


def _how_often(connection: Connection, persons: Collection[int]) -> Mapping[int, int]:
    found: dict[int, int] = {}
    for some in chunks(sorted(persons)):
        query = (
            select(parties.c.person_id, func.count())
            .where(parties.c.person_id.in_(some))
            .group_by(parties.c.person_id)
        )
        found |= {row[0]: row[1] for row in connection.execute(query)}
    return found


def _together(
    connection: Connection, rarer: Mapping[int, list[frozenset[int]]]
) -> Iterator[tuple[frozenset[int], int, date]]:
    """Every case in which the two of a pair stood on opposite sides, whichever was on which."""
    mine, theirs = parties.alias("mine"), parties.alias("theirs")
    for some in chunks(sorted(rarer)):
        query = (
            select(mine.c.person_id, theirs.c.person_id, cases.c.id, cases.c.received_on)
            .distinct()
            .join(theirs, and_(theirs.c.case_id == mine.c.case_id, theirs.c.side != mine.c.side))
            .join(cases, cases.c.id == mine.c.case_id)
            .where(mine.c.person_id.in_(some), theirs.c.person_id.is_not(None), on_record())
            .where(mine.c.side.in_(_OPPOSED), theirs.c.side.in_(_OPPOSED))
        )
        for first, second, case_id, received_on in connection.execute(query):
            pair = frozenset((first, second))
            if pair in rarer[first]:
                yield pair, case_id, received_on


def _meetings(connection: Connection, ids: Collection[int]) -> dict[int, Meeting]:
    columns = (cases.c[name] for name in ("case_key", "number", "title", "category", "state", "received_on"))
    shown = tuple(columns)
    found: dict[int, Meeting] = {}
    for some in chunks(sorted(ids)):
        for row in connection.execute(select(cases.c.id, *shown).where(cases.c.id.in_(some))).mappings():
            found[row["id"]] = Meeting(**{column.name: row[column.name] for column in shown})
    return found


def _sides(connection: Connection, ids: Collection[int]) -> Mapping[int, tuple[str, str]]:
    """Names of both sides of these cases."""
    names: dict[tuple[int, Side], list[str]] = defaultdict(list)
    for some in chunks(sorted(ids)):
        query = (
            select(parties.c.case_id, parties.c.side, parties.c.name)
            .where(parties.c.case_id.in_(some), parties.c.side.in_(_OPPOSED))
            .order_by(parties.c.case_id, parties.c.line)
        )
        for case_id, side, name in connection.execute(query):
            names[case_id, side].append(name)
    return {one: ("、".join(names[one, _OPPOSED[0]]), "、".join(names[one, _OPPOSED[1]])) for one in ids}


def _newest_first(lines: Mapping[int, Meeting], ids: Iterable[int]) -> tuple[Meeting, ...]:
    return tuple(
        lines[one] for one in sorted(ids, key=lambda one: (lines[one].received_on, one), reverse=True)
    )
