"""What a centre may set about its audit trail (``resources/rules/audit.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mediation_desk.shared.assets import built, remembered
from mediation_desk.shared.record import record


@record
class AuditRules:
    """Minutes for which a look goes on, seconds a clock may be off, and acts a reviewer is shown first."""

    view_minutes: int
    backwards_seconds: int
    forwards_seconds: int
    tail: int
    flagged: frozenset[str]


@remembered
def audit_rules() -> AuditRules:
    """The rules in force. Raises ``InputError`` naming the file."""
    return built("audit", _read)


def _read(found: Mapping[str, Any]) -> AuditRules:
    return AuditRules(
        view_minutes=int(found["view_minutes"]),
        backwards_seconds=int(found["clock_backwards_seconds"]),
        forwards_seconds=int(found["clock_forwards_seconds"]),
        tail=int(found["tail_entries"]),
        flagged=frozenset(map(str, found["flagged"])),
    )
