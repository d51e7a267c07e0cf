"""What notices rest on and the reasons a refusal offers to tick (``rules/notice_papers.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mediation_desk.cases.vocabulary import Cause
from mediation_desk.shared.assets import built
from mediation_desk.shared.record import record
from mediation_desk.shared.track import Track


@record
class Reason:
    """One line of the tick list; ``cause`` is the one on record that ticks it."""

    cause: Cause
    text: str


def basis_of(paper: str, track: Track) -> str:
    """The article a kind of notice rests on, "" where none is named. Raises ``InputError`` for a faulty file."""

    def build(data: Mapping[str, Any]) -> str:
        found = (
            str(one["text"])
            for one in data.get("basis", ())
            if one["paper"] == paper and Track(one["track"]) is track
        )
        return next(found, "")

    return built("notice_papers", build)


def refusal_reasons() -> tuple[Reason, ...]:
    """The reasons in the order they are printed. Raises ``InputError`` for a faulty file."""
    return built(
        "notice_papers",
        lambda data: tuple(
            Reason(cause=Cause(one["cause"]), text=str(one["text"])) for one in data["refusal"]
        ),
    )
