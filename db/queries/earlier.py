"""Earlier cases in which somebody of the pool met people of this case; the cost does not grow with the history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection, func, select

from db.chunks import chunks
from db.queries.conditions import on_record
from db.queries.seen import keys_seen
from db.queries.sight import whole
from db.tables.cases import cases
from db.tables.centre import people
from db.tables.course import case_mediators
from db.tables.parties import parties
from db.tables.pool import encounters, mediators
from mediation_desk.experts.conflicts.model import Earlier, Part, Person

NEWEST = 20  # cases looked at for each person: a company with thousands costs no more than a neighbour


def find_earlier(connection: Connection, case_key: str, persons: Sequence[Person]) -> tuple[Earlier, ...]:
    """Every case in which a mediator took part otherwise, and the newest of each person as its mediator.

    Somebody is bound by a case whoever asks; one out of reach is not named.
    """
    names = {person.id_no: person.name for person in persons if person.id_no}
    found: list[Earlier] = []
    with whole(connection):
        for numbers in chunks(sorted(names)):
            found += _met(connection, case_key, numbers, names)
            found += _mediated(connection, case_key, numbers, names)
    known = keys_seen(connection, {one.case_key for one in found})
    return tuple(one if one.case_key in known else replace(one, case_key="", number=None) for one in found)


def _met(
    connection: Connection, case_key: str, numbers: Sequence[str], names: Mapping[str, str]
) -> Iterator[Earlier]:
    columns = (encounters.c.pool_no, encounters.c.part, encounters.c.opposed, encounters.c.met_id_no)
    query = (
        select(*columns, cases.c.case_key, cases.c.number)
        .join(cases, cases.c.id == encounters.c.case_id)
        .where(encounters.c.met_id_no.in_(numbers), cases.c.case_key != case_key, on_record())
        .order_by(encounters.c.case_id.desc(), encounters.c.line)
    )
    for row in connection.execute(query):
        yield Earlier(
            pool_no=row.pool_no,
            case_key=row.case_key,
            number=row.number,
            part=row.part,
            person=names[row.met_id_no],
            opposed=row.opposed,
        )


def _mediated(
    connection: Connection, case_key: str, numbers: Sequence[str], names: Mapping[str, str]
) -> Iterator[Earlier]:
    older = parties.alias("older")
    present = select(cases.c.id).where(cases.c.case_key == case_key).scalar_subquery()
    oldest_shown = (
        select(older.c.case_id)
        .where(older.c.person_id == people.c.id, older.c.case_id != func.coalesce(present, 0))
        .order_by(older.c.case_id.desc())
        .offset(NEWEST - 1)
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(people.c.id_no, case_mediators.c.pool_no, cases.c.case_key, cases.c.number)
        .distinct()
        .join(parties, parties.c.person_id == people.c.id)
        .join(case_mediators, case_mediators.c.case_id == parties.c.case_id)
        .join(mediators, mediators.c.pool_no == case_mediators.c.pool_no)
        .join(cases, cases.c.id == parties.c.case_id)
        .where(people.c.id_no.in_(numbers), parties.c.case_id >= func.coalesce(oldest_shown, 0))
        .where(cases.c.case_key != case_key, on_record())
    )
    for row in connection.execute(query):
        yield Earlier(
            pool_no=row.pool_no,
            case_key=row.case_key,
            number=row.number,
            part=Part.MEDIATOR,
            person=names[row.id_no],
        )
