"""``ExpertService``: the pool as screens, choosing and the command line see it."""

from __future__ import annotations

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.experts.model import MediatorCard
from mediation_desk.experts.ports import PoolStorage
from mediation_desk.shared.record import record


@record
class PoolEntry:
    """A card with the number of open cases behind it."""

    card: MediatorCard
    running: int


class ExpertService:
    """Reads the expert pool."""

    def __init__(self, storage: PoolStorage) -> None:
        self._storage = storage

    def pool(self, actor: Actor) -> tuple[PoolEntry, ...]:
        """Everybody in the neutral order: fewest open cases first, then by number (§5.4)."""
        actor.require(Permission.EXPERT_READ)
        with self._storage.read() as work:
            running = work.pool.running()
            entries = (
                PoolEntry(card=card, running=running.get(card.pool_no, 0)) for card in work.pool.cards()
            )
            return tuple(sorted(entries, key=lambda entry: (entry.running, entry.card.pool_no)))
