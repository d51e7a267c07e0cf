"""How long a unit has when nobody names a day: the terms of ``rules/routing.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from mediation_desk.cases.beside import OrderKind
from mediation_desk.cases.deadlines.lights import light_rules
from mediation_desk.cases.vocabulary import DayUnit, Difficulty
from mediation_desk.shared.assets import built
from mediation_desk.shared.record import record
from mediation_desk.shared.workdays import Period, add_period


@record
class Term:
    """``days`` for orders of ``kind``, for cases of any or of one difficulty; ``basis`` says where it is from."""

    kind: OrderKind
    days: int
    unit: DayUnit
    basis: str
    difficulty: Difficulty | None = None

    def end(self, given_on: date) -> date:
        """Last day of the term of an order given on ``given_on``; the day itself does not count."""
        return add_period(given_on, Period(days=self.days, working=self.unit is DayUnit.WORKING_DAYS)).on


def term_of(kind: OrderKind, difficulty: Difficulty) -> Term | None:
    """The first term that fits; None where the centre set none. ``InputError`` for a faulty rule file."""
    fitting = (term for term in built("routing", _terms) if term.kind is kind)
    return next((term for term in fitting if term.difficulty in (None, difficulty)), None)


def is_late(due_on: date | None, on: date) -> bool:
    """Whether something due on ``due_on`` wants a 督办单 on ``on`` (``rules/lights.toml``)."""
    return due_on is not None and (on - due_on).days >= light_rules().supervise


def _terms(data: Mapping[str, Any]) -> tuple[Term, ...]:
    return tuple(
        Term(
            kind=OrderKind(entry["kind"]),
            days=int(entry["days"]),
            unit=DayUnit(entry["unit"]),
            basis=entry["basis"],
            difficulty=Difficulty(entry["difficulty"]) if "difficulty" in entry else None,
        )
        for entry in data["term"]
    )
