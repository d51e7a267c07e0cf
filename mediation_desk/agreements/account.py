"""往来账: for each debtor and creditor what fell due, was paid and forgiven, with the running balance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum

from mediation_desk.agreements.performance import due_day
from mediation_desk.agreements.promises import Promises, Standing
from mediation_desk.agreements.settling import Share
from mediation_desk.shared.record import record


class Entry(StrEnum):
    """What a line of the account is, in the order lines of one day are written."""

    DUE = "到期"
    PAID = "已付"
    WAIVED = "免除"


@record
class Line:
    """One line; ``balance`` is what the debtor owes after it, in yuan, penalties apart."""

    on: date
    entry: Entry
    clause: int
    instalment: int | None
    amount: Decimal
    balance: Decimal
    note: str = ""


@record
class Account:
    """The account of one debtor with one creditor up to a day; ``penalty`` is what the breach costs besides."""

    payer: str
    payee: str
    lines: tuple[Line, ...]
    penalty: Decimal
    to_come: Decimal

    @property
    def balance(self) -> Decimal:
        """Due and neither paid nor forgiven, in yuan."""
        return self.lines[-1].balance if self.lines else Decimal("0.00")

    def sum_of(self, entry: Entry) -> Decimal:
        """All lines of this kind together."""
        return sum((line.amount for line in self.lines if line.entry is entry), Decimal("0.00"))


def accounts(promises: Promises, found: Standing) -> tuple[Account, ...]:
    """The accounts on the day of ``found``, in the order of the clauses.

    A sum paid or forgiven before its day counts as due on the day it was settled, so no balance is negative.
    """
    owners = {clause.no: (clause.payer, clause.payee) for clause in promises.clauses}
    pairs: dict[tuple[str, str], list[Share]] = {}
    for item in sorted(found.items, key=lambda item: (item.clause, item.instalment or 0)):
        for share in item.shares:
            payer, payee = owners.get(item.clause, (None, None))
            pair = (payer or share.row.payer, payee or share.row.payee)
            if share.row.amount is not None and pair[0] and pair[1]:
                pairs.setdefault((pair[0], pair[1]), []).append(share)
    costs: dict[int, Decimal] = {}
    for one in found.charges:
        costs[one.clause] = costs.get(one.clause, Decimal("0.00")) + one.amount
    return tuple(_account(pair, found_of, found.day, costs) for pair, found_of in pairs.items())


def _account(pair: tuple[str, str], found: Iterable[Share], day: date, costs: dict[int, Decimal]) -> Account:
    found = tuple(found)
    made = sorted(_lines(found, day), key=lambda line: (line.on, list(Entry).index(line.entry)))
    balance, lines = Decimal("0.00"), []
    for line in made:
        balance += line.amount if line.entry is Entry.DUE else -line.amount
        lines.append(
            Line(
                on=line.on,
                entry=line.entry,
                clause=line.clause,
                instalment=line.instalment,
                amount=line.amount,
                balance=balance,
                note=line.note,
            )
        )
    to_come = sum((_amount(share) for share in found if _counts_from(share, day) > day), Decimal("0.00"))
    clauses = {share.row.clause for share in found}
    return Account(
        payer=pair[0],
        payee=pair[1],
        lines=tuple(lines),
        penalty=sum((cost for no, cost in costs.items() if no in clauses), Decimal("0.00")),
        to_come=to_come,
    )


def _lines(found: Iterable[Share], day: date) -> Iterator[Line]:
    due: dict[tuple[int, int | None, date], Decimal] = {}
    for share in found:
        row, settled = share.row, share.settled_on
        since = _counts_from(share, day)
        if since <= day:
            key = (row.clause, row.instalment, since)
            due[key] = due.get(key, Decimal()) + _amount(share)
        if settled is not None and settled <= day:
            note = share.waiver.reason if share.waiver else row.evidence or ""
            entry = Entry.WAIVED if share.waiver else Entry.PAID
            yield _line(settled, entry, row.clause, row.instalment, _amount(share), note)
    for (clause, instalment, since), amount in due.items():
        yield _line(since, Entry.DUE, clause, instalment, amount, "")


def _counts_from(share: Share, day: date) -> date:
    """Day the sum enters the account."""
    settled = share.settled_on
    due = due_day(share.row)
    return min(due, settled) if settled is not None and settled <= day else due


def _amount(share: Share) -> Decimal:
    return share.row.amount or Decimal()


def _line(on: date, entry: Entry, clause: int, part: int | None, amount: Decimal, note: str) -> Line:
    return Line(
        on=on, entry=entry, clause=clause, instalment=part, amount=amount, balance=Decimal(), note=note
    )
