"""Time taken: read, overridden, and kept in step with the sessions of a case."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, insert, select, update

from db.chunks import chunks
from db.queries.sight import also_seen, whole
from db.repositories.taking import of_case, renew
from db.repositories.time_taken import session_rows
from db.rows import Row, make
from db.tables.bookings import booking_overrides, bookings
from db.tables.cases import cases
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.taking import Kind, span_of, staff_key
from mediation_desk.experts.booking import Booking, Taking

_STAFF = f"{Kind.STAFF}:"


class BookingRepository:
    """Implements ``Bookings`` on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def between(
        self, starts: datetime, ends: datetime, pool_nos: Collection[str] | None = None
    ) -> tuple[Booking, ...]:
        """Bookings of people of the pool that touch the time, by start."""
        keys = None if pool_nos is None else [staff_key(pool_no) for pool_no in pool_nos]
        found = self._between(starts, ends, keys, bookings.c.taken.startswith(_STAFF, autoescape=True))
        return tuple(
            Booking(
                pool_no=one.taken.removeprefix(_STAFF),
                starts=one.starts,
                ends=one.ends,
                purpose=one.purpose,
                case_key=one.case_key,
                session_no=one.session_no,
                override=one.override,
            )
            for one in found
        )

    def takings(
        self, starts: datetime, ends: datetime, keys: Collection[str] | None = None
    ) -> tuple[Taking, ...]:
        """Whatever is taken then, by start; with ``keys`` only these rooms and people."""
        return self._between(starts, ends, keys)

    def override(self, case_key: str, session_no: int, reason: str, *, account: str, at: datetime) -> None:
        """Let this session overlap at the time it gets when the case is saved next, and at that time only."""
        case_id = select(cases.c.id).where(cases.c.case_key == case_key).scalar_subquery()
        noted = {"session_no": session_no, "reason": reason, "account": account, "at": at}
        self._connection.execute(insert(booking_overrides).values(case_id=case_id, **noted))

    def _between(
        self, starts: datetime, ends: datetime, keys: Collection[str] | None, *conditions: object
    ) -> tuple[Taking, ...]:
        """Those that ended before the time are not even looked at."""
        own = also_seen(self._connection, cases.c.id == bookings.c.case_id)
        query: Select[tuple[object, ...]] = (
            select(bookings, cases.c.case_key, cases.c.number)
            .select_from(bookings.outerjoin(cases, own))
            .where(bookings.c.ends > starts, bookings.c.starts < ends)
        )
        if keys is None:
            parts = [query.where(*conditions)]  # type: ignore[arg-type]  # conditions of SQLAlchemy
        else:
            parts = [query.where(bookings.c.taken.in_(some)) for some in chunks(sorted(keys))]
        with whole(self._connection):
            rows = [row for part in parts for row in self._connection.execute(part).mappings()]
        found = [
            make(Taking, row if row["case_key"] or row["case_id"] is None else _bare(row)) for row in rows
        ]
        return tuple(sorted(found, key=lambda one: (one.starts, one.taken, one.ends)))


def _bare(row: Mapping[Any, Any]) -> Row:
    """What is left of a booking whose case is out of reach: that the time is taken."""
    return {**row, "session_no": None, "override": ""}


def book_sessions(connection: Connection, file: CaseFile, case_id: int) -> None:
    """Make the bookings of a case what its planned sessions ask for. Raises ``ConflictError``."""
    reasons = _reasons(connection, file, case_id)
    renew(connection, of_case(case_id), session_rows(file, case_id, reasons))


def _reasons(connection: Connection, file: CaseFile, case_id: int) -> Mapping[int, str]:
    """Reasons by session, where one was given for the time the session has now.

    A reason is given to a session by number and from then on goes with its time: sessions behind one that was
    taken off move up.
    """
    table = booking_overrides.c
    given = connection.execute(
        select(booking_overrides).where(table.case_id == case_id).order_by(table.id)
    ).all()
    if not given:
        return {}
    planned = {
        session.no: span_of(session, file.beside.arrangement(session.no))
        for session in file.sessions
        if not session.held
    }
    by_span = {span: no for no, span in planned.items()}
    reasons: dict[int, str] = {}
    for row in given:
        if row.starts is not None:
            no = by_span.get((row.starts, row.ends))
            if no is not None:
                reasons[no] = row.reason
        elif row.session_no in planned:
            reasons[row.session_no] = row.reason
            starts, ends = planned[row.session_no]
            bound = {"starts": starts, "ends": ends}
            connection.execute(update(booking_overrides).where(table.id == row.id).values(bound))
    return reasons
