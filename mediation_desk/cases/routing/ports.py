"""What routing needs from storage."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date
from typing import Protocol

from mediation_desk.access.actor import Actor
from mediation_desk.cases.routing.worklist import (
    Counts,
    Load,
    OrderLine,
    OrderQuery,
    SponsoredCase,
    UnheardCase,
    UnreportedRisk,
)
from mediation_desk.parties.covering import CaseNames


class Orders(Protocol):
    """Lists of orders; each reads open orders or those of a period, never the archive."""

    def lines(self, query: OrderQuery) -> tuple[OrderLine, ...]:
        """Open orders that fall due by the end of the period, soonest first, then those done in it."""

    def counts(self, query: OrderQuery) -> Counts:
        """The same, counted."""

    def loads(self, on: date) -> tuple[Load, ...]:
        """Every unit with something open."""

    def undecided(self, limit: int) -> tuple[OrderLine, ...]:
        """Second refusals the duty manager has not decided on."""

    def late(self, due_by: date, limit: int) -> tuple[OrderLine, ...]:
        """Open orders due on or before ``due_by`` that nobody is hurrying."""

    def escalated(self, due_by: date, limit: int) -> tuple[OrderLine, ...]:
        """督办 not answered although due on or before ``due_by``: the second time late."""

    def sponsored(self, limit: int) -> tuple[SponsoredCase, ...]:
        """Open cases with a leading official."""

    def unreported(self, limit: int) -> tuple[UnreportedRisk, ...]:
        """Dangers of open cases that nobody has reported, the oldest first."""

    def unheard(self, limit: int) -> tuple[UnheardCase, ...]:
        """Cases somebody has not heard about, the oldest first."""


class RoutingWork(Protocol):
    """One unit of work over orders."""

    @property
    def names(self) -> CaseNames:
        """Who is named in which case."""

    @property
    def orders(self) -> Orders:
        """Lists of orders."""


class RoutingStorage(Protocol):
    """Opens units of work."""

    def read(self, actor: Actor) -> AbstractContextManager[RoutingWork]:
        """A consistent view that cannot write."""
