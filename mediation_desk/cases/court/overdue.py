"""What is due and not done on the day enforcement is asked for, an acceleration on file included (T-22)."""

from __future__ import annotations

from datetime import date

from mediation_desk.agreements.model import Performance
from mediation_desk.agreements.performance import due_day
from mediation_desk.cases.kept import owed
from mediation_desk.cases.model import CaseFile


def overdue_rows(file: CaseFile, on: date) -> tuple[Performance, ...]:
    """What fell due before ``on`` and is neither done nor forgiven."""
    return tuple(row for row in owed(file) if due_day(row) < on)


def owed_to(rows: tuple[Performance, ...], ref: str) -> tuple[Performance, ...]:
    """Those this party may ask the court for: what was promised to it, and acts promised to nobody by name."""
    return tuple(row for row in rows if row.payee is None or ref in row.payee.split("+"))
