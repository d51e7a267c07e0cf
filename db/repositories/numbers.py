"""Number series without gaps or doubles: one counter row, raised in the transaction that uses the number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, exists, func, insert, or_, select, update
from sqlalchemy import Row as Found

from db.queries.seen import keys_seen
from db.queries.sight import sight_shape, whole
from db.rows import Row, columns, make
from db.tables.afterwards import notices
from db.tables.beside import numbers_given
from db.tables.cases import cases
from db.tables.centre import number_series
from db.upsert import insert_into
from mediation_desk.cases.numbering import (
    CASE_CODES,
    ENDINGS,
    REFUSALS,
    GivenNumber,
    NumberSeries,
    parse_number,
    series_of,
)
from mediation_desk.shared.track import Track


class NumberRepository:
    """The number series, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next(self, body: str, kind: str, year: int) -> int:
        """The next serial."""
        if (
            kind == CASE_CODES
        ):  # a code is the case's alone, also where the centre was called otherwise before
            before = select(func.max(number_series.c.last)).where(
                number_series.c.kind == kind, number_series.c.year == year, number_series.c.body != body
            )
            if (last := self._connection.scalar(before)) is not None:
                self.reserve(body, kind, year, last)
        return next_number(self._connection, body, kind, year)

    def reserve(self, body: str, kind: str, year: int, serial: int) -> None:
        """Never give out ``serial`` or a smaller one again."""
        reserve_up_to(self._connection, body, kind, year, serial)

    def note(self, given: GivenNumber) -> None:
        """Put a number given out into the register."""
        self._connection.execute(insert(numbers_given), columns(numbers_given, given))

    def void(self, number: str, case_key: str, on: date, reason: str) -> bool:
        """Mark it 作废; False when the register does not know it."""
        return self._mark(number, case_key, {"voided_on": on, "reason": reason}) > 0

    def revive(self, number: str, case_key: str) -> None:
        """Take that mark away."""
        self._mark(number, case_key, {"voided_on": None, "reason": ""})

    def series(self) -> tuple[NumberSeries, ...]:
        """Every series of case and notice numbers, newest year first; the case codes are no numbers of papers."""
        table = number_series
        query = select(table).where(table.c.kind != CASE_CODES)
        rows = self._connection.execute(query.order_by(table.c.year.desc(), table.c.body, table.c.kind))
        return tuple(make(NumberSeries, row) for row in rows.mappings())

    def given(self, body: str, kind: str, year: int) -> tuple[GivenNumber, ...]:
        """The register of one series, in order."""
        table = numbers_given
        wanted = (table.c.body == body) & (table.c.kind == kind) & (table.c.year == year)
        rows = self._connection.execute(select(table).where(wanted).order_by(table.c.serial))
        return self._named(tuple(make(GivenNumber, row) for row in rows.mappings()))

    def imported(self, body: str, kind: str, year: int) -> tuple[GivenNumber, ...]:
        """Numbers borne by cases of the body that this desk did not give out, in order."""
        with whole(self._connection):
            found = borne_elsewhere(self._connection, body, kind, year)
        return self._named(found)

    def _named(self, given: tuple[GivenNumber, ...]) -> tuple[GivenNumber, ...]:
        """A series is shown without gaps; which case bears a number is told of those in reach."""
        if sight_shape(self._connection) is None:
            return given
        known = keys_seen(self._connection, {one.case_key for one in given})
        return tuple(one if one.case_key in known else replace(one, case_key="", reason="") for one in given)

    def _mark(self, number: str, case_key: str, values: Row) -> int:
        mine = (numbers_given.c.number == number) & (numbers_given.c.case_key == case_key)
        return self._connection.execute(update(numbers_given).where(mine).values(values)).rowcount


def next_number(connection: Connection, body: str, kind: str, year: int) -> int:
    """The next number of the series, from 1. A rollback gives it back; other writers wait for the commit."""
    return _raise(connection, body, kind, year, None)


def reserve_up_to(connection: Connection, body: str, kind: str, year: int, number: int) -> int:
    """Note that ``number`` came in from outside: the series goes on behind it. Return the last number."""
    return _raise(connection, body, kind, year, number)


def _raise(connection: Connection, body: str, kind: str, year: int, number: int | None) -> int:
    last = number_series.c.last
    raised = last + 1 if number is None else case((last < number, number), else_=last)
    statement = (
        insert_into(connection, number_series)
        .values(body=body, kind=kind, year=year, last=1 if number is None else number)
        .on_conflict_do_update(index_elements=["body", "kind", "year"], set_={"last": raised})
        .returning(last)
    )
    return int(connection.execute(statement).scalar_one())


def borne_elsewhere(connection: Connection, body: str, kind: str, year: int) -> tuple[GivenNumber, ...]:
    """Numbers of a series that cases of the body bear and the register does not know: they came in with a file."""
    found = (*_case_numbers(connection, body, kind, year), *_notice_numbers(connection, body, kind, year))
    return tuple(sorted(found, key=lambda given: given.serial))


def _case_numbers(connection: Connection, body: str, kind: str, year: int) -> Iterator[GivenNumber]:
    tracks = [track for track in Track if series_of(track.value) == kind]
    if not tracks:
        return
    query = select(cases.c.number, cases.c.case_key, cases.c.accepted_on.label("on")).where(
        cases.c.accepted_on.between(date(year, 1, 1), date(year, 12, 31)),
        cases.c.body_name == body,
        cases.c.track.in_(tracks),
        cases.c.number.is_not(None),
        _unknown(cases.c.number),
    )
    yield from _given(connection.execute(query), body, kind, year)


def _notice_numbers(connection: Connection, body: str, kind: str, year: int) -> Iterator[GivenNumber]:
    if kind not in (series_of(REFUSALS), series_of(ENDINGS)):
        return
    accepted = cases.c.accepted_on.is_not(None)
    of_kind = [accepted] if series_of(ENDINGS) == kind else []
    of_kind += [~accepted] if series_of(REFUSALS) == kind else []
    query = (
        select(notices.c.number, cases.c.case_key, notices.c.on)
        .join(cases, cases.c.id == notices.c.case_id)
        .where(notices.c.on.between(date(year, 1, 1), date(year, 12, 31)), cases.c.body_name == body)
        .where(or_(*of_kind), _unknown(notices.c.number))
    )
    yield from _given(connection.execute(query), body, kind, year)


def _unknown(number: ColumnElement[Any]) -> ColumnElement[bool]:
    known = exists().where(numbers_given.c.number == number, numbers_given.c.case_key == cases.c.case_key)
    return ~known


def _given(rows: Iterable[Found[Any]], body: str, kind: str, year: int) -> Iterator[GivenNumber]:
    for row in rows:
        parsed = parse_number(row.number)
        if parsed is not None and parsed[0] == year:
            yield GivenNumber(
                number=row.number,
                body=body,
                kind=kind,
                year=year,
                serial=parsed[1],
                case_key=row.case_key,
                given_on=row.on,
            )
