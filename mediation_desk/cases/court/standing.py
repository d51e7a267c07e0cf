"""Sentences about where the confirmation stands: what was ruled, what the parties may still do, and until when."""

from __future__ import annotations

from datetime import date

from mediation_desk.agreements.model import CONFIRMED
from mediation_desk.cases.court.rules import article
from mediation_desk.cases.model import CaseFile
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.workdays import add_days

_TO_OBJECT = 15
_TO_DECIDE = 30


def after_filing(file: CaseFile) -> str:
    """What the parties should know while the court looks at it; "" before and after."""
    court = file.judicial_confirmation
    if court.applied_on is None or court.decided_on is not None:
        return ""
    until = add_days(court.applied_on, _TO_DECIDE).on
    return (
        f"法院一般在{cn_date(until)}前作出裁定（立案后三十日，{article('special')}；人民调解协议司法确认规定为受理后十五日，可延长十日）。"
        f"法院通知到场的，各方都要去；无正当理由不到的，按撤回申请处理（{article('absence')}）。"
    )


def open_requests(file: CaseFile) -> str:
    """``补正：…，最迟 …`` for what the court still waits for; "" for nothing."""
    told = []
    for one in file.beside.court_requests:
        if one.done_on is None:
            until = f"，最迟{cn_date(one.due_on)}" if one.due_on else ""
            told.append(f"{one.what}{until}")
    return f"法院要求补正：{'；'.join(told)}。" if told else ""


def after_ruling(file: CaseFile) -> str:
    """What a ruling means for the parties; "" without one."""
    court = file.judicial_confirmation
    if court.decided_on is None:
        return ""
    if court.result == CONFIRMED:
        told = f"一方不履行或者没有全部履行的，对方可以申请执行（{article('ruling')}）。"
        return told + _objection(file.beside.court_filing.received_on if file.beside.court_filing else None)
    if court.result.startswith("裁定驳回"):
        return f"当事人可以变更协议或者重新达成协议，也可以起诉（{article('ruling')}）。"
    last = court.deadline
    again = f"，{cn_date(last)}以前还可以再申请" if last is not None and court.decided_on <= last else ""
    return f"协议仍然有效{again}；不履行的，可以起诉或者重新调解（人民调解法第三十二条）。"


def _objection(received_on: date | None) -> str:
    basis = article("objection")
    if received_on is None:
        return f"当事人有异议的，自收到裁定之日起十五日内提出（{basis}）；请记下收到的日期。"
    until = add_days(received_on, _TO_OBJECT).on
    return f"当事人有异议的，{cn_date(until)}前提出；利害关系人六个月内（{basis}）。"
