"""Which time a case file and a mediator's leave take, as rows of ``bookings``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from db.rows import Row
from mediation_desk.cases.lifecycle import OPEN, state_of
from mediation_desk.cases.model import CaseFile
from mediation_desk.experts.booking import Purpose
from mediation_desk.experts.mediator import Mediator
from mediation_desk.hearings.model import Session
from mediation_desk.shared.assets import built
from mediation_desk.shared.clock import local_moment

Taken = defaultdict[int, list[tuple[datetime, datetime]]]
"""Spans by mediator."""

USUAL_MINUTES = 120  # where the centre's own file has no session_minutes


def session_rows(
    file: CaseFile, case_id: int, ids: Mapping[str, int], reasons: Mapping[int, str]
) -> list[Row]:
    """One row for each planned session and mediator of an open case; ``reasons`` by number override."""
    if state_of(file) not in OPEN or file.beside.binned is not None:
        return []
    return [
        session_row(session, case_id, ids[mediator.pool_no], reasons.get(session.no))
        for session in file.sessions
        if not session.held
        for mediator in file.mediators
        if mediator.pool_no in ids
    ]


def session_row(session: Session, case_id: int, mediator_id: int, reason: str | None) -> Row:
    """The time one session takes of one mediator; with a reason it may overlap."""
    starts, ends = span_of(session)
    return {
        "mediator_id": mediator_id,
        "starts": starts,
        "ends": ends,
        "purpose": Purpose.SESSION,
        "case_id": case_id,
        "session_no": session.no,
        "override": reason or "",
        "overridden": reason is not None,
    }


def let_through(rows: Iterable[Row], taken: Taken, reason: str, *, account: str, at: datetime) -> list[Row]:
    """Mark those of ``rows`` that fall on time taken already, and add all to ``taken``.

    For sessions that were arranged where nobody could refuse them; the rows for ``booking_overrides`` come back.
    """
    noted: dict[tuple[int, int], Row] = {}
    for row in rows:
        spans = taken[row["mediator_id"]]
        if any(row["starts"] < ends and starts < row["ends"] for starts, ends in spans):
            row |= {"override": reason, "overridden": True}
            span = {name: row[name] for name in ("case_id", "session_no", "starts", "ends")}
            noted[row["case_id"], row["session_no"]] = span | {"reason": reason, "account": account, "at": at}
        spans.append((row["starts"], row["ends"]))
    return list(noted.values())


def span_of(session: Session) -> tuple[datetime, datetime]:
    """From the start to the end; the centre's usual length where the end is unknown or not after the start."""
    starts = local_moment(session.date, session.start)
    if session.end is not None and session.end > session.start:
        return starts, local_moment(session.date, session.end)
    return starts, starts + timedelta(minutes=built("centre", _minutes))


def leave_rows(mediator: Mediator, mediator_id: int) -> list[Row]:
    """One row for each leave, whole local days."""
    return [
        {
            "mediator_id": mediator_id,
            "starts": local_moment(leave.from_on),
            "ends": local_moment(leave.to + timedelta(days=1)),
            "purpose": Purpose.LEAVE,
            "case_id": None,
            "session_no": None,
            "override": leave.override,
            "overridden": bool(leave.override),
        }
        for leave in mediator.leaves
    ]


def _minutes(centre: Mapping[str, Any]) -> int:
    return int(centre.get("session_minutes", USUAL_MINUTES))
