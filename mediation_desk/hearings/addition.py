"""补记: what turned out after a record was frozen; it stands after the record and never changes it."""

from __future__ import annotations

from datetime import date

from mediation_desk.shared.record import record


@record
class Addition:
    """One addition to the record of session ``session_no``: on which day, by whom."""

    no: int
    session_no: int
    on: date
    by: str
    text: str
