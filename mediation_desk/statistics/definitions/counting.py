"""Settings of the count that differ from place to place."""

from __future__ import annotations

from datetime import date

from mediation_desk.shared.assets import rules
from mediation_desk.statistics.model import Period
from mediation_desk.statistics.ports import Question


def question(period: Period, as_of: date) -> Question:
    """The question to storage after ``rules/statistics.toml``."""
    unopened = rules("statistics")["withdrawn_before_any_session_counts"]
    return Question(period=period, as_of=as_of, unopened=unopened is not False)
