"""Offers as chains: proposed, countered, withdrawn, accepted. Where an offer stands follows from the lines alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum

from mediation_desk.hearings.board.notes import Note, NoteKind, Terms
from mediation_desk.shared.record import record

SideOf = Callable[[str], str | None]
"""The party a speaker speaks for; None for mediators, recorder and guests."""


class OfferStatus(StrEnum):
    """Where an offer stands."""

    PROPOSED = "提出"
    COUNTERED = "还价"
    WITHDRAWN = "撤回"
    ACCEPTED = "接受"


@record
class Offer:
    """One offer of the case. ``waits_for`` are the parties whose yes is still missing."""

    no: int
    by: str
    text: str
    at: date
    status: OfferStatus
    issue: int | None = None
    answers: int | None = None
    payer: str | None = None
    payee: str | None = None
    amount: Decimal | None = None
    due_on: date | None = None
    accepted_by: tuple[str, ...] = ()
    accepted_on: date | None = None
    waits_for: tuple[str, ...] = ()
    is_joint: bool = True


def offers(notes: Iterable[Note], parties: Iterable[str], side_of: SideOf) -> tuple[Offer, ...]:
    """Every offer that was not struck, in the order made; ``parties`` are the refs of the case."""
    lines = [note for note in notes if note.kind is NoteKind.OFFER and note.counts]
    countered = {note.answers for note in lines if note.withdrawn is None}
    everybody = tuple(parties)
    return tuple(_offer(note, note.no in countered, everybody, side_of) for note in lines)


def chains(found: Iterable[Offer]) -> tuple[tuple[Offer, ...], ...]:
    """Offers in chains from the first proposal to the last counter-offer; a fork begins a chain of its own."""
    made: list[list[Offer]] = []
    by_end: dict[int, list[Offer]] = {}
    for offer in found:
        chain = by_end.pop(offer.answers, None) if offer.answers is not None else None
        if chain is None:
            chain = []
            made.append(chain)
        chain.append(offer)
        by_end[offer.no] = chain
    return tuple(map(tuple, made))


def concerned(terms: Terms | None, parties: tuple[str, ...]) -> tuple[str, ...]:
    """Whose yes an offer needs: who would pay and be paid; where it does not say, every party."""
    named = (
        [ref for joined in (terms.payer, terms.payee) if joined for ref in joined.split("+")] if terms else []
    )
    return tuple(dict.fromkeys(named)) or parties


def _offer(note: Note, countered: bool, parties: tuple[str, ...], side_of: SideOf) -> Offer:
    terms = note.terms or Terms()
    proposer = side_of(note.speaker)
    agreed = {*note.accepted_by, *((proposer,) if proposer else ())}
    missing = tuple(ref for ref in concerned(note.terms, parties) if ref not in agreed)
    return Offer(
        no=note.no,
        by=note.speaker,
        text=note.text,
        at=note.at.date(),
        status=_status(note, countered, missing),
        issue=note.issue,
        answers=note.answers,
        payer=terms.payer,
        payee=terms.payee,
        amount=terms.amount,
        due_on=terms.due_on,
        accepted_by=note.accepted_by,
        accepted_on=note.accepted_on,
        waits_for=() if note.withdrawn else missing,
        is_joint=note.is_joint,
    )


def _status(note: Note, countered: bool, missing: tuple[str, ...]) -> OfferStatus:
    if note.withdrawn is not None:
        return OfferStatus.WITHDRAWN
    if note.accepted_by and not missing:
        return OfferStatus.ACCEPTED
    return OfferStatus.COUNTERED if countered else OfferStatus.PROPOSED
