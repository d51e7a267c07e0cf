"""The rule of choosing as ``rules/choice.toml`` has it and as the parties read it (domain.md §5.4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mediation_desk.experts.choice.tally import Measure
from mediation_desk.shared.assets import built
from mediation_desk.shared.record import record


@record
class PublishedRule:
    """``order`` names the comparisons; the last is the order shown, so no tie is ever left to anybody's hand."""

    version: str
    title: str
    sentences: tuple[str, ...]
    order: tuple[Measure, ...]
    run_off: bool
    assisting: bool
    fewest: int
    most: int
    case_limit: int


def published_rule() -> PublishedRule:
    """The rule in force here. Raises ``InputError`` when the centre's own file is incomplete or contradictory."""
    return built("choice", _rule)


def _rule(data: Mapping[str, Any]) -> PublishedRule:
    shown, result = data["list"], data["result"]
    order = tuple(Measure(name) for name in result["order"])
    if order[-1:] != (Measure.SHOWN,) or len(set(order)) != len(order):
        raise ValueError("the last comparison must be the order shown, and none may come twice")
    fewest, most = int(shown["fewest"]), int(shown["most"])
    if not 1 <= fewest <= most:
        raise ValueError("fewest must be from 1 to most")
    return PublishedRule(
        version=str(data["version"]),
        title=str(data["title"]),
        sentences=_sentences(data["text"], result, fewest=fewest, most=most, order=_order_told(order)),
        order=order,
        run_off=_switch(result["run_off"]),
        assisting=_switch(result["assisting"]),
        fewest=fewest,
        most=most,
        case_limit=int(shown["case_limit"]),
    )


def _sentences(entries: Any, switches: Mapping[str, Any], **values: object) -> tuple[str, ...]:
    """What is published follows the numbers and switches, so that text and rule cannot part."""
    return tuple(
        entry["sentence"].format(**values)
        for entry in entries
        if all(switches[name] == on for name, on in entry.get("when", {}).items())
    )


def _order_told(order: tuple[Measure, ...]) -> str:
    return "；一样的，".join(measure.better for measure in order)


def _switch(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("a switch is true or false")
    return value
