"""How often backups are made, how many are kept, and when somebody is alarmed (``backup.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from mediation_desk.shared.assets import built, remembered
from mediation_desk.shared.record import record


@record
class Keep:
    """All of the last ``hours``, the newest of so many days, weeks and months; ``upgrade_days``: before upgrades."""

    hours: int
    daily: int
    weekly: int
    monthly: int
    upgrade_days: int


@record
class BackupRules:
    """``every``: how long changes may wait; ``alarm``: so long without a good backup; ``drill``: between trials."""

    every: timedelta
    alarm: timedelta
    drill: timedelta
    keep: Keep


@remembered
def backup_rules() -> BackupRules:
    """The rules of ``backup.toml``. Raises ``InputError`` where one is missing or out of bounds."""
    return built("backup", _rules)


def _rules(table: Mapping[str, Any]) -> BackupRules:
    keep = table["keep"]
    return BackupRules(
        every=timedelta(minutes=_within(table["every_minutes"], 5, 1440)),
        alarm=timedelta(days=_within(table["alarm_days"], 1, 31)),
        drill=timedelta(days=_within(table["drill_days"], 1, 92)),
        keep=Keep(
            hours=_within(keep["hours"], 0, 720),
            daily=_within(keep["daily"], 1, 366),
            weekly=_within(keep["weekly"], 0, 260),
            monthly=_within(keep["monthly"], 0, 120),
            upgrade_days=_within(keep["upgrade_days"], 30, 366),
        ),
    )


def _within(value: int, least: int, most: int) -> int:
    if not least <= value <= most:
        raise ValueError(value)
    return value
