"""How scans are put right, as ``rules/scanning.toml`` has it; a centre may change it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mediation_desk.shared.assets import built
from mediation_desk.shared.record import record


@record
class ScanningRules:
    """Dots per inch asked for and kept, JPEG quality, degrees of skew put right, seconds until a file is whole."""

    least_dpi: int
    kept_dpi: int
    quality: int
    least_skew: float
    most_skew: float
    settled_seconds: float


def scanning_rules() -> ScanningRules:
    """The rules in force. Raises ``InputError`` when an item is missing or has a value nobody knows."""
    return built("scanning", _rules)


def _rules(data: Mapping[str, Any]) -> ScanningRules:
    return ScanningRules(**{name: value for name, value in data.items() if name != "version"})
