"""Engaging mediators, on both databases."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

import pytest

from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER, Actor
from mediation_desk.access.roles import Role
from mediation_desk.experts.model import Employment, MediatorCard
from mediation_desk.experts.service import ExpertService
from mediation_desk.parties.model import Gender
from mediation_desk.shared.errors import InputError, PermissionDenied

CARD = MediatorCard(
    pool_no="M01",
    name="钱和",
    gender=Gender.FEMALE,
    organisation="试验镇人民调解委员会",
    employment=Employment.FULL_TIME,
    specialties=("邻里", "婚姻家庭"),
)


@pytest.fixture
def experts(storage: Storage) -> ExpertService:
    return ExpertService(storage, lambda: datetime(2026, 7, 1, tzinfo=UTC))


def test_an_engaged_mediator_is_in_the_pool(experts: ExpertService) -> None:
    experts.engage(COUNTER, CARD)
    assert [(entry.card, entry.running) for entry in experts.pool(COUNTER)] == [(CARD, 0)]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"pool_no": "X1"}, "pool_no"),
        ({"pool_no": "M01"}, "pool_no"),
        ({"name": ""}, "name"),
        ({"name": "钱\u202e和"}, "name"),
        ({"specialties": ()}, "specialties"),
    ],
)
def test_a_wrong_card_is_refused_by_field(
    experts: ExpertService, change: dict[str, object], field: str
) -> None:
    experts.engage(COUNTER, CARD)
    other = dataclasses.replace(CARD, pool_no="M02")
    with pytest.raises(InputError) as refused:
        experts.engage(COUNTER, dataclasses.replace(other, **change))  # type: ignore[arg-type]  # wrong on purpose
    assert refused.value.field == field
    assert len(experts.pool(COUNTER)) == 1


def test_a_clerk_may_not_engage(experts: ExpertService) -> None:
    with pytest.raises(PermissionDenied):
        experts.engage(Actor(account="c", display_name="登记员", roles=(Role.CLERK,)), CARD)
