"""What a paper may tell beyond the case file: public cards of the pool, rounds of choosing, disclosures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.across import Printer
from mediation_desk.documents.content import Template
from mediation_desk.experts.choice.ballot import Ballot, Disclosure
from mediation_desk.experts.mediator import Mediator, PublicCard, public_card
from mediation_desk.experts.model import MediatorCard
from mediation_desk.shared.record import record

Cards = Mapping[str, PublicCard]
"""Public cards by pool number."""


@record
class BoundEntry:
    """A line of a volume's catalogue: what lies there, from and to which page, and a remark (副本, 原件附证物袋)."""

    title: str
    first: int
    last: int
    note: str = ""


@record
class Binding:
    """A volume put together: its entries, all its pages (covers and catalogue included), bags of evidence."""

    entries: tuple[BoundEntry, ...]
    pages: int | None = None
    bags: int = 0


@record
class Background:
    """``cards`` give a name to candidates who did not come to the case; the rest stands beside the case file.

    ``today`` is the day a paper that tells how things stand is made, ``binding`` the volume it is bound into.
    ``template`` takes the place of our own layout, ``anchor`` is what the foot of agreements tells of the trail,
    ``printer`` by whose hand the paper comes about.
    """

    cards: Cards = field(default_factory=dict)
    ballots: tuple[Ballot, ...] = ()
    disclosures: tuple[Disclosure, ...] = ()
    today: date | None = None
    template: Template | None = None
    binding: Binding | None = None
    anchor: str = ""
    printer: Printer | None = None


NOTHING = Background()


def cards_for(cards: Iterable[MediatorCard], on: date) -> dict[str, PublicCard]:
    """The public face of plain cards, by number."""
    return {card.pool_no: public_card(Mediator(card=card), on) for card in cards}


def known_cards(file: CaseFile, background: Background) -> dict[str, PublicCard]:
    """Cards of the pool; those appointed to the case as they read on the day of appointment."""
    appointed = {
        mediator.pool_no: public_card(Mediator(card=mediator), mediator.selected_on)
        for mediator in file.mediators
    }
    return {**background.cards, **appointed}
