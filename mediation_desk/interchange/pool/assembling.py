"""The values of one row become a record of the pool, new or brought up to date, or the reasons why not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from mediation_desk.experts.checking import Fault, change_problems, problems
from mediation_desk.experts.mediator import Mediator
from mediation_desk.experts.model import Employment, MediatorCard
from mediation_desk.experts.rules import PoolRules
from mediation_desk.interchange.pool.columns import CARD_FIELDS
from mediation_desk.parties.identity import birth_date_in, gender_in, id_problems
from mediation_desk.shared.track import Track

_NEEDED = {
    "name": "没有写姓名。",
    "gender": "没有写性别，也没有可以推定性别的身份证号。",
    "organisation": "没有写所属单位。",
    "employment": "没有写专职、兼职还是特邀。",
}


def from_identity(values: Mapping[str, Any], *, day_given: bool) -> dict[str, Any]:
    """What a good identity number tells beyond the row: the gender, and the birth date or its exact day."""
    number = values.get("id_no")
    if not number or any(True for _ in id_problems(number, born=None, gender=None)):
        return {}
    coded, born = birth_date_in(number), values.get("birth_date")
    told: dict[str, Any] = {}
    if values.get("gender") is None:
        told["gender"] = gender_in(number)
    same_month = (
        born is not None and coded is not None and (born.year, born.month) == (coded.year, coded.month)
    )
    if born is None or (same_month and not day_given):
        told["birth_date"] = coded
    return told


def new_record(
    values: Mapping[str, Any], on: date, rules: PoolRules
) -> tuple[Mediator | None, tuple[Fault, ...]]:
    """A new record; its number may still be empty, it is given when the row is taken in."""
    missing = tuple((field, reason) for field, reason in _NEEDED.items() if not values.get(field))
    if missing:
        return None, missing
    card, rest = _parted(values)
    made = Mediator(card=MediatorCard(**({"pool_no": ""} | card)), **(_assumed(values, rules) | rest))
    return made, tuple(_faults(made, on, rules))


def changed_record(
    base: Mediator, values: Mapping[str, Any], on: date, rules: PoolRules
) -> tuple[Mediator | None, tuple[Fault, ...]]:
    """``base`` with what the row says; empty cells leave everything as it is, the number always stays."""
    card, rest = _parted({field: value for field, value in values.items() if field != "pool_no"})
    made = replace(base, card=replace(base.card, **card), **rest)
    return made, (*change_problems(base, made), *_faults(made, on, rules))


def _parted(values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    card = {field: value for field, value in values.items() if field in CARD_FIELDS}
    return card, {field: value for field, value in values.items() if field not in CARD_FIELDS}


def _assumed(values: Mapping[str, Any], rules: PoolRules) -> dict[str, Any]:
    """Track and kind of body where the row names none: by the number's letter, or by how somebody serves."""
    kind = rules.kind_of(values.get("pool_no") or "")
    tracks = values.get("tracks") or ()
    track = tracks[0] if tracks else None
    if kind is None and track is None and values.get("employment") is Employment.OFFICIAL:
        track = Track.ADMINISTRATIVE
    kind = kind or next((one for one in rules.numbers if one.track is track), rules.numbers[0])
    return {"tracks": (track or kind.track,), "body_kind": kind.body_kind}


def _faults(made: Mediator, on: date, rules: PoolRules) -> Iterator[Fault]:
    for field, sentence in problems(made, on, rules=rules):
        if field != "pool_no" or made.pool_no:
            yield field, sentence
