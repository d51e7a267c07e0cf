"""Which part of each promise was paid, forgiven or is still owed; rows and waivers read together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from mediation_desk.agreements.keeping import Waiver
from mediation_desk.agreements.model import Clause, Performance, Recurring
from mediation_desk.agreements.recurring import unlisted
from mediation_desk.shared.record import record


@record
class Share:
    """A row or the part of an open row that one waiver forgives (``waiver``); amounts of shares never overlap."""

    row: Performance
    waiver: Waiver | None = None

    @property
    def settled_on(self) -> date | None:
        """Day it was done or forgiven; None while it is owed."""
        return self.row.done_on or (self.waiver.on if self.waiver else None)


def refs(joined: str | None) -> tuple[str, ...]:
    """Party references joined by ``+``."""
    return tuple(joined.split("+")) if joined else ()


def shares(rows: Sequence[Performance], waivers: Iterable[Waiver]) -> tuple[Share, ...]:
    """Every row, open ones split where a waiver forgives a part; the sums stay those of the rows."""
    left: list[Share] = [Share(row=row) for row in rows]
    for waiver in waivers:
        left = list(_forgiven(left, waiver))
    return tuple(left)


def still_owed(
    rows: Sequence[Performance],
    waivers: Sequence[Waiver] = (),
    recurring: Sequence[Recurring] = (),
    clauses: Sequence[Clause] = (),
) -> tuple[Performance, ...]:
    """Open rows less what was forgiven, and the months no row speaks of yet."""
    if not waivers:
        kept = tuple(row for row in rows if row.done_on is None)
    else:
        found = shares(rows, waivers)
        kept = tuple(share.row for share in found if share.settled_on is None)
    return (*kept, *unlisted(recurring, clauses, rows)) if recurring else kept


def total(rows: Iterable[Performance]) -> Decimal:
    """Their sum in yuan; acts count nothing."""
    return sum((row.amount for row in rows if row.amount is not None), Decimal("0.00"))


def concerns(waiver: Waiver, row: Performance) -> bool:
    """Whether the waiver speaks of this row."""
    if (row.clause, row.instalment) != (waiver.clause, waiver.instalment):
        return False
    return waiver.payer is None or waiver.payer == row.payer or waiver.payer in refs(row.payer)


def _forgiven(found: Iterable[Share], waiver: Waiver) -> Iterator[Share]:
    left = waiver.amount
    for share in found:
        row = share.row
        if share.settled_on is not None or not concerns(waiver, row) or left == 0:
            yield share
        elif row.amount is None or left is None or row.amount <= left:
            yield Share(row=row, waiver=waiver)
            left = left - row.amount if left is not None and row.amount is not None else left
        else:
            yield Share(row=replace(row, amount=left), waiver=waiver)
            yield Share(row=replace(row, amount=row.amount - left))
            left = Decimal()
