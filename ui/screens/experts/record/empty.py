"""A record with nothing in it yet, for the form that engages somebody."""

from __future__ import annotations

from dataclasses import replace

from mediation_desk.experts.mediator import Mediator
from mediation_desk.experts.model import Employment, MediatorCard
from mediation_desk.parties.model import Gender
from ui.screens.base import Context


def empty_record(context: Context) -> Mediator:
    """A record with nothing in it but the centre's first body."""
    bodies = context.services.centre.bodies
    card = MediatorCard(
        pool_no="",
        name="",
        gender=Gender.MALE,
        organisation=bodies[0][1].name if bodies else "",
        employment=Employment.FULL_TIME,
    )
    return Mediator(card=card)


def with_number(mediator: Mediator) -> Mediator:
    """The number in capitals, however it was typed."""
    return replace(mediator, card=replace(mediator.card, pool_no=mediator.pool_no.upper()))
