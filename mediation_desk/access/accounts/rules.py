"""What a centre asks of passwords, how long a desk may stand unattended, and what needs two people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from mediation_desk.shared.assets import built, remembered
from mediation_desk.shared.record import record


@record
class PasswordRule:
    """``least`` signs of ``kinds`` kinds or more, worth ``score`` of 0-4; ``former`` ones not again; ``days`` valid."""

    least: int
    kinds: int
    former: int
    score: int
    days: int


@record
class LockRule:
    """After how long the desk is locked: ``idle`` without a key, and ``absolute`` whatever was done."""

    idle: timedelta
    absolute: timedelta


@record
class TriesRule:
    """``free`` tries at once, then a wait of a minute that doubles with each try up to ``most_minutes``."""

    free: int
    most_minutes: int

    def wait_seconds(self, made: int) -> int:
        """How long after this many tries the next may be made."""
        return 0 if made < self.free else 60 * min(self.most_minutes, 2 ** min(made - self.free, 10))


@record
class AccessRules:
    """``four_eyes``: acts that somebody else must have prepared or must approve."""

    password: PasswordRule
    lock: LockRule
    tries: TriesRule
    four_eyes: frozenset[str]


@remembered
def access_rules() -> AccessRules:
    """The rules of ``access.toml``. Raises ``InputError`` where one is missing or weaker than the program allows."""
    return built("access", _rules)


def _rules(table: Mapping[str, Any]) -> AccessRules:
    password, lock, tries = table["password"], table["lock"], table["tries"]
    return AccessRules(
        password=PasswordRule(
            least=_within(password["least"], 8, 64),
            kinds=_within(password["kinds"], 2, 4),
            former=_within(password["former"], 1, 10),
            score=_within(password["score"], 0, 4),
            days=_within(password["days"], 0, 3650),
        ),
        lock=LockRule(
            idle=timedelta(minutes=_within(lock["idle_minutes"], 1, 15)),
            absolute=timedelta(hours=_within(lock["absolute_hours"], 1, 12)),
        ),
        tries=TriesRule(
            free=_within(tries["free"], 1, 5), most_minutes=_within(tries["most_minutes"], 20, 1440)
        ),
        four_eyes=frozenset(table["four_eyes"]["acts"]),
    )


def _within(value: int, least: int, most: int) -> int:
    if not least <= value <= most:
        raise ValueError(value)
    return value
