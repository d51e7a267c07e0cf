"""Do the sums add up: instalments, shares, members, set-off, and what is agreed against what was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import zip_longest

from mediation_desk.agreements.lawful.model import Claimed, Matter
from mediation_desk.agreements.model import Clause, ClauseKind
from mediation_desk.agreements.terms import Share, term_of
from mediation_desk.shared.money import figures

_ALL_DONE = ("再无其他争议", "再无争议", "一次性终结", "再无纠纷")


def instalments(matter: Matter) -> Iterator[tuple[int, str]]:
    """Instalments that are not the sum of their clause."""
    for clause in _payments(matter):
        total = sum((part.amount for part in clause.instalments), Decimal())
        if clause.instalments and total != clause.amount:
            yield clause.no, f"各期合计{figures(total)}元，条款写的是{figures(clause.amount or Decimal())}元"


def shares(matter: Matter) -> Iterator[tuple[int, str]]:
    """Shares of several payers or payees that are not the sum of their clause."""
    for clause in _payments(matter):
        parts = term_of(matter.terms, clause.no).shares
        total = sum((one.amount for one in parts), Decimal())
        if parts and total != clause.amount:
            yield clause.no, f"各人合计{figures(total)}元，条款写的是{figures(clause.amount or Decimal())}元"
        stranger = _stranger(parts, clause)
        if stranger:
            yield clause.no, f"{matter.name_of(stranger)}不在这一条的付款人、收款人里"


def members(matter: Matter) -> Iterator[tuple[int, str]]:
    """The annex of a group against the one payment of the group (LR-19)."""
    for ref, refs in matter.groups:
        known = frozenset(refs)
        rows = [one.parts for one in matter.annex if one.ref in known and one.parts]
        paid = [clause for clause in _payments(matter) if ref in (clause.payer, clause.payee)]
        if not rows or len(paid) != 1:
            continue
        due = [part.amount for part in paid[0].instalments] or [paid[0].amount or Decimal()]
        sums = [sum(column, Decimal()) for column in zip_longest(*rows, fillvalue=Decimal())]
        for number, (want, have) in enumerate(zip_longest(due, sums, fillvalue=Decimal()), start=1):
            if want != have:
                yield paid[0].no, f"第{number}期各成员合计{figures(have)}元，条款写的是{figures(want)}元"
                break


def annex_open(matter: Matter) -> Iterator[tuple[int, str]]:
    """A payment of a group whose annex does not name everybody's part yet."""
    filled = {one.ref for one in matter.annex if one.parts}
    for ref, refs in matter.groups:
        paid = [clause for clause in _payments(matter) if ref in (clause.payer, clause.payee)]
        missing = [one for one in refs if one not in filled]
        if len(paid) == 1 and missing:
            yield paid[0].no, f"{len(refs)}名成员里有{len(missing)}名"


def over_claims(matter: Matter) -> Iterator[tuple[int, str]]:
    """More agreed than asked for: told, not refused."""
    asked = sum((claim.amount or Decimal() for claim in matter.claims), Decimal())
    agreed = sum((clause.amount or Decimal() for clause in _payments(matter)), Decimal())
    if asked and agreed > asked:
        yield 0, f"应付合计{figures(agreed)}元，请求合计{figures(asked)}元，多{figures(agreed - asked)}元"


def set_off(matter: Matter) -> Iterator[tuple[int, str]]:
    """More set off than is owed the other way."""
    for clause in _payments(matter):
        term = term_of(matter.terms, clause.no)
        if not term.set_off_amount:
            continue
        owed = _owed(matter, term.set_off)
        if owed is not None and term.set_off_amount > owed:
            yield clause.no, f"抵销{figures(term.set_off_amount)}元，对方只欠{figures(owed)}元"


def set_off_unknown(matter: Matter) -> Iterator[tuple[int, str]]:
    """A set-off that does not say against what, or against a sum nobody knows."""
    for clause in _payments(matter):
        term = term_of(matter.terms, clause.no)
        if term.set_off_amount and _owed(matter, term.set_off) is None:
            yield clause.no, figures(term.set_off_amount)


def uncovered(matter: Matter) -> Iterator[tuple[int, str]]:
    """A claim neither a clause settles nor the list of open ones names; asked where clauses say what they settle."""
    if not any(term.covers for term in matter.terms):
        return
    for claim in open_claims(matter):
        if claim.ref not in matter.unresolved:
            yield 0, claim.item[:24]


def waiver_though_open(matter: Matter) -> Iterator[tuple[int, str]]:
    """“No other dispute” beside claims left open."""
    if matter.unresolved:
        for clause in matter.clauses:
            word = next((one for one in _ALL_DONE if one in clause.text), "")
            if word:
                yield clause.no, word


def open_claims(matter: Matter) -> tuple[Claimed, ...]:
    """Claims no clause covers."""
    covered = {ref for term in matter.terms for ref in term.covers}
    return tuple(claim for claim in matter.claims if claim.ref not in covered)


def _owed(matter: Matter, against: str) -> Decimal | None:
    """The sum behind ``Q2`` or ``3``."""
    if against.isdigit():
        clause = next((one for one in _payments(matter) if one.no == int(against)), None)
        return clause.amount if clause else None
    claim = next((one for one in matter.claims if one.ref == against), None)
    return claim.amount if claim else None


def _payments(matter: Matter) -> Iterator[Clause]:
    return (clause for clause in matter.clauses if clause.kind is ClauseKind.PAY)


def _stranger(parts: tuple[Share, ...], clause: Clause) -> str:
    known = {*(clause.payer or "").split("+"), *(clause.payee or "").split("+")}
    return next((one.ref for one in parts if one.ref not in known), "")
