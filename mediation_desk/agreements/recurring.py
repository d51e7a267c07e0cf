"""Monthly payments behind one clause: the due day of every month, and the rows they make (domain.md §8.2, C03)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from mediation_desk.agreements.model import Clause, ClauseKind, Performance, Recurring
from mediation_desk.agreements.terms import Term
from mediation_desk.shared.errors import InputError

MOST_MONTHS = 1200

_MONTH = re.compile(r"20[0-9][0-9]-(0[1-9]|1[0-2])")


def is_month(text: str) -> bool:
    """Whether ``text`` is a month as the format writes it: ``2026-07``."""
    return _MONTH.fullmatch(text) is not None


def months_between(first_month: str, last_month: str) -> int:
    """Months from the first to the last, both counted."""
    return _ordinal(last_month) - _ordinal(first_month) + 1


def is_sound(monthly: Recurring) -> bool:
    """Whether months and day fit together, so that due days can be told."""
    if not (is_month(monthly.first_month) and is_month(monthly.last_month)):
        return False
    months = months_between(monthly.first_month, monthly.last_month)
    return 1 <= monthly.pay_day <= 28 and months == monthly.months and 1 <= months <= MOST_MONTHS


def due_days(monthly: Recurring) -> Mapping[int | None, date]:
    """Due day of every month, counted from 1; empty where the months are not sound."""
    if not is_sound(monthly):
        return {}
    first = _ordinal(monthly.first_month)
    return {
        step + 1: date((first + step) // 12, (first + step) % 12 + 1, monthly.pay_day)
        for step in range(monthly.months)
    }


def recurring_of(terms: Iterable[Term]) -> tuple[Recurring, ...]:
    """The monthly payments a draft was composed with. Raises ``InputError`` where a month or day is missing."""
    return tuple(_recurring(term, term.monthly) for term in terms if term.monthly)


def demand_fitting(recurring: Iterable[Recurring], clauses: Iterable[Clause]) -> None:
    """Raise ``InputError`` where the months do not make up the clause: its sum, and the day of the last one."""
    by_no = {clause.no: clause for clause in clauses}
    for monthly in recurring:
        clause = by_no.get(monthly.clause)
        if clause is None or clause.kind is not ClauseKind.PAY:
            raise InputError(f"第{monthly.clause}条不是支付，不能按月支付。", field="monthly")
        if clause.instalments:
            raise InputError(f"第{clause.no}条已经分期，不能再按月支付。", field="monthly")
        days = due_days(monthly)
        if not days:
            raise InputError("起始月份、月数与每月支付日（1至28日）不符。", field="months")
        if clause.due_on != max(days.values()):
            last = max(days.values()).isoformat()
            raise InputError(f"第{clause.no}条的履行日期应为最后一个月的支付日{last}。", field="due_on")


def unlisted(
    recurring: Iterable[Recurring], clauses: Iterable[Clause], rows: Iterable[Performance]
) -> Iterator[Performance]:
    """The months no row speaks of yet, as open rows, in the order they fall due.

    A file lists only those fallen due; the later ones are owed all the same.
    """
    by_no = {clause.no: clause for clause in clauses}
    listed = {(row.clause, row.instalment) for row in rows}
    for monthly in recurring:
        clause = by_no.get(monthly.clause)
        if clause is None:
            continue
        for no, due_on in due_days(monthly).items():
            if (clause.no, no) not in listed:
                yield Performance(
                    clause=clause.no,
                    instalment=no,
                    payer=clause.payer,
                    payee=clause.payee,
                    due_on=due_on,
                    amount=monthly.monthly,
                )


def _recurring(term: Term, monthly: Decimal) -> Recurring:
    if not is_month(term.first_month):
        raise InputError("起始月份请写成 2026-07。", field="first_month")
    if not term.months or not term.pay_day:
        raise InputError("按月支付请写明共几个月、每月几日前。", field="months")
    last = _ordinal(term.first_month) + term.months - 1
    return Recurring(
        clause=term.clause,
        monthly=monthly,
        first_month=term.first_month,
        last_month=f"{last // 12}-{last % 12 + 1:02}",
        months=term.months,
        pay_day=term.pay_day,
    )


def _ordinal(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:]) - 1
