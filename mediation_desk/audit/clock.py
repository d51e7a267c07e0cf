"""Clocks that jump: the order of entries is their number, but a jump is put on record."""

from __future__ import annotations

from datetime import datetime
from time import monotonic

from mediation_desk.audit.rules import audit_rules

JUMPED = "电脑的时钟{way}了{much}，已经记入审计记录：请核对日期和时间，登记的时间可能不对。"
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400


def jumped(seconds: int) -> str:
    """The sentence for a clock that went wrong by so many seconds, "" for none."""
    if not seconds:
        return ""
    count, unit = next(
        (abs(seconds) // size, unit)
        for size, unit in ((_DAY, "天"), (_HOUR, "小时"), (_MINUTE, "分钟"), (1, "秒"))
        if abs(seconds) >= size
    )
    return JUMPED.format(way="倒退" if seconds < 0 else "快进", much=f"{count}{unit}")


class ClockWatch:
    """Compares the wall clock of what is written with a clock nobody can set."""

    def __init__(self) -> None:
        self._last: tuple[datetime, float] | None = None
        self.last_jump = 0

    def jump(self, at: datetime, before: datetime | None) -> int:
        """Seconds by which the clock went wrong since the last entry, 0 where it went as it should.

        Backwards is seen against the last entry of the chain, forwards against this program's own stopwatch: that
        nobody wrote anything overnight is no jump.
        """
        if found := self._found(at, before):
            self.last_jump = found
        return found

    def _found(self, at: datetime, before: datetime | None) -> int:
        allowed, now = audit_rules(), monotonic()
        last, self._last = self._last, (at, now)
        if before is not None and (back := (at - before).total_seconds()) < -allowed.backwards_seconds:
            return round(back)
        if last is None:
            return 0
        gained = (at - last[0]).total_seconds() - (now - last[1])
        return round(gained) if gained > allowed.forwards_seconds else 0
