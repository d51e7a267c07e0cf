"""Take time of rooms and people: rows that shall be there, rows that are, and a sentence where time is taken."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, delete, insert, select, text
from sqlalchemy.exc import DBAPIError

from db.chunks import chunks
from db.errors import OVERLAPPING, is_overlap
from db.queries.sight import also_seen
from db.repositories.time_taken import LABEL
from db.rows import Row
from db.tables.bookings import bookings
from db.tables.cases import cases
from mediation_desk.cases.taking import Kind, staff_key
from mediation_desk.experts.booking import Purpose
from mediation_desk.shared.errors import BookedError

_KEY = ("taken", "starts", "ends", "purpose", "case_id", "session_no", "override", "overridden")
_LOCKS = text(
    "SELECT pg_advisory_xact_lock(n) FROM (SELECT hashtextextended(key, 0) AS n"
    " FROM unnest(CAST(:keys AS text[])) AS key ORDER BY 1) AS ordered"
)
_OF_PARTIES = (f"{Kind.PARTY}:", f"{Kind.AGENT}:")


def renew(connection: Connection, mine: ColumnElement[bool], wanted: Sequence[Row]) -> None:
    """Make the bookings that ``mine`` selects those of ``wanted``; what stays as it is is not touched.

    Raises ``ConflictError`` naming room or person, time and what takes it, unless the new row is overridden.
    """
    stored = connection.execute(select(bookings).where(mine)).mappings().all()
    keep = {_key(row) for row in wanted}
    gone = [row["id"] for row in stored if _key(row) not in keep]
    for some in chunks(gone):
        connection.execute(delete(bookings).where(bookings.c.id.in_(some)))
    known = {_key(row) for row in stored}
    take(connection, [row for row in wanted if _key(row) not in known])


def take(connection: Connection, rows: Sequence[Row]) -> None:
    """Insert bookings. Raises ``ConflictError`` as :func:`renew` does.

    Looking first gives the sentence; against somebody who writes by another path only the constraint helps.
    """
    if not rows:
        return
    _queue(connection, {row["taken"] for row in rows})
    _refuse_overlaps(connection, rows)
    bare = [{name: value for name, value in row.items() if name != LABEL} for row in rows]
    try:
        with connection.begin_nested():
            connection.execute(insert(bookings), bare)
    except DBAPIError as error:
        if not is_overlap(error):
            raise
    else:
        return
    _refuse_overlaps(connection, rows)  # now that the other's row can be seen
    raise BookedError(OVERLAPPING)


def local_span(row: Row | RowMapping) -> str:
    """The time of a booking as the counter reads it."""
    starts, ends = row["starts"].astimezone(), row["ends"].astimezone()
    if row["purpose"] is Purpose.LEAVE:
        return f"{_day(starts)}至{_day(ends - timedelta(days=1))}"
    until = f"{ends:%H:%M}" if ends.date() == starts.date() else f"{_day(ends)}{ends:%H:%M}"
    return f"{_day(starts)}{starts:%H:%M}至{until}"


def _queue(connection: Connection, keys: Collection[str]) -> None:
    """On a server two counters that take the same people in another order could wait for each other for ever."""
    if connection.dialect.name != "postgresql":
        return
    connection.execute(_LOCKS, {"keys": sorted(keys)}).all()


def _day(moment: datetime) -> str:
    return f"{moment.year}年{moment.month}月{moment.day}日"


def _key(row: Row | RowMapping) -> tuple[Any, ...]:
    return tuple(row[name] for name in _KEY)


def _refuse_overlaps(connection: Connection, rows: Sequence[Row]) -> None:
    """An overridden booking may overlap others, but nothing new gets over it without a reason of its own."""
    guarded = [row for row in rows if not row["overridden"]]
    if not guarded:
        return
    keys = {row["taken"] for row in guarded}
    starts, ends = min(row["starts"] for row in guarded), max(row["ends"] for row in guarded)
    taken = list(_touching(connection, keys, starts, ends))
    hits: list[tuple[Row, Row | RowMapping]] = []
    for place, row in enumerate(guarded):
        hit = next((other for other in taken if _overlap(row, other)), None)
        if hit is not None:
            hits.append((row, hit))
            continue
        own = next((other for other in guarded[:place] if _overlap(row, other)), None)
        if own is not None:
            hits.append((row, own | {"number": None}))
    if hits:
        raise BookedError(_sentence(*hits[0], [row[LABEL] for row, _hit in hits[1:]]))


def _touching(
    connection: Connection, keys: Collection[str], starts: datetime, ends: datetime
) -> Iterable[RowMapping]:
    own = also_seen(connection, cases.c.id == bookings.c.case_id)
    for some in chunks(sorted(keys)):
        yield from connection.execute(
            select(bookings, cases.c.number)
            .select_from(bookings.outerjoin(cases, own))
            .where(bookings.c.taken.in_(some), bookings.c.ends > starts, bookings.c.starts < ends)
            .order_by(bookings.c.starts)
        ).mappings()


def _overlap(one: Row, other: Row | RowMapping) -> bool:
    same = one["taken"] == other["taken"]
    return bool(same and one["starts"] < other["ends"] and other["starts"] < one["ends"])


def _sentence(row: Row, taken: Row | RowMapping, others: Sequence[str]) -> str:
    """What takes the first, and who else is taken then.

    Of a party's other case this counter hears nothing, neither number nor names.
    """
    if taken["purpose"] is Purpose.LEAVE:
        what = "已登记请假"
    elif taken["case_id"] == row["case_id"]:
        what = f"已排有本案第{taken['session_no']}次调解会"
    elif row["taken"].startswith(_OF_PARTIES):
        what = "已排有另一调解会"
    else:
        number = taken["number"]
        what = f"已排有{number}案的调解会" if number else "已排有另一案件的调解会"
    too = "、".join(dict.fromkeys(label for label in others if label != row[LABEL]))
    also = f"{too}这时也有安排。" if too else ""
    return (
        f"{row[LABEL]}在{local_span(taken)}{what}，与{local_span(row)}重叠，没有保存。{also}"
        "请另选时间，或填写理由后安排。"
    )


def of_case(case_id: int) -> ColumnElement[bool]:
    """The bookings that come from one case."""
    return bookings.c.case_id == case_id


def leaves_of(pool_nos: Collection[str]) -> ColumnElement[bool]:
    """The bookings that come from the leave of these mediators."""
    keys = [staff_key(pool_no) for pool_no in pool_nos]
    return and_(bookings.c.taken.in_(keys), bookings.c.purpose == Purpose.LEAVE)
