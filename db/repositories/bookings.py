"""Time taken: read, overridden, and kept in step with the sessions of a case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select, update

from db.chunks import chunks
from db.queries.conditions import on_record
from db.repositories.taking import of_case, renew, take
from db.repositories.time_taken import Taken, let_through, session_row, session_rows, span_of
from db.rows import Row, make
from db.tables.bookings import booking_overrides, bookings
from db.tables.cases import cases
from db.tables.course import case_mediators, sessions
from db.tables.pool import mediators
from mediation_desk.cases.lifecycle import OPEN
from mediation_desk.cases.model import CaseFile
from mediation_desk.experts.booking import Booking
from mediation_desk.hearings.model import Session

BEFORE, ACCOUNT = "进入专家库前已排定", "pool"


class BookingRepository:
    """Implements ``Bookings`` on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def between(
        self, starts: datetime, ends: datetime, pool_nos: Collection[str] | None = None
    ) -> tuple[Booking, ...]:
        """Bookings that touch the time, by start; those that ended before it are not even looked at."""
        query = (
            select(bookings, mediators.c.pool_no, cases.c.case_key)
            .join(mediators, mediators.c.id == bookings.c.mediator_id)
            .outerjoin(cases, cases.c.id == bookings.c.case_id)
            .where(bookings.c.ends > starts, bookings.c.starts < ends)
        )
        if pool_nos is None:
            parts = [query]
        else:
            parts = [query.where(mediators.c.pool_no.in_(some)) for some in chunks(sorted(pool_nos))]
        found = [make(Booking, row) for part in parts for row in self._connection.execute(part).mappings()]
        return tuple(sorted(found, key=lambda one: (one.starts, one.pool_no, one.ends)))

    def override(self, case_key: str, session_no: int, reason: str, *, account: str, at: datetime) -> None:
        """Let this session overlap at the time it gets when the case is saved next, and at that time only."""
        case_id = select(cases.c.id).where(cases.c.case_key == case_key).scalar_subquery()
        noted = {"session_no": session_no, "reason": reason, "account": account, "at": at}
        self._connection.execute(insert(booking_overrides).values(case_id=case_id, **noted))


def book_sessions(connection: Connection, file: CaseFile, case_id: int) -> None:
    """Make the bookings of a case what its planned sessions ask for. Raises ``ConflictError``."""
    numbers = [mediator.pool_no for mediator in file.mediators]
    query = select(mediators.c.pool_no, mediators.c.id).where(mediators.c.pool_no.in_(numbers))
    ids = {row.pool_no: row.id for row in connection.execute(query)}
    reasons = _reasons(connection, file, case_id)
    renew(connection, of_case(case_id), session_rows(file, case_id, ids, reasons))


def book_open_cases(connection: Connection, ids: Mapping[str, int]) -> None:
    """Take the time of mediators new to the pool who are in open cases already.

    Nobody could refuse these sessions when they were arranged: where they overlap they are let through, noted.
    """
    wanted: list[Row] = []
    taken: Taken = defaultdict(list)
    for some in chunks(sorted(ids)):
        query = (
            select(case_mediators.c.pool_no, cases.c.state, sessions)
            .join(cases, cases.c.id == case_mediators.c.case_id)
            .join(sessions, sessions.c.case_id == cases.c.id)
            .where(case_mediators.c.pool_no.in_(some), cases.c.state.in_(OPEN), on_record())
            .where(sessions.c.result.is_(None))
            .order_by(sessions.c.date, sessions.c.start, sessions.c.case_id)
        )
        wanted += [
            session_row(make(Session, row), row["case_id"], ids[row["pool_no"]], None)
            for row in connection.execute(query).mappings()
        ]
    if not wanted:
        return
    for some in chunks(sorted({row["mediator_id"] for row in wanted})):
        for row in connection.execute(select(bookings).where(bookings.c.mediator_id.in_(some))):
            taken[row.mediator_id].append((row.starts, row.ends))
    noted = let_through(wanted, taken, BEFORE, account=ACCOUNT, at=datetime.now(UTC))
    if noted:
        connection.execute(insert(booking_overrides), noted)
    take(connection, wanted)


def _reasons(connection: Connection, file: CaseFile, case_id: int) -> Mapping[int, str]:
    """Reasons by session, where one was given for the time the session has now."""
    table = booking_overrides.c
    given = connection.execute(
        select(booking_overrides).where(table.case_id == case_id).order_by(table.id)
    ).all()
    planned = {session.no: span_of(session) for session in file.sessions if not session.held} if given else {}
    reasons: dict[int, str] = {}
    for row in given:
        span = planned.get(row.session_no)
        if span is None or (row.starts is not None and (row.starts, row.ends) != span):
            continue
        reasons[row.session_no] = row.reason
        if row.starts is None:
            bound = {"starts": span[0], "ends": span[1]}
            connection.execute(update(booking_overrides).where(table.id == row.id).values(bound))
    return reasons
