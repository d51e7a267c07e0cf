"""How the public window behaves: ``rules/window.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mediation_desk.shared.assets import built
from mediation_desk.shared.record import record


@record
class Matter:
    """What a dispute is about in a visitor's own words; ``fields`` are looked for in the fields of a mediator."""

    name: str
    about: str
    symbol: str
    fields: tuple[str, ...]

    def fits(self, specialties: tuple[str, ...]) -> bool:
        """Whether one of these specialties holds one of the words."""
        return any(word in one for one in specialties for word in self.fields)


@record
class WindowRules:
    """Times in seconds, smallest touch target in mm, smallest text in points."""

    idle: int
    warn: int
    pin_tries: int
    pin_wait: int
    target_mm: float
    text_pt: float
    matters: tuple[Matter, ...]


def window_rules() -> WindowRules:
    """The rules in force here. Raises ``InputError`` when the centre's own file is incomplete."""
    return built("window", _rules)


def _rules(data: Mapping[str, Any]) -> WindowRules:
    return WindowRules(
        idle=int(data["idle_seconds"]),
        warn=int(data["warn_seconds"]),
        pin_tries=int(data["pin_tries"]),
        pin_wait=int(data["pin_wait_seconds"]),
        target_mm=float(data["target_mm"]),
        text_pt=float(data["text_pt"]),
        matters=tuple(
            Matter(
                name=entry["name"],
                about=entry["about"],
                symbol=entry["symbol"],
                fields=tuple(entry["fields"]),
            )
            for entry in data["matter"]
        ),
    )
