"""Invented mediators for the tests of the pool."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

from mediation_desk.experts.mediator import Mediator
from mediation_desk.experts.model import Employment, MediatorCard
from mediation_desk.parties.model import Gender
from mediation_desk.practice.people import gender_of, resident_id

ON = date(2026, 7, 1)
BORN = date(1970, 5, 4)
ID_NO = resident_id(BORN, 11)
BODY = "试验镇人民调解委员会"

_CARD = frozenset(item.name for item in fields(MediatorCard))


def mediator(pool_no: str = "M01", name: str = "钱和", **known: Any) -> Mediator:
    """A sound record; ``known`` are fields of the record or of its card."""
    card = MediatorCard(
        pool_no=pool_no,
        name=name,
        gender=Gender.MALE,
        organisation=BODY,
        employment=Employment.FULL_TIME,
        specialties=("邻里", "婚姻家庭"),
    )
    on_card = {key: value for key, value in known.items() if key in _CARD}
    beside = {key: value for key, value in known.items() if key not in _CARD}
    return replace(Mediator(card=replace(card, **on_card)), **beside)


def identity(born: date, sequence: int) -> dict[str, Any]:
    """Identity number, birth date and gender that agree."""
    return {"id_no": resident_id(born, sequence), "birth_date": born, "gender": gender_of(sequence)}
