"""Which time a case file and a mediator's leave take, as rows of ``bookings``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta

from db.rows import Row
from mediation_desk.cases.centre import Centre, read_centre
from mediation_desk.cases.lifecycle import OPEN, state_of
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.taking import span_of, staff_key, takers
from mediation_desk.experts.booking import Purpose
from mediation_desk.experts.mediator import Mediator
from mediation_desk.shared.clock import local_moment

LABEL = "label"
"""Beside the columns, a row says how what it takes is called on screen."""

_DAY = timedelta(days=1)


class Taken:
    """Spans by what is taken, found by the day they touch."""

    def __init__(self) -> None:
        self._spans: dict[tuple[str, date], list[tuple[datetime, datetime]]] = defaultdict(list)

    def add(self, key: str, starts: datetime, ends: datetime) -> None:
        """Remember a span."""
        for day in _days(starts, ends):
            self._spans[key, day].append((starts, ends))

    def meets(self, key: str, starts: datetime, ends: datetime) -> bool:
        """Whether anything remembered overlaps."""
        return any(
            starts < last and first < ends
            for day in _days(starts, ends)
            for first, last in self._spans.get((key, day), ())
        )


def session_rows(
    file: CaseFile, case_id: int, reasons: Mapping[int, str], centre: Centre | None = None
) -> list[Row]:
    """One row for everything each planned session of an open case takes; ``reasons`` by number override."""
    if all(session.held for session in file.sessions):
        return []
    if state_of(file) not in OPEN or file.beside.binned is not None:
        return []
    centre = centre or read_centre()
    rows = []
    for session in file.sessions:
        if session.held:
            continue
        starts, ends = span_of(session, file.beside.arrangement(session.no))
        reason = reasons.get(session.no)
        common = {
            "starts": starts,
            "ends": ends,
            "purpose": Purpose.SESSION,
            "case_id": case_id,
            "session_no": session.no,
            "override": reason or "",
            "overridden": reason is not None,
        }
        rows += [
            {"taken": taker.key, LABEL: taker.label, **common} for taker in takers(file, session, centre)
        ]
    return rows


def let_through(rows: Iterable[Row], taken: Taken, reason: str, *, account: str, at: datetime) -> list[Row]:
    """Mark the sessions of ``rows`` that fall on time taken already, and add all to ``taken``.

    For sessions that were arranged where nobody could refuse them; the rows for ``booking_overrides`` come back.
    A session is let through as a whole, as one with a reason is.
    """
    sessions: dict[tuple[int, int], list[Row]] = defaultdict(list)
    for row in rows:
        sessions[row["case_id"], row["session_no"]].append(row)
    noted = []
    for (case_id, session_no), those in sessions.items():
        if any(taken.meets(row["taken"], row["starts"], row["ends"]) for row in those):
            for row in those:
                row |= {"override": reason, "overridden": True}
            span = {name: those[0][name] for name in ("starts", "ends")}
            noted.append(
                {"case_id": case_id, "session_no": session_no, "reason": reason, "account": account, "at": at}
                | span
            )
        for row in those:
            taken.add(row["taken"], row["starts"], row["ends"])
    return noted


def leave_rows(mediator: Mediator) -> list[Row]:
    """One row for each leave, whole local days."""
    return [
        {
            "taken": staff_key(mediator.pool_no),
            LABEL: f"调解员{mediator.card.name}",
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


def _days(starts: datetime, ends: datetime) -> Iterator[date]:
    day, last = starts.astimezone(UTC).date(), ends.astimezone(UTC).date()
    while day <= last:
        yield day
        day += _DAY
