"""The indicators of a mediator as data: names, definitions, threshold (``rules/indicators.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mediation_desk.shared.assets import built
from mediation_desk.shared.record import record
from mediation_desk.statistics.mediators.measures import MEASURES
from mediation_desk.statistics.mediators.model import LeftOut


@record
class Indicator:
    """One indicator; ``counted`` names what is divided, e.g. ``件``."""

    code: str
    group: str
    name: str
    unit: str
    definition: str
    numerator: str = ""
    denominator: str = ""
    counted: str = "件"


@record
class Kinds:
    """How the concluded cases are split by kind of dispute; ``{kind}`` in the definition is the kind's name."""

    group: str
    definition: str


@record
class Indicators:
    """The whole rule table. ``few``: below it neither percentage nor average is written."""

    few: int
    listed: tuple[Indicator, ...]
    kinds: Kinds
    left_out: tuple[LeftOut, ...]


def indicators() -> Indicators:
    """The centre's indicators in their order. Raises ``InputError`` for a faulty rule file."""
    return built("indicators", _indicators)


def _indicators(data: Mapping[str, Any]) -> Indicators:
    listed = tuple(Indicator(**entry) for entry in data["indicator"])
    for one in listed:
        if one.unit != MEASURES[one.code].unit:
            raise ValueError(one.code)
    return Indicators(
        few=int(data["few"]),
        listed=listed,
        kinds=Kinds(**data["kinds"]),
        left_out=tuple(LeftOut(**entry) for entry in data.get("left_out", ())),
    )
