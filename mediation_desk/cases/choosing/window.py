"""``WindowService``: what the public window may do besides showing a ballot paper: be left with the staff PIN."""

from __future__ import annotations

from datetime import datetime, timedelta

from mediation_desk.access import pin as pins
from mediation_desk.access.actor import PROGRAM, Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.cases.choosing.window_rules import window_rules
from mediation_desk.experts.ports import PoolStorage, PoolWork
from mediation_desk.shared.clock import Clock
from mediation_desk.shared.errors import RuleError

_PIN, _TRIES = "window.pin", "window.tries"


class WindowService:
    """The PIN is the centre's, kept as a hash; wrong tries are counted across restarts and slow down."""

    def __init__(self, storage: PoolStorage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    def has_pin(self) -> bool:
        """Whether a PIN has been set; without one the window cannot be opened."""
        with self._storage.read(PROGRAM) as work:
            return bool(work.notes.get(_PIN))

    def set_pin(self, actor: Actor, pin: str) -> None:
        """Set or change the PIN. Raises ``InputError`` for one too short or too plain."""
        actor.require(Permission.CHOICE_HOLD)
        stored = pins.hashed(pin)
        with self._storage.write(actor) as work:
            work.notes.put(_PIN, stored)
            work.notes.put(_TRIES, None)
            work.audit.write(at=self._clock(), account=actor.account, action="window.pin")

    def may_leave(self, actor: Actor, pin: str) -> bool:
        """Whether the PIN is right. Raises ``RuleError`` while too many wrong tries make it wait."""
        actor.require(Permission.CHOICE_HOLD)
        with self._storage.write(actor) as work:
            failed, waited = self._tries(work)
            if waited is not None and self._clock() < waited:
                seconds = max(int((waited - self._clock()).total_seconds()), 1)
                raise RuleError(f"口令输错太多次，请{seconds}秒后再试。", rule="PIN")
            right = pins.matches(str(work.notes.get(_PIN) or ""), pin)
            self._count(work, 0 if right else failed + 1)
            action = "window.leave" if right else "window.refused"
            work.audit.write(at=self._clock(), account=actor.account, action=action)
            return right

    def _tries(self, work: PoolWork) -> tuple[int, datetime | None]:
        kept = work.notes.get(_TRIES) or {}
        waited = kept.get("until")
        return int(kept.get("failed", 0)), datetime.fromisoformat(waited) if waited else None

    def _count(self, work: PoolWork, failed: int) -> None:
        rules = window_rules()
        until = self._clock() + timedelta(seconds=rules.pin_wait) if failed >= rules.pin_tries else None
        work.notes.put(
            _TRIES, {"failed": failed, "until": until.isoformat() if until else None} if failed else None
        )
