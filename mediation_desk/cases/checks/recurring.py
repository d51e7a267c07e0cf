"""Monthly payments behind a clause: maintenance, rent (domain.md §8.2, C03)."""

from __future__ import annotations

from collections.abc import Iterator

from mediation_desk.agreements.model import ClauseKind, Recurring
from mediation_desk.agreements.recurring import MOST_MONTHS, is_month, months_between
from mediation_desk.cases.checks.problem import Problem
from mediation_desk.cases.model import CaseFile


def check(file: CaseFile) -> Iterator[Problem]:
    """Months, day and sum of every monthly payment against its clause."""
    if file.recurring and file.agreement is None:
        yield Problem(pointer="/recurring", message="没有协议，不能有按月支付")
        return
    clauses = {one.no: one for one in file.agreement.clauses} if file.agreement else {}
    for number, monthly in enumerate(file.recurring):
        place = f"/recurring/{number}"
        yield from _shape(place, monthly)
        clause = clauses.get(monthly.clause)
        if clause is None or clause.kind is not ClauseKind.PAY:
            yield Problem(pointer=f"{place}/clause", message="没有这一条支付条款")
        elif clause.amount != monthly.monthly * monthly.months:
            yield Problem(pointer=f"{place}/monthly", message="每月金额乘以月数，与条款金额不符")


def _shape(place: str, monthly: Recurring) -> Iterator[Problem]:
    for key in ("first_month", "last_month"):
        if not is_month(getattr(monthly, key)):
            yield Problem(pointer=f"{place}/{key}", message="应为月份，写作2026-07")
            return
    if not 1 <= monthly.pay_day <= 28:
        yield Problem(pointer=f"{place}/pay_day", message="每月支付日应为1至28日")
    months = months_between(monthly.first_month, monthly.last_month)
    if months != monthly.months or not 1 <= months <= MOST_MONTHS:
        yield Problem(pointer=f"{place}/months", message="月数与起止月份不符")
