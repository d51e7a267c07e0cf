"""Sessions of a span of days by the index on their day, and the waiting list by the index on who waits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, Select, and_, case, or_, select

from db.chunks import chunks
from db.queries.conditions import on_record
from db.rows import make
from db.tables.bookings import bookings
from db.tables.cases import cases
from db.tables.course import case_mediators, sessions
from db.tables.parties import parties
from db.tables.pool import mediators
from db.tables.rooms import arrangements
from db.tables.summoning import WAITS, summonses, waitings
from mediation_desk.cases.calendar.model import CalledParty, SessionLine, WaitingLine
from mediation_desk.cases.lifecycle import OPEN
from mediation_desk.hearings.model import Session
from mediation_desk.hearings.summons import Summons, told
from mediation_desk.hearings.waiting import Urgency

_OF_CASE = ("case_key", "number", "title", "track", "category", "state", "party_names", "recorder_name")
_OF_SESSION = ("case_id", "no", "date", "start", "end", "place", "mode", "presided_by", "result")
_OF_WAITING = tuple(name for name in WaitingLine.__dataclass_fields__ if name in waitings.c)
_RANK = {urgency: place for place, urgency in enumerate(Urgency)}
_LAST = time(23, 59)


class CalendarQueries:
    """Implements ``Sessions`` on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def between(self, first: date, last: date, minutes: int) -> tuple[SessionLine, ...]:
        """One query for the sessions, and one for each kind of what hangs on their cases."""
        rows = self._connection.execute(_sessions(first, last)).mappings().all()
        ids = sorted({row["case_id"] for row in rows})
        called = self._grouped(ids, select(parties).order_by(parties.c.case_id, parties.c.line), parties)
        seated = self._grouped(
            ids,
            select(case_mediators).order_by(case_mediators.c.case_id, case_mediators.c.line),
            case_mediators,
        )
        planned = sorted({row["case_id"] for row in rows if row["result"] is None})
        noted = self._grouped(
            planned, select(summonses).order_by(summonses.c.case_id, summonses.c.line), summonses
        )
        reasons = self._reasons(planned)
        return tuple(
            _line(
                row, called[row["case_id"]], seated[row["case_id"]], noted[row["case_id"]], reasons, minutes
            )
            for row in rows
        )

    def waiting(self, limit: int) -> tuple[WaitingLine, ...]:
        """Without the end of a period last; the two databases would disagree."""
        rank = case(_RANK, value=waitings.c.urgency)
        names = [
            name for name in WaitingLine.__dataclass_fields__ if name in cases.c and name not in _OF_WAITING
        ]
        statement = (
            select(
                *(cases.c[name] for name in names),
                *(waitings.c[name] for name in _OF_WAITING if name != "mediator"),
                mediators.c.name.label("mediator"),
            )
            .select_from(waitings)
            .join(cases, cases.c.id == waitings.c.case_id)
            .outerjoin(mediators, mediators.c.pool_no == waitings.c.mediator)
            .where(WAITS, on_record())
            .order_by(rank, cases.c.due_on.is_(None), cases.c.due_on, waitings.c.since, cases.c.id)
            .limit(limit)
        )
        found = self._connection.execute(statement).mappings()
        return tuple(make(WaitingLine, {**row, "mediator": row["mediator"] or ""}) for row in found)

    def _grouped(self, ids: Sequence[int], query: Select[Any], table: Any) -> Mapping[int, list[Any]]:
        found: dict[int, list[Any]] = defaultdict(list)
        for some in chunks(ids):
            for row in self._connection.execute(query.where(table.c.case_id.in_(some))).mappings():
                found[row["case_id"]].append(row)
        return found

    def _reasons(self, ids: Sequence[int]) -> Mapping[tuple[int, int], str]:
        found: dict[tuple[int, int], str] = {}
        wanted = select(bookings.c.case_id, bookings.c.session_no, bookings.c.override)
        for some in chunks(ids):
            query = wanted.where(bookings.c.case_id.in_(some), bookings.c.overridden)
            for row in self._connection.execute(query):
                found[row.case_id, row.session_no] = row.override
        return found


def _sessions(first: date, last: date) -> Select[Any]:
    arranged = and_(arrangements.c.case_id == sessions.c.case_id, arrangements.c.session_no == sessions.c.no)
    return (
        select(
            *(sessions.c[name] for name in _OF_SESSION),
            *(cases.c[name] for name in _OF_CASE),
            arrangements.c.room,
            arrangements.c.until,
        )
        .select_from(sessions)
        .join(cases, cases.c.id == sessions.c.case_id)
        .outerjoin(arrangements, arranged)
        .where(sessions.c.date.between(first, last), on_record())
        .where(or_(sessions.c.result.is_not(None), cases.c.state.in_(OPEN)))
        .order_by(sessions.c.date, sessions.c.start, sessions.c.case_id, sessions.c.no)
    )


def _line(
    row: Mapping[Any, Any],
    called: Iterable[Any],
    seated: Iterable[Any],
    noted: Sequence[Any],
    reasons: Mapping[tuple[int, int], str],
    minutes: int,
) -> SessionLine:
    session = make(Session, row)
    known = tuple(
        CalledParty(ref=one["ref"], name=one["name"], kind=one["kind"], persons=one["headcount"] or 1)
        for one in called
    )
    notices = [make(Summons, one) for one in noted]
    unaware = 0 if session.held else sum(told(notices, session, one.ref).open for one in known)
    return make(
        SessionLine,
        row,
        parties=known,
        mediators=tuple((one["pool_no"], one["name"]) for one in seated),
        recorder=row["recorder_name"] or "",
        room=row["room"] or "",
        ends=_ends(session, row["until"], minutes),
        notices_open=unaware,
        override=reasons.get((row["case_id"], session.no), ""),
    )


def _ends(session: Session, until: time | None, minutes: int) -> time:
    """On record, planned, or after the usual length; a day ends with its last minute."""
    for said in (session.end, until):
        if said is not None and said > session.start:
            return said
    ends = datetime.combine(session.date, session.start) + timedelta(minutes=minutes)
    return ends.time() if ends.date() == session.date else _LAST
