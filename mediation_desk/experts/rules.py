"""The numbers and rules of the pool as ``rules/pool.toml`` has them; a centre may change them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Any

from mediation_desk.experts.mediator import BodyKind, Layer
from mediation_desk.shared.assets import built
from mediation_desk.shared.record import record
from mediation_desk.shared.track import Track

Span = tuple[time, time]
"""From, until; local time of one day."""


@record
class NumberKind:
    """What the first letter of a pool number says about a mediator."""

    prefix: str
    track: Track
    body_kind: BodyKind


@record
class Warn:
    """How many days before its end something is announced."""

    term: int
    grade: int
    credential: int


@record
class TrainingRule:
    """Class hours asked for; 0 asks for none."""

    before_start: int
    yearly: int
    yearly_from_month: int
    before_start_within: int


@record
class Limits:
    """Bounds of what may be entered."""

    adult: int
    case_limit: int
    introduction: int


@record
class Office:
    """When somebody without a roster is there, and how time is offered."""

    hours: tuple[Span, ...]
    minutes: int
    step: int
    days: int


@record
class Composition:
    """Who must be in a committee (LR-3)."""

    least: int
    most: int
    term_years: int
    multi_ethnic: bool
    article: str
    term_article: str


@record
class Staffing:
    """Full-time mediators a body of this kind (and layer) should have (§5.3)."""

    body_kind: BodyKind
    layer: Layer | None
    full_time: int
    source: str


@record
class Expertise:
    """Knowledge that must be present in bodies whose name holds ``organisation``: of each group of words one."""

    organisation: str
    needs: tuple[tuple[str, ...], ...]
    names: tuple[str, ...]
    article: str


@record
class PhotoRule:
    """What a photo is shrunk to, and what is taken in at all."""

    width: int
    height: int
    bytes: int
    largest_file: int
    most_pixels: int


@record
class PoolRules:
    """All of ``rules/pool.toml``."""

    numbers: tuple[NumberKind, ...]
    warn: Warn
    training: TrainingRule
    limits: Limits
    office: Office
    composition: Composition
    staffing: tuple[Staffing, ...]
    expertise: tuple[Expertise, ...]
    likeness: int
    photo: PhotoRule

    @property
    def prefixes(self) -> str:
        """First letters a pool number may have, ``MGJ``."""
        return "".join(kind.prefix for kind in self.numbers)

    def kind_of(self, pool_no: str) -> NumberKind | None:
        """What the number says."""
        return next((kind for kind in self.numbers if pool_no.startswith(kind.prefix)), None)


def pool_rules() -> PoolRules:
    """The rules in force. Raises ``InputError`` when an item is missing or has a value nobody knows."""
    return built("pool", _pool_rules)


def _pool_rules(data: Mapping[str, Any]) -> PoolRules:
    return PoolRules(
        numbers=tuple(
            NumberKind(
                prefix=entry["prefix"],
                track=Track(entry["track"]),
                body_kind=BodyKind(entry["body_kind"]),
            )
            for entry in data["number"]
        ),
        warn=Warn(**data["warn"]),
        training=TrainingRule(**data["training"]),
        limits=Limits(**data["limits"]),
        office=_office(data["office"]),
        composition=Composition(**data["composition"]),
        staffing=tuple(_staffing(entry) for entry in data.get("staffing", ())),
        expertise=tuple(_expertise(entry) for entry in data.get("expertise", ())),
        likeness=data["duplicates"]["likeness"],
        photo=PhotoRule(**data["photo"]),
    )


def _office(entry: Mapping[str, Any]) -> Office:
    hours = tuple((time.fromisoformat(first), time.fromisoformat(last)) for first, last in entry["hours"])
    return Office(hours=hours, minutes=entry["minutes"], step=entry["step"], days=entry["days"])


def _staffing(entry: Mapping[str, Any]) -> Staffing:
    return Staffing(
        body_kind=BodyKind(entry["body_kind"]),
        layer=Layer(entry["layer"]) if entry.get("layer") else None,
        full_time=entry["full_time"],
        source=entry["source"],
    )


def _expertise(entry: Mapping[str, Any]) -> Expertise:
    return Expertise(
        organisation=entry["organisation"],
        needs=tuple(tuple(words) for words in entry["needs"]),
        names=tuple(entry["names"]),
        article=entry["article"],
    )
