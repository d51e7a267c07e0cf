"""The pool of mediators."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, func, insert, select

from db.rows import columns, make
from db.tables.cases import cases
from db.tables.centre import mediators
from db.tables.course import case_mediators
from mediation_desk.cases.lifecycle import OPEN
from mediation_desk.experts.model import MediatorCard


class PoolRepository:
    """Implements ``Pool`` on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, pool_no: str) -> MediatorCard | None:
        """The card with this number, also of somebody who has left."""
        row = self._connection.execute(select(mediators).where(mediators.c.pool_no == pool_no)).mappings()
        found = row.first()
        return make(MediatorCard, found) if found else None

    def cards(self) -> tuple[MediatorCard, ...]:
        """All active cards, by number."""
        query = select(mediators).where(mediators.c.active).order_by(mediators.c.pool_no)
        return tuple(make(MediatorCard, row) for row in self._connection.execute(query).mappings())

    def learn(self, cards: Sequence[MediatorCard]) -> None:
        """Add the cards whose numbers are new."""
        numbers = [card.pool_no for card in cards]
        known = set(
            self._connection.scalars(select(mediators.c.pool_no).where(mediators.c.pool_no.in_(numbers)))
        )
        fresh = [columns(mediators, card) for card in cards if card.pool_no not in known]
        if fresh:
            self._connection.execute(insert(mediators), fresh)

    def running(self) -> dict[str, int]:
        """Open cases per pool number, for the neutral order (§5.4)."""
        query = (
            select(case_mediators.c.pool_no, func.count())
            .join(cases, cases.c.id == case_mediators.c.case_id)
            .where(cases.c.state.in_(OPEN))
            .group_by(case_mediators.c.pool_no)
        )
        return {row.pool_no: row[1] for row in self._connection.execute(query)}
