"""All records of the pool, read once and again only after somebody changed one."""

from __future__ import annotations

from mediation_desk.experts.mediator import Mediator
from mediation_desk.experts.ports import PoolWork


class Roster:
    """Remembers the pool by its revision. Only for reading units: a unit that rolls back gives revisions twice."""

    def __init__(self) -> None:
        self._seen: tuple[int, tuple[Mediator, ...]] | None = None

    def forget(self) -> None:
        """Nobody sits at the desk: read again when somebody does."""
        self._seen = None

    def mediators(self, work: PoolWork) -> tuple[Mediator, ...]:
        """Every record by number, as this unit of work sees them."""
        revision = work.pool.revision()
        seen = self._seen
        if seen is None or seen[0] != revision:
            seen = self._seen = (revision, work.pool.mediators())
        return seen[1]
