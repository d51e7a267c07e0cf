"""How one promised payment or act is told."""

from __future__ import annotations

from mediation_desk.agreements.model import Performance, PerformanceStatus
from mediation_desk.agreements.performance import status_of
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import joined
from ui.tokens import Tone

_LATE = (PerformanceStatus.LATE, PerformanceStatus.PARTLY_LATE, PerformanceStatus.OPEN)


def which(row: Performance) -> str:
    """``第3条第1期``."""
    return f"第{row.clause}条" + (f"第{row.instalment}期" if row.instalment else "")


def between(view: CaseView, row: Performance) -> str:
    """``田志远 → 孟庆兰``, or the text of an act."""
    payer, payee = joined(row.payer, view.file.name_of), joined(row.payee, view.file.name_of)
    if payer and payee:
        return f"{payer} → {payee}"
    agreement = view.file.agreement
    clauses = agreement.clauses if agreement else ()
    return next((clause.text for clause in clauses if clause.no == row.clause), payer)


def status(view: CaseView, row: Performance) -> str:
    """How the row stands today."""
    return status_of(row, view.file.performance, view.today, view.file.effective_on).value


def tone(view: CaseView, row: Performance) -> Tone:
    """Late is seal red, done is pine."""
    found = status_of(row, view.file.performance, view.today, view.file.effective_on)
    if found in _LATE:
        return Tone.SEAL
    return Tone.INK if found is PerformanceStatus.NOT_DUE else Tone.DONE
