"""The items of an agreement as they stand on a day: who owes whom what, done, late, forgiven, left, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from mediation_desk.agreements.default import (
    Acceleration,
    Charge,
    DefaultTerms,
    acceleration_of,
    charges,
)
from mediation_desk.agreements.keeping import Urging, Waiver
from mediation_desk.agreements.model import Clause, ClauseKind, Performance, Recurring
from mediation_desk.agreements.performance import due_day
from mediation_desk.agreements.recurring import unlisted
from mediation_desk.agreements.settling import Share, refs, shares, total
from mediation_desk.shared.record import record


class ItemStatus(StrEnum):
    """How a whole item stands on a day; a row by itself has the words of the format (``PerformanceStatus``)."""

    AT_ONCE = "即时履行"
    ON_TIME = "按期履行"
    LATE = "逾期履行"
    WAIVED = "已免除"
    NOT_DUE = "未到期"
    PARTLY = "部分履行"
    TODAY = "今日到期"
    OVERDUE = "逾期未履行"
    PARTLY_OVERDUE = "逾期部分履行"

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left of it."""
        return self in _SETTLED

    @property
    def is_overdue(self) -> bool:
        """Whether it is broken: the day is over and something is left."""
        return self in (ItemStatus.OVERDUE, ItemStatus.PARTLY_OVERDUE)


_SETTLED = (ItemStatus.AT_ONCE, ItemStatus.ON_TIME, ItemStatus.LATE, ItemStatus.WAIVED)


@record
class Promises:
    """One agreement with what happened to it; ``terms`` say what follows a breach."""

    clauses: tuple[Clause, ...]
    rows: tuple[Performance, ...]
    recurring: tuple[Recurring, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    urgings: tuple[Urging, ...] = ()
    effective_on: date | None = None
    terms: DefaultTerms = DefaultTerms()


@record
class Item:
    """One instalment, payment or act as it stands on a day. Amounts in yuan, None for an act.

    ``due_on`` is what was written, ``falls_due`` the day that counts; ``late_days`` how late it was done or is;
    ``urged`` how often its debtor was urged since it was due; ``members`` those of a group a rest concerns;
    ``monthly``: one of the payments of a clause that fall due month by month.
    """

    clause: int
    instalment: int | None
    payer: str | None
    payee: str | None
    due_on: date
    falls_due: date
    amount: Decimal | None
    paid: Decimal
    waived: Decimal
    remaining: Decimal | None
    done_on: date | None
    status: ItemStatus
    late_days: int
    urged: int
    shares: tuple[Share, ...]
    why: str
    monthly: bool = False

    @property
    def part(self) -> tuple[int, int | None]:
        """Clause and instalment."""
        return self.clause, self.instalment

    @property
    def evidence(self) -> str:
        """The proofs of its payments, each once."""
        return "、".join(dict.fromkeys(one.row.evidence for one in self.shares if one.row.evidence))

    @property
    def members(self) -> tuple[str, ...]:
        """Members of a group still concerned, where the rows name them."""
        return tuple(ref for one in self.shares if one.settled_on is None for ref in one.row.members)


@record
class Standing:
    """An agreement on a day: its items in the order they fall due, acceleration and penalty."""

    day: date
    items: tuple[Item, ...]
    acceleration: Acceleration | None
    charges: tuple[Charge, ...]

    @property
    def overdue(self) -> tuple[Item, ...]:
        """Items broken on that day."""
        return tuple(item for item in self.items if item.status.is_overdue)

    @property
    def penalty(self) -> Decimal:
        """The penalty to the day in yuan."""
        return sum((one.amount for one in self.charges), Decimal("0.00"))

    @property
    def due(self) -> Decimal:
        """What fell due up to the day, in yuan."""
        return sum((item.amount or Decimal() for item in self._fallen), Decimal("0.00"))

    @property
    def paid(self) -> Decimal:
        """What was paid of it."""
        return sum((item.paid for item in self._fallen), Decimal("0.00"))

    @property
    def waived(self) -> Decimal:
        """What was forgiven of it."""
        return sum((item.waived for item in self._fallen), Decimal("0.00"))

    @property
    def _fallen(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.falls_due <= self.day)

    @property
    def pending(self) -> tuple[Item, ...]:
        """Items not settled; of a payment month by month those due and the next one only."""
        ahead: set[int] = set()
        found = []
        for item in self.items:
            later = item.monthly and item.falls_due > self.day
            if not item.status.is_settled and not (later and item.clause in ahead):
                found.append(item)
                ahead |= {item.clause} if later else set()
        return tuple(found)

    @property
    def settled(self) -> tuple[Item, ...]:
        """Items with something paid, done or forgiven, the last first."""
        begun = [item for item in self.items if any(share.settled_on for share in item.shares)]
        return tuple(reversed(begun))

    def open_of(self, ref: str) -> tuple[Item, ...]:
        """Broken items this party owes, alone or with others."""
        return tuple(item for item in self.overdue if ref in refs(item.payer))


def standing(promises: Promises, day: date) -> Standing:
    """How everything promised stands at the end of ``day``; what was done or forgiven later is still owed then."""
    listed = (*promises.rows, *unlisted(promises.recurring, promises.clauses, promises.rows))
    rows = tuple(_as_seen(row, day) for row in listed)
    as_seen = shares(rows, [waiver for waiver in promises.waivers if waiver.on <= day])
    found = acceleration_of(as_seen, promises.clauses, promises.terms.acceleration, day)
    payments = {clause.no for clause in promises.clauses if clause.kind is ClauseKind.PAY}
    parts: dict[tuple[int, int | None], list[Share]] = {}
    for share in as_seen:
        parts.setdefault((share.row.clause, share.row.instalment), []).append(share)
    items = (_item(tuple(part), promises, day) for part in parts.values())
    return Standing(
        day=day,
        items=tuple(sorted(items, key=lambda item: (item.falls_due, item.clause, item.instalment or 0))),
        acceleration=found,
        charges=charges(
            [share for share in as_seen if share.row.clause in payments], promises.terms.penalty, day
        ),
    )


def _item(part: Sequence[Share], promises: Promises, day: date) -> Item:
    first = part[0].row
    owed = [share.row for share in part if share.settled_on is None]
    done = [share.row for share in part if share.row.done_on is not None]
    waived = [share for share in part if share.waiver is not None]
    clause = next((one for one in promises.clauses if one.no == first.clause), None)
    falls_due = max(map(due_day, owed), default=max(due_day(share.row) for share in part))
    last = max((row.done_on for row in done if row.done_on), default=None)
    status = _status(part, owed, done, falls_due, day, promises.effective_on)
    late = (day if owed else last or falls_due) - falls_due
    debtors = refs(clause.payer if clause and clause.payer else first.payer)
    urged = sum(one.of in debtors and falls_due < one.on <= day for one in promises.urgings)
    is_money = first.amount is not None
    return Item(
        clause=first.clause,
        instalment=first.instalment,
        payer=_joined(share.row.payer for share in part),
        payee=first.payee,
        due_on=first.due_on,
        falls_due=falls_due,
        amount=total(share.row for share in part) if is_money else None,
        paid=total(done),
        waived=total(share.row for share in waived),
        remaining=total(owed) if is_money else None,
        done_on=None if owed else last,
        status=status,
        late_days=max(late.days, 0),
        urged=urged,
        shares=tuple(part),
        why=_why(first, falls_due, waived),
        monthly=first.clause in {one.clause for one in promises.recurring},
    )


def _status(
    part: Sequence[Share],
    owed: Sequence[Performance],
    done: Sequence[Performance],
    falls_due: date,
    day: date,
    effective_on: date | None,
) -> ItemStatus:
    if owed:
        if falls_due < day:
            return ItemStatus.PARTLY_OVERDUE if done else ItemStatus.OVERDUE
        if falls_due == day:
            return ItemStatus.TODAY
        return ItemStatus.PARTLY if done else ItemStatus.NOT_DUE
    if not done:
        return ItemStatus.WAIVED
    if any(row.done_on is not None and row.done_on > due_day(row) for row in done):
        return ItemStatus.LATE
    at_once = all(row.done_on == row.due_on == effective_on for row in done)
    return ItemStatus.AT_ONCE if at_once and len(done) == len(part) else ItemStatus.ON_TIME


def _as_seen(row: Performance, day: date) -> Performance:
    """What was done later is open on that day."""
    return replace(row, done_on=None, evidence=None) if row.done_on is not None and row.done_on > day else row


def _joined(payers: Iterable[str | None]) -> str | None:
    """Everybody who pays a part of it, once and in order."""
    return "+".join(dict.fromkeys(ref for joined in payers for ref in refs(joined))) or None


def _why(row: Performance, falls_due: date, waived: Sequence[Share]) -> str:
    part = f"第{row.instalment}期" if row.instalment else ""
    words = f"协议第{row.clause}条{part}写明{row.due_on.isoformat()}"
    if falls_due < row.due_on:
        words += f"，加速到期，自{falls_due.isoformat()}起应付"
    reasons = [f"{one.waiver.on.isoformat()}免除（{one.waiver.reason}）" for one in waived if one.waiver]
    return "；".join((words, *dict.fromkeys(reasons)))
