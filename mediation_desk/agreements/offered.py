"""Clauses made of accepted offers, and clauses whose offer is no longer accepted (T-12)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol

from mediation_desk.agreements.model import Clause, ClauseKind
from mediation_desk.agreements.terms import Term
from mediation_desk.shared.record import record

ACCEPTED = "接受"


class Offered(Protocol):
    """An offer of the session board as agreements see it."""

    @property
    def no(self) -> int:
        """Its number, unique in the case."""
        ...

    @property
    def by(self) -> str:
        """Ref of who made it."""
        ...

    @property
    def text(self) -> str:
        """What was offered, in the words of the board."""
        ...

    @property
    def amount(self) -> Decimal | None:
        """Sum in yuan, where one was named."""
        ...

    @property
    def payer(self) -> str | None:
        """Refs joined by ``+``."""
        ...

    @property
    def payee(self) -> str | None:
        """Refs joined by ``+``."""
        ...

    @property
    def due_on(self) -> date | None:
        """By when."""
        ...

    @property
    def status(self) -> str:
        """提出, 还价, 撤回 or 接受."""
        ...


@record
class Ghost:
    """A clause that rests on an offer nobody stands by any more; ``says`` is one sentence for screen and refusal."""

    clause: int
    offer: int
    status: str
    says: str


def accepted(offers: Iterable[Offered], terms: Sequence[Term] = ()) -> tuple[Offered, ...]:
    """Accepted offers no clause has been made of yet."""
    used = {term.offer for term in terms}
    return tuple(offer for offer in offers if offer.status == ACCEPTED and offer.no not in used)


def ghosts(terms: Iterable[Term], offers: Iterable[Offered]) -> tuple[Ghost, ...]:
    """Clauses whose offer was withdrawn, countered, or never accepted."""
    standing = {offer.no: str(offer.status) for offer in offers}
    found = []
    for term in terms:
        if term.offer is None or standing.get(term.offer) == ACCEPTED:
            continue
        status = standing.get(term.offer, "")
        what = f"现为“{status}”" if status else "已不在调解记录里"
        says = f"第{term.clause}条出自方案{term.offer}，这个方案{what}，不是各方接受的"
        found.append(Ghost(clause=term.clause, offer=term.offer, status=status, says=says))
    return tuple(found)


def made_of(offer: Offered, purpose: str = "", manner: str = "") -> tuple[Clause, Term]:
    """Clause and term an accepted offer becomes, both with number 0; its words stay where it names no payment."""
    payer, payee = offer.payer or None, offer.payee or None
    pays = bool(offer.amount and payer and payee)
    clause = Clause(
        no=0,
        kind=ClauseKind.PAY if pays else ClauseKind.ACT,
        text="" if pays else offer.text,
        payer=payer,
        payee=payee if pays else None,
        amount=offer.amount if pays else None,
        due_on=offer.due_on,
    )
    term = Term(
        clause=0,
        offer=offer.no,
        what="" if pays else offer.text,
        purpose=purpose if pays else "",
        manner=manner if pays else "",
    )
    return clause, term
