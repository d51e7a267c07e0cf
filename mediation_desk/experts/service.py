"""``ExpertService``: the pool as screens, choosing and the command line see it."""

from __future__ import annotations

import re

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.experts.model import MediatorCard
from mediation_desk.experts.ports import PoolStorage
from mediation_desk.shared.clock import Clock
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record
from mediation_desk.shared.text import canonical

_NUMBER = re.compile(r"[MGJ]\d{2,4}")


@record
class PoolEntry:
    """A card with the number of open cases behind it."""

    card: MediatorCard
    running: int


class ExpertService:
    """The expert pool: who is in it, and engaging one more."""

    def __init__(self, storage: PoolStorage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    def pool(self, actor: Actor) -> tuple[PoolEntry, ...]:
        """Everybody in the neutral order: fewest open cases first, then by number (§5.4)."""
        actor.require(Permission.EXPERT_READ)
        with self._storage.read() as work:
            running = work.pool.running()
            entries = (
                PoolEntry(card=card, running=running.get(card.pool_no, 0)) for card in work.pool.cards()
            )
            return tuple(sorted(entries, key=lambda entry: (entry.running, entry.card.pool_no)))

    def engage(self, actor: Actor, card: MediatorCard) -> None:
        """Take a mediator into the pool. Raises ``InputError`` naming the field; a number is never given twice."""
        actor.require(Permission.EXPERT_ENGAGE)
        if not _NUMBER.fullmatch(card.pool_no):
            raise InputError("编号应为 M、G 或 J 加两到四位数字，如 M01。", field="pool_no")
        if not len(canonical(card.name, "姓名", multiline=False, longest=50).strip()) >= 2:
            raise InputError("请填写姓名，两个字以上。", field="name")
        if not card.specialties:
            raise InputError("请填写擅长的领域，几个用顿号隔开。", field="specialties")
        with self._storage.write() as work:
            if work.pool.find(card.pool_no) is not None:
                raise InputError(f"编号{card.pool_no}已有人使用。", field="pool_no")
            work.pool.learn([card])
            details: dict[str, object] = {"pool_no": card.pool_no}
            work.audit.write(at=self._clock(), account=actor.account, action="expert.engage", details=details)
