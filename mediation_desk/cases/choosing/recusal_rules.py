"""What an objection to a mediator leads to, by track: ``rules/recusal.toml`` (domain.md §1.6)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from mediation_desk.shared.assets import built
from mediation_desk.shared.record import record
from mediation_desk.shared.track import Track


class Objection(StrEnum):
    """What a party's objection does."""

    REPLACE = "更换"
    RULING = "决定"


@record
class RecusalRule:
    """The rule of one track; ``basis`` and ``again`` are shown in place."""

    track: Track
    objection: Objection
    may_keep: bool
    decided_by: str
    basis: str
    again: str


def recusal_rule(track: Track) -> RecusalRule:
    """The rule in force for this track. Raises ``InputError`` when the centre's file has none."""
    return built("recusal", lambda data: _rule(data, track))


def _rule(data: Mapping[str, Any], track: Track) -> RecusalRule:
    entry = next((entry for entry in data["track"] if entry["name"] == track.value), None)
    if entry is None:
        raise KeyError(track)
    return RecusalRule(
        track=track,
        objection=Objection(entry["objection"]),
        may_keep=bool(entry["may_keep"]),
        decided_by=str(entry["decided_by"]),
        basis=str(entry["basis"]),
        again=str(entry["again"]),
    )
