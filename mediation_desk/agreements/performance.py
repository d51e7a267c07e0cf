"""How payments and acts under an agreement stand on a given day (domain.md §4.2 T-18, T-19)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mediation_desk.agreements.model import Performance, PerformanceStatus


def status_of(
    row: Performance, rows: Sequence[Performance], as_of: date, effective_on: date | None
) -> PerformanceStatus:
    """How ``row`` stands on ``as_of``; ``rows`` are those of the agreement in force from ``effective_on``.

    What was done after ``as_of`` counts as open on that day.
    """
    due = due_day(row)
    if row.done_on is None or row.done_on > as_of:
        return PerformanceStatus.NOT_DUE if due > as_of else PerformanceStatus.OPEN
    if row.done_on > due:
        rest = any(is_open(other, as_of) for other in rows if _same_part(row, other))
        return PerformanceStatus.PARTLY_LATE if rest else PerformanceStatus.LATE
    at_once = row.done_on == row.due_on == effective_on
    return PerformanceStatus.AT_ONCE if at_once else PerformanceStatus.ON_TIME


def due_day(row: Performance) -> date:
    """Day the row is due: what the parties wrote, or the earlier day an acceleration clause made it due."""
    return row.accelerated_on or row.due_on


def is_open(row: Performance, as_of: date) -> bool:
    """Whether the row was still to be performed at the end of ``as_of``."""
    return row.done_on is None or row.done_on > as_of


def _same_part(row: Performance, other: Performance) -> bool:
    return (row.clause, row.instalment) == (other.clause, other.instalment)
