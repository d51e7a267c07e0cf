"""How often a password may be tried (S3): five times at once, then after waits nobody can shorten.

The wait runs on a clock that setting the time does not move. It cannot be shortened by a restart either: after one
that clock reads less than when the wait began, or the boot bears another mark, and the wait starts anew.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from mediation_desk.access.accounts.rules import TriesRule
from mediation_desk.shared.errors import PermissionDenied
from mediation_desk.shared.record import record

_BOOT = Path("/proc/sys/kernel/random/boot_id")


@record
class Tick:
    """A reading of a clock nobody sets: ``seconds`` since the start of something that bears the mark ``boot``."""

    boot: str
    seconds: float


@record
class Refusal:
    """A try that did not open anything; ``who`` as in ``who()``."""

    who: str
    at: datetime


Ticker = Callable[[], Tick]


@record
class Tries:
    """Tries at one name since the last that was right: the last was made at ``since``."""

    count: int
    since: Tick


class TooManyTries(PermissionDenied):
    """The name has to wait; ``seconds`` at the least."""

    def __init__(self, seconds: float) -> None:
        minutes = max(1, -int(-seconds // 60))
        super().__init__(f"尝试次数过多，请在{minutes}分钟以后再试，或者请系统管理员重置口令。")
        self.seconds = seconds


def machine_tick() -> Tick:
    """The clock of this machine since it was switched on, sleep included where the system counts it."""
    clock: int | None = getattr(time, "CLOCK_BOOTTIME", None)  # Linux; elsewhere the mark stays empty
    if clock is None:
        return Tick(boot="", seconds=time.monotonic())
    return Tick(boot=_boot(), seconds=time.clock_gettime(clock))


def who(name: str) -> str:
    """Under what tries at ``name`` are counted: people type passwords where the name belongs, so never the word."""
    return hashlib.sha256(f"mediation-desk/sign-in/{name}".encode()).hexdigest()


def next_try(made: Tries | None, now: Tick, rule: TriesRule) -> tuple[Tries, float]:
    """The tries with one more at ``now``, and 0; or where it must wait the tries unchanged, and the seconds left."""
    if made is None:
        return Tries(count=1, since=now), 0
    wait = rule.wait_seconds(made.count)
    if not wait:
        return Tries(count=made.count + 1, since=now), 0
    if now.boot != made.since.boot or now.seconds < made.since.seconds:
        return Tries(count=made.count, since=now), wait
    left = wait - (now.seconds - made.since.seconds)
    return (made, left) if left > 0 else (Tries(count=made.count + 1, since=now), 0)


def _boot() -> str:
    try:
        return _BOOT.read_text(encoding="ascii").strip()
    except OSError:
        return ""
