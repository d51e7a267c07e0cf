"""What a clause is made of beyond the exchange format: one ``Term`` beside each clause of a composed agreement."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from mediation_desk.shared.record import record


@record
class Share:
    """What one of several payers or payees, or one clause, carries of a sum, in yuan."""

    ref: str
    amount: Decimal


@record
class Term:
    """How clause number ``clause`` of the agreement came about and what its text follows from.

    offer: number of the accepted offer of the session board it was made of; entry: key of the clause library;
    with neither somebody wrote it freely.
    covers: refs of the claims the clause settles; what is covered by no clause stays open.
    what: the thing done, not done, confirmed …, as typed; ``refrain`` makes it a promise not to do it.
    edited: the text was changed by hand and no longer follows the structure.
    interest: percent a year on ``interest_base`` from ``interest_from``; ``lent_on`` is the day of the contract
    whose one-year LPR caps it (民间借贷规定 art. 25).
    grace_days: days an instalment may be late before the rest falls due; penalty: 万分之 a day of what is unpaid.
    set_off: ref of the claim (Q2) or number of the clause the sum was set off against, ``set_off_amount`` in
    yuan; the amount of the clause is what is left to pay.
    monthly: yuan a month from ``first_month`` (``2026-07``) on for ``months`` months, each by ``pay_day``; the amount
    of the clause is all of them, its day the last one.
    shares: what each of several payers or payees carries; those of a group stand with its members.
    """

    clause: int
    offer: int | None = None
    entry: str = ""
    covers: tuple[str, ...] = ()
    what: str = ""
    refrain: bool = False
    purpose: str = ""
    manner: str = ""
    place: str = ""
    edited: bool = False
    interest: Decimal | None = None
    interest_from: date | None = None
    interest_base: str = ""
    lent_on: date | None = None
    grace_days: int | None = None
    penalty: Decimal | None = None
    set_off: str = ""
    set_off_amount: Decimal | None = None
    monthly: Decimal | None = None
    first_month: str = ""
    months: int | None = None
    pay_day: int | None = None
    articles: tuple[str, ...] = ()
    shares: tuple[Share, ...] = ()


@record
class Looked:
    """Somebody looked at one finding of the checklist and answers for it; another sentence asks anew."""

    code: str
    says: str
    by: str
    on: date


@record
class MemberParts:
    """What one member of a group gets or pays under the agreement, instalment by instalment, in yuan."""

    ref: str
    parts: tuple[Decimal, ...]


def term_of(terms: tuple[Term, ...], clause: int) -> Term:
    """The term beside clause ``clause``; an empty one for a clause somebody wrote elsewhere."""
    return next((term for term in terms if term.clause == clause), Term(clause=clause, edited=True))
