"""Traffic lights: how near a deadline is, by the centre's own numbers of days (``rules/lights.toml``, §4.3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from mediation_desk.cases.deadlines.model import DueLine, Group
from mediation_desk.shared.assets import built, remembered
from mediation_desk.shared.record import record


class Light(StrEnum):
    """From far to overdue; the word goes with every colour."""

    HELD = "中止"
    LATER = "未到"
    REMIND = "提醒"
    NEAR = "将到期"
    DUE = "到期"
    UNKEPT = "督促履行"
    OVERDUE = "督办"
    LEADER = "领导督办"


@record
class LightRules:
    """Calendar days before and after the due day; ``leader_overdue``: overdue items of one case."""

    remind: int
    near: int
    supervise: int
    leader_overdue: int


@record
class Signal:
    """A light and what to say with it: ``还有 5 天``, ``就是今天``, ``已过 3 天``."""

    light: Light
    words: str

    @property
    def text(self) -> str:
        """Both, where there is room: ``督办，已过 3 天``."""
        return self.words if self.light in (Light.LATER, Light.HELD) else f"{self.light}，{self.words}"


def signal_of(line: DueLine, today: date) -> Signal:
    """The same for a line of a list."""
    promised = line.group is Group.PROMISE
    return signal(line.due_on, today, held=line.held, promised=promised, overdue=line.overdue)


@remembered
def light_rules() -> LightRules:
    """The numbers in force here. Raises ``InputError`` when the centre's own file is incomplete."""
    return built("lights", _light_rules)


def signal(
    due_on: date, today: date, *, held: bool = False, promised: bool = False, overdue: int = 0
) -> Signal:
    """How ``due_on`` stands on ``today``.

    ``promised`` by a party in the agreement; ``overdue`` counts what the desk is late with in the same case.
    """
    if held:
        return Signal(light=Light.HELD, words="中止中")
    rules, days = light_rules(), (due_on - today).days
    if days < 0:
        light = Light.UNKEPT if promised else _late(-days, overdue, rules)
        return Signal(light=light, words=f"已过 {-days} 天")
    if days == 0:
        return Signal(light=Light.DUE, words="就是今天")
    light = Light.NEAR if days <= rules.near else Light.REMIND if days <= rules.remind else Light.LATER
    return Signal(light=light, words=f"还有 {days} 天")


def _late(days: int, overdue: int, rules: LightRules) -> Light:
    if days < rules.supervise:
        return Light.DUE
    return Light.LEADER if overdue >= rules.leader_overdue else Light.OVERDUE


def _light_rules(data: Mapping[str, Any]) -> LightRules:
    return LightRules(
        remind=int(data["remind"]),
        near=int(data["near"]),
        supervise=int(data["supervise"]),
        leader_overdue=int(data["leader_overdue"]),
    )
