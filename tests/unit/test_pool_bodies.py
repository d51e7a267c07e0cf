"""How the bodies of the pool are made up, and which records may speak of the same person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mediation_desk.experts.composition import composition
from mediation_desk.experts.duplicates import duplicates, united
from mediation_desk.experts.mediator import (
    BodyKind,
    Discipline,
    Fault,
    Layer,
    Leave,
    Measure,
    Mediator,
    Post,
    Standing,
)
from mediation_desk.experts.model import Employment
from mediation_desk.parties.model import Gender
from tests.unit.pool_of import BORN, ID_NO, ON, identity, mediator

TALK = Discipline(fault=Fault.INSULT, on=date(2026, 3, 1), measure=Measure.CRITICISM)
LEFT: dict[str, Any] = {
    "standing": Standing.LEFT,
    "standing_on": date(2026, 3, 2),
    "standing_reason": "解聘",
}


def leave(first: int, last: int) -> Leave:
    return Leave(from_on=date(2026, 8, first), to=date(2026, 8, last))


def committee(*posts: Post, **known: Any) -> list[Mediator]:
    return [
        mediator(f"M{place:02}", gender=Gender.FEMALE, post=post, **known)
        for place, post in enumerate(posts, start=1)
    ]


def said(staff: list[Mediator]) -> list[tuple[str, str, str]]:
    return [(notice.rule, notice.article, notice.sentence) for notice in composition(staff, ON)]


FULL = (Post.CHAIR, Post.VICE_CHAIR, Post.MEMBER)


def test_a_committee_made_up_as_the_law_asks_is_not_mentioned() -> None:
    assert said([*committee(*FULL), mediator("M09")]) == []


@pytest.mark.parametrize(
    ("staff", "rule", "article", "part"),
    [
        (committee(Post.CHAIR, Post.MEMBER), "LR-3", "人民调解法第八条", "委员2人"),
        (committee(Post.CHAIR, *(Post.MEMBER,) * 9), "LR-3", "人民调解法第八条", "委员10人"),
        (committee(Post.MEMBER, Post.MEMBER, Post.MEMBER), "LR-3", "人民调解法第八条", "主任0人"),
        (committee(Post.CHAIR, Post.CHAIR, Post.MEMBER), "LR-3", "人民调解法第八条", "主任2人"),
        (committee(Post.MEDIATOR), "LR-3", "人民调解法第八条", "没有登记委员"),
        (
            [replace(one, card=replace(one.card, gender=Gender.MALE)) for one in committee(*FULL)],
            "LR-3",
            "人民调解法第八条",
            "没有妇女委员",
        ),
        (
            [
                *committee(*FULL[:2]),
                mediator("M03", post=Post.MEMBER, term_from=date(2025, 1, 1), term_to=date(2028, 1, 2)),
            ],
            "LR-3",
            "人民调解法第九条",
            "任期超过3年",
        ),
        (
            [*committee(*FULL[:2]), mediator("M03", post=Post.MEMBER, term_from=date(2023, 6, 30))],
            "LR-3",
            "人民调解法第九条",
            "已满3年",
        ),
    ],
)
def test_what_a_committee_lacks(staff: list[Mediator], rule: str, article: str, part: str) -> None:
    found = said(staff)
    assert len(found) == 1
    assert found[0][:2] == (rule, article)
    assert part in found[0][2]


def test_full_time_mediators_are_counted_by_layer_and_kind() -> None:
    township = committee(*FULL, layer=Layer.TOWNSHIP, employment=Employment.PART_TIME)
    assert [sentence for *_, sentence in said(township)] == ["专职调解员0人，应有2人以上"]
    two = [replace(one, card=replace(one.card, employment=Employment.FULL_TIME)) for one in township[:2]]
    assert said([*two, township[2]]) == []
    trade = committee(*FULL[:2], Post.MEMBER, body_kind=BodyKind.PROFESSIONAL)
    assert said(trade) == []
    left = [*trade[:2], replace(trade[2], standing=Standing.LEFT)]
    assert "专职调解员2人，应有3人以上" in [sentence for *_, sentence in said(left)]


def test_a_medical_committee_needs_medicine_and_law() -> None:
    doctors = committee(*FULL, organisation="某区医疗纠纷人民调解委员会", occupation="主任医师")
    assert [(rule, sentence) for rule, _, sentence in said(doctors)] == [
        ("§5.3", "没有具备法律专业知识的调解员")
    ]


def test_agencies_and_courts_are_no_committees() -> None:
    assert said([mediator("G01", body_kind=BodyKind.AGENCY), mediator("J01", body_kind=BodyKind.COURT)]) == []


def pairs(*staff: Mediator) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(one.first.pool_no, one.second.pool_no, one.reasons) for one in duplicates(staff)]


@pytest.mark.parametrize(
    ("other", "reasons"),
    [
        ({"name": "钱荷", "id_no": ID_NO, "organisation": "别处"}, ("身份证号相同",)),
        ({"phone": "13800001234", "organisation": "别处"}, ("姓名和电话相同",)),
        ({"birth_date": BORN, "organisation": "别处"}, ("姓名和出生日期相同",)),
        (
            {"birth_date": BORN, "phone": "13800001234", "id_no": ID_NO},
            ("身份证号相同", "姓名和电话相同", "姓名和出生日期相同"),
        ),
        ({}, ("单位和姓名相同",)),
        ({"name": "钱河"}, ("单位相同，姓名读音相同",)),
    ],
)
def test_who_may_be_the_same_person(other: dict[str, Any], reasons: tuple[str, ...]) -> None:
    first = mediator(**identity(BORN, 11), phone="13800001234")
    assert pairs(first, mediator(**{"pool_no": "M02", **other})) == [("M01", "M02", reasons)]


@pytest.mark.parametrize(
    "other",
    [
        {"organisation": "别处"},
        {"name": "钱国", "phone": "13800001234"},
        {"birth_date": date(1971, 5, 4)},
        {"name": "钱河", **identity(date(1970, 5, 4), 13)},
        {"gender": Gender.FEMALE},
        {**LEFT, "id_no": ID_NO},
    ],
)
def test_who_is_somebody_else(other: dict[str, Any]) -> None:
    first = mediator(**identity(BORN, 11), phone="13800001234")
    assert pairs(first, mediator(**{"pool_no": "M02", **other})) == []


def test_long_names_may_look_alike() -> None:
    first, second = mediator(name="阿不都·热西提"), mediator("M02", "阿不都·热西堤")
    assert pairs(first, second)[0][2] in (("单位相同，姓名相像",), ("单位相同，姓名读音相同",))
    assert pairs(mediator(name="钱国强"), mediator("M02", "钱国富")) == []


def test_merging_fills_gaps_and_unites_lists() -> None:
    keep = mediator(phone="13800001234", leaves=(leave(1, 3),), disciplines=(TALK,), address="甲")
    drop = mediator(
        "M02",
        "钱河",
        phone="13800009999",
        birth_date=BORN,
        specialties=("邻里", "物业"),
        leaves=(leave(3, 4), leave(5, 6)),
        disciplines=(replace(TALK, on=ON),),
        address="乙",
        major="法学",
    )
    both = united(keep, drop)
    assert (both.pool_no, both.name, both.card.phone, both.card.birth_date) == (
        "M01",
        "钱和",
        "13800001234",
        BORN,
    )
    assert both.card.specialties == ("邻里", "婚姻家庭", "物业")
    assert both.leaves == (leave(1, 3), leave(5, 6))
    assert len(both.disciplines) == 2
    assert (both.address, both.major) == ("甲", "法学")
