"""Clocks that jump: the order of entries is their number, but a jump is put on record."""

from __future__ import annotations

from datetime import datetime
from time import monotonic

from mediation_desk.audit.rules import audit_rules


class ClockWatch:
    """Compares the wall clock of what is written with a clock nobody can set."""

    def __init__(self) -> None:
        self._last: tuple[datetime, float] | None = None

    def jump(self, at: datetime, before: datetime | None) -> int:
        """Seconds by which the clock went wrong since the last entry, 0 where it went as it should.

        Backwards is seen against the last entry of the chain, forwards against this program's own stopwatch: that
        nobody wrote anything overnight is no jump.
        """
        allowed, now = audit_rules(), monotonic()
        last, self._last = self._last, (at, now)
        if before is not None and (back := (at - before).total_seconds()) < -allowed.backwards_seconds:
            return round(back)
        if last is None:
            return 0
        gained = (at - last[0]).total_seconds() - (now - last[1])
        return round(gained) if gained > allowed.forwards_seconds else 0
