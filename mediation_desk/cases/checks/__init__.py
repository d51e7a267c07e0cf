"""Whether a case is consistent and lawful as far as it has gone; the same for files and for every step."""

from __future__ import annotations

from itertools import chain

from mediation_desk.cases.checks import (
    afterwards,
    agreement,
    arithmetic,
    claims,
    course,
    dates,
    ending,
    identity,
    intake,
    ledger,
    people,
    performance,
    recurring,
    selection,
    signatures,
    values,
    vocabulary,
)
from mediation_desk.cases.checks.problem import Problem
from mediation_desk.cases.model import CaseFile

__all__ = ["Problem", "problems"]

_PARTS = (
    vocabulary,
    people,
    identity,
    intake,
    ledger,
    selection,
    claims,
    course,
    agreement,
    recurring,
    ending,
    signatures,
    performance,
    afterwards,
    arithmetic,
    dates,
)


def problems(file: CaseFile) -> tuple[Problem, ...]:
    """Everything wrong with ``file`` as far as it has gone; what is merely not there yet is not wrong.

    Where amounts, days or counts are out of all bounds only these are reported: nothing follows from them.
    """
    absurd = tuple(values.check(file))
    return absurd or tuple(chain.from_iterable(part.check(file) for part in _PARTS))
