"""Conditions every count shares: which cases count as concluded, and in which period."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ColumnElement, and_, exists, literal, or_

from db.tables.cases import cases
from db.tables.course import sessions
from mediation_desk.cases.vocabulary import Result
from mediation_desk.statistics.model import Period
from mediation_desk.statistics.ports import Question


def counted(question: Question) -> ColumnElement[bool]:
    """Whether an ended case is a case of column 1: accepted, and opened where the setting asks for it."""
    return counts_as_concluded(unopened=question.unopened)


def counts_as_concluded(*, unopened: bool) -> ColumnElement[bool]:
    """The same; with ``unopened`` a case withdrawn before any session counts too."""
    ended = cases.c.outcome_result.is_not(None)
    accepted = and_(on_record(), cases.c.accepted_on.is_not(None), ended)
    if unopened:
        return accepted
    opened = exists(literal(1)).where(sessions.c.case_id == cases.c.id, sessions.c.result.is_not(None))
    return and_(accepted, or_(cases.c.outcome_result != Result.WITHDRAWN, opened))


def on_record() -> ColumnElement[bool]:
    """The case is not in the bin: the one condition of every list and count."""
    return cases.c.binned_on.is_(None)


def ended_in(period: Period) -> ColumnElement[bool]:
    """The case ended in ``period``, in whatever way."""
    return and_(on_record(), within(cases.c.outcome_concluded_on, period))


def within(day: Column[Any], period: Period) -> ColumnElement[bool]:
    """``day`` lies in ``period``, its first and last day included."""
    return day.between(period.first, period.last)
