"""How lists and exports treat personal information, ``resources/rules/privacy.toml``: data a centre can change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mediation_desk.shared.assets import built, remembered
from mediation_desk.shared.record import record


@record
class ListRules:
    """``minutes`` a list stays in full once asked for, 0 for the sitting; ``reasons`` to pick from."""

    practice_in_full: bool
    minutes: int
    reasons: tuple[str, ...]
    clipboard_seconds: int


@record
class ExportRules:
    """Rows one account may take out a day, with names in full and masked."""

    rows_a_day: int
    masked_rows_a_day: int


@record
class WatermarkRules:
    """Whether sensitive windows tell who looks and when, and which papers are ``working`` prints that do."""

    screen: bool
    working: frozenset[str]


@record
class PrivacyRules:
    """The sections of the file this package reads."""

    lists: ListRules
    exports: ExportRules
    watermark: WatermarkRules


@remembered
def privacy_rules() -> PrivacyRules:
    """The rules in force. Raises ``InputError`` when the file is wrong."""
    return built("privacy", _read)


def _read(data: Mapping[str, Any]) -> PrivacyRules:
    lists, exports, mark = data["lists"], data["exports"], data["watermark"]
    return PrivacyRules(
        lists=ListRules(
            practice_in_full=bool(lists["practice_in_full"]),
            minutes=int(lists["minutes"]),
            reasons=tuple(lists["reasons"]),
            clipboard_seconds=int(lists["clipboard_seconds"]),
        ),
        exports=ExportRules(
            rows_a_day=int(exports["rows_a_day"]), masked_rows_a_day=int(exports["masked_rows_a_day"])
        ),
        watermark=WatermarkRules(screen=bool(mark["screen"]), working=frozenset(mark["working"])),
    )
