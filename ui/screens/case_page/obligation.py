"""How one promised payment or act is told."""

from __future__ import annotations

from mediation_desk.agreements.promises import Item, ItemStatus
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import joined, money
from ui.tokens import Tone

_DONE = (ItemStatus.AT_ONCE, ItemStatus.ON_TIME)


def which(item: Item) -> str:
    """``第3条第1期``."""
    return f"第{item.clause}条" + (f"第{item.instalment}期" if item.instalment else "")


def between(view: CaseView, item: Item) -> str:
    """``田志远 → 孟庆兰``, or the text of an act."""
    payer, payee = joined(item.payer, view.file.name_of), joined(item.payee, view.file.name_of)
    if payer and payee:
        return f"{payer} → {payee}"
    agreement = view.file.agreement
    clauses = agreement.clauses if agreement else ()
    return next((clause.text for clause in clauses if clause.no == item.clause), payer)


def left(item: Item) -> str:
    """``17,500.00 元`` that is left, with the whole where a part was settled: ``17,500.00 / 37,500.00 元``."""
    if item.remaining is None or item.amount is None:
        return ""
    whole = f" / {money(item.amount)}" if item.remaining != item.amount else ""
    return f"{money(item.remaining)}{whole} 元"


def status(item: Item) -> str:
    """``逾期部分履行 77 天，督促过 1 次``."""
    late = f" {item.late_days} 天" if item.late_days else ""
    urged = f"，督促过 {item.urged} 次" if item.urged and not item.status.is_settled else ""
    forgiven = "，部分免除" if item.waived and item.status is not ItemStatus.WAIVED else ""
    return f"{item.status}{late}{forgiven}{urged}"


def tone(item: Item) -> Tone:
    """Late is seal red, due today amber, done is pine."""
    if item.status.is_overdue or item.status is ItemStatus.LATE:
        return Tone.SEAL
    if item.status is ItemStatus.TODAY:
        return Tone.SOON
    return Tone.DONE if item.status in _DONE else Tone.INK
