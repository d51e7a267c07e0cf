"""Payments and acts under the agreement: rows that belong to clauses and add up to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from mediation_desk.agreements.model import Agreement, Clause, ClauseKind, Performance, Recurring
from mediation_desk.agreements.recurring import due_days
from mediation_desk.cases.checks import known
from mediation_desk.cases.checks.problem import Problem
from mediation_desk.cases.model import CaseFile

Part = tuple[int, int | None]
"""Clause and instalment."""


def check(file: CaseFile) -> Iterator[Problem]:
    """Every row against its clause; rows of one instalment add up to it."""
    agreement = file.agreement
    if agreement is None:
        if file.performance and file.outcome is None:
            yield Problem(pointer="/performance", message="没有协议，不应有履行情况")
        return
    clauses = {clause.no: clause for clause in agreement.clauses}
    monthly = {one.clause: one for one in file.recurring}
    for number, row in enumerate(file.performance):
        place = f"/performance/{number}"
        clause = clauses.get(row.clause)
        if clause is None:
            yield Problem(pointer=f"{place}/clause", message=f"协议没有第{row.clause}条")
            continue
        yield from _people(place, row, file)
        yield from _days(place, row, agreement, file)
        if clause.kind is ClauseKind.PAY:
            yield from _payment(place, row, clause, monthly.get(clause.no))
    yield from _sums(file, clauses, monthly)
    if file.effective_on is not None:
        yield from _complete(file, agreement, monthly)


def _people(place: str, row: Performance, file: CaseFile) -> Iterator[Problem]:
    for key, refs in (("payer", known.joined(row.payer)), ("payee", known.joined(row.payee))):
        for ref in refs:
            yield from known.unknown_one(f"{place}/{key}", ref, known.parties(file), "当事人")
    yield from known.unknown(f"{place}/members", row.members, known.members(file), "群体成员")


def _days(place: str, row: Performance, agreement: Agreement, file: CaseFile) -> Iterator[Problem]:
    agreed = agreement.signed_on or (file.outcome.concluded_on if file.outcome else None)
    if row.done_on is not None and agreed is not None and row.done_on < agreed:
        yield Problem(pointer=f"{place}/done_on", message="履行日期早于达成协议之日")
    if row.accelerated_on is not None and row.accelerated_on > row.due_on:
        yield Problem(pointer=f"{place}/accelerated_on", message="提前到期日晚于原定的到期日")


def _payment(place: str, row: Performance, clause: Clause, monthly: Recurring | None) -> Iterator[Problem]:
    for key in ("payer", "payee"):
        own = set(known.joined(getattr(row, key)))
        if not own or not own <= set(known.joined(getattr(clause, key))):
            yield Problem(pointer=f"{place}/{key}", message="与支付条款不一致")
    if row.amount is None or row.amount <= 0:
        yield Problem(pointer=f"{place}/amount", message="支付应写明大于零的金额")
    dues = _dues(clause, monthly)
    if row.instalment not in dues:
        yield Problem(pointer=f"{place}/instalment", message=f"第{clause.no}条没有这一期")
    elif dues[row.instalment] != row.due_on:
        yield Problem(pointer=f"{place}/due_on", message=f"条款写的是{dues[row.instalment].isoformat()}")


def _dues(clause: Clause, monthly: Recurring | None) -> Mapping[int | None, date]:
    """Due day of every instalment of a payment clause; key None where it is paid at once."""
    if clause.instalments:
        return {part.no: part.due_on for part in clause.instalments}
    if monthly is not None:
        return due_days(monthly)
    return {None: clause.due_on} if clause.due_on else {}


def _sums(
    file: CaseFile, clauses: Mapping[int, Clause], monthly: Mapping[int, Recurring]
) -> Iterator[Problem]:
    sums: dict[Part, Decimal] = {}
    last: dict[Part, int] = {}
    for number, row in enumerate(file.performance):
        part = (row.clause, row.instalment)
        sums[part] = sums.get(part, Decimal()) + (row.amount or Decimal())
        last[part] = number
    for (no, instalment), total in sums.items():
        clause = clauses.get(no)
        expected = _amount(clause, instalment, monthly.get(no)) if clause else None
        if expected is not None and total != expected:
            reason = f"第{no}条这一期各笔合计{total:.2f}，应为{expected:.2f}"
            yield Problem(pointer=f"/performance/{last[no, instalment]}/amount", message=reason)


def _complete(file: CaseFile, agreement: Agreement, monthly: Mapping[int, Recurring]) -> Iterator[Problem]:
    """Once in force every payment has its row, done or open; monthly ones come as they fall due."""
    listed = {(row.clause, row.instalment) for row in file.performance}
    for clause in agreement.clauses:
        if clause.kind is ClauseKind.PAY and clause.no not in monthly:
            for instalment in _dues(clause, None):
                if (clause.no, instalment) not in listed:
                    part = f"第{instalment}期" if instalment else ""
                    yield Problem(pointer="/performance", message=f"缺少第{clause.no}条{part}的履行情况")


def _amount(clause: Clause, instalment: int | None, monthly: Recurring | None) -> Decimal | None:
    if clause.kind is not ClauseKind.PAY:
        return None
    if clause.instalments:
        return next((part.amount for part in clause.instalments if part.no == instalment), None)
    return monthly.monthly if monthly else clause.amount
