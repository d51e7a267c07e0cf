"""What the invented centre is made of, read from ``resources/practice``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from mediation_desk.cases.model import Body, Coded
from mediation_desk.cases.vocabulary import BodyType, Category
from mediation_desk.experts.model import Employment, MediatorCard, Recorder
from mediation_desk.parties.model import Gender
from mediation_desk.practice.people import gender_of, resident_id
from mediation_desk.shared.assets import read_text
from mediation_desk.shared.record import record


@record
class SampleCentre:
    """Bodies by their short name, each with its recorder; cards by pool number; rooms by name."""

    name: str
    court: str
    district: str
    bodies: Mapping[str, Body]
    recorders: Mapping[str, Recorder]
    cards: Mapping[str, MediatorCard]
    rooms: tuple[str, ...]


@record
class Story:
    """One kind of dispute as it is told again and again; amounts in yuan."""

    category: Category
    zz: Coded
    weight: int
    hosts: tuple[str, ...]
    specialty: str
    purpose: str
    opponent: str
    company: tuple[str, ...] = ()
    third: str = ""
    low: int
    high: int
    title: str
    facts: str
    claims: tuple[str, ...]
    demand: str = ""
    evidence: tuple[str, ...]
    confirm: str
    act: str
    group: bool = False


@cache
def centre() -> SampleCentre:
    """The sample centre."""
    data = centre_data()
    bodies = {entry["short"]: entry for entry in data["body"]}
    return SampleCentre(
        name=data["name"],
        court=data["court"],
        district=data["district"],
        bodies={
            short: Body(
                name=entry["name"], short=short, type=BodyType(entry["type"]), address=entry["address"]
            )
            for short, entry in bodies.items()
        },
        recorders={
            short: Recorder(
                pool_no=entry["recorder"][0], name=entry["recorder"][1], organisation=entry["name"]
            )
            for short, entry in bodies.items()
        },
        cards={entry["pool_no"]: _card(entry) for entry in data["mediator"]},
        rooms=tuple(data["rooms"]),
    )


@cache
def centre_data() -> Mapping[str, Any]:
    """The sample centre as its file tells it."""
    return _load("centre")


@cache
def stories() -> tuple[Story, ...]:
    """One story per kind of dispute."""
    return tuple(_story(entry) for entry in _load("stories")["story"])


def _story(entry: Mapping[str, Any]) -> Story:
    plain: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()
    }
    code, name = plain.pop("zz")
    category = Category(plain.pop("category"))
    return Story(category=category, zz=Coded(code=code, name=name), **plain)


def _card(entry: Mapping[str, Any]) -> MediatorCard:
    """Officials and court mediators have no card of the justice bureau, only name and office."""
    known: dict[str, Any] = {
        "pool_no": entry["pool_no"],
        "name": entry["name"],
        "organisation": entry["organisation"],
        "employment": Employment(entry["employment"]),
        "specialties": tuple(entry["specialties"]),
    }
    if "born" not in entry:
        return MediatorCard(gender=Gender(entry["gender"]), **known)
    return MediatorCard(
        gender=gender_of(entry["seq"]),
        ethnicity=entry.get("ethnicity", "汉族"),
        birth_date=entry["born"],
        id_no=resident_id(entry["born"], entry["seq"]),
        phone=f"138000009{entry['pool_no'][1:]}",
        education=entry["education"],
        political_status=entry["political_status"],
        occupation=entry["occupation"],
        grade=entry["grade"],
        languages=tuple(entry.get("languages", ("普通话",))),
        years_mediating=entry["years_mediating"],
        certificate_no=f"清调证{2026 - entry['years_mediating']}-00{entry['pool_no'][1:]}",
        **known,
    )


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads(read_text(f"practice/{name}.toml"))
