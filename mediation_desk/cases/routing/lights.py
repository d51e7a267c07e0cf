"""Traffic lights on a day something is due (§4.3); the distances are data (``rules/supervision.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from mediation_desk.shared.assets import built
from mediation_desk.shared.record import record


class Light(StrEnum):
    """How near the day is; the word stands beside the colour."""

    NONE = "未定期限"
    GREEN = "正常"
    REMIND = "提醒"
    YELLOW = "黄灯"
    RED = "红灯"
    OVERDUE = "逾期"


@record
class Distances:
    """Days before the due day for reminder and yellow, and days after it for the 督办单."""

    remind: int
    yellow: int
    supervise: int


def distances() -> Distances:
    """As the centre set them. Raises ``InputError`` for a faulty rule file."""
    return built("supervision", _distances)


def light(due_on: date | None, on: date) -> Light:
    """The light of something due on ``due_on``, seen on ``on``."""
    if due_on is None:
        return Light.NONE
    rule, left = distances(), (due_on - on).days
    if left <= -rule.supervise:
        return Light.OVERDUE
    if left <= 0:
        return Light.RED
    if left <= rule.yellow:
        return Light.YELLOW
    return Light.REMIND if left <= rule.remind else Light.GREEN


def _distances(data: Mapping[str, Any]) -> Distances:
    return Distances(remind=int(data["remind"]), yellow=int(data["yellow"]), supervise=int(data["supervise"]))
