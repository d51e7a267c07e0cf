"""When the desk locks by itself: ``rules/access.toml``, section ``[lock]``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mediation_desk.shared.assets import built
from mediation_desk.shared.record import record

_LEAST, _MOST = 1, 15
_LONGEST_HOURS = 8


@record
class LockRules:
    """``idle_minutes`` from 1 to 15, ``absolute_hours`` up to 8."""

    idle_minutes: int
    absolute_hours: int


def lock_rules() -> LockRules:
    """The rules in force here. Raises ``InputError`` when the centre's own file is incomplete or out of bounds."""
    return built("access", _rules)


def _rules(data: Mapping[str, Any]) -> LockRules:
    made = LockRules(
        idle_minutes=int(data["lock"]["idle_minutes"]), absolute_hours=int(data["lock"]["absolute_hours"])
    )
    if not (_LEAST <= made.idle_minutes <= _MOST and 1 <= made.absolute_hours <= _LONGEST_HOURS):
        raise ValueError("out of bounds")
    return made
