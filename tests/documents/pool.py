"""Mediators of an invented pool and rounds of choosing among them."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from PIL import Image

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.forms.background import Background, Cards
from mediation_desk.experts.choice.ballot import Ballot, Mark, Shown
from mediation_desk.experts.choice.published import published_rule
from mediation_desk.experts.choice.rule import after
from mediation_desk.experts.mediator import Mediator, Post, public_card
from mediation_desk.experts.model import Employment, MediatorCard
from mediation_desk.parties.model import Gender, Side
from tests.documents.dispute import case, company, person

TODAY = date(2026, 3, 10)
LONG_NAME = "买买提江吐尔逊阿不都热合曼阿布都克里木哈斯木江吾守尔伊敏江江"
NAMES = {"M01": "周敬", "M02": "苏红", "M08": "黎秋霞", "M11": "买买提江·吐尔逊", "M05": "𬱖㛃"}


def expert(pool_no: str, name: str = "", **more: Any) -> Mediator:
    """A record with everything that must not reach the public."""
    card = MediatorCard(
        pool_no=pool_no,
        name=name or NAMES.get(pool_no, f"调解员{pool_no}"),
        gender=Gender.MALE,
        birth_date=date(1959, 4, 12),
        id_no="110101195904121375",
        phone="13800000901",
        organisation="测试人民调解委员会",
        employment=Employment.FULL_TIME,
        grade="一级人民调解员",
        specialties=("邻里", "物业", "合同"),
        languages=("普通话", "本地方言"),
        years_mediating=15,
    )
    values: dict[str, Any] = {
        "address": "秘密路7号",
        "post": Post.CHAIR,
        "term_from": date(2024, 1, 1),
        "term_to": date(2026, 12, 31),
        "introduction": "曾任社区居委会主任，善于现场勘验后算清账目再谈。",
    } | more
    return Mediator(card=card, **values)


SECRETS = ("110101195904121375", "13800000901", "秘密路", "1959")
CARDS: Cards = {number: public_card(expert(number), TODAY) for number in NAMES}


def three_parties(**more: Any) -> CaseFile:
    """One applicant against a company and a neighbour."""
    parties = (
        person("A1", "孟兰"),
        company("B1", "测试物业有限公司"),
        person("B2", "温墨", Side.RESPONDENT),
    )
    values: dict[str, Any] = {"parties": parties} | more
    return replace(case(), **values)


def mark(party: str, ranks: tuple[str, ...] = (), strikes: tuple[str, ...] = (), **more: Any) -> Mark:
    """A sealed mark."""
    values: dict[str, Any] = {"at": datetime(2026, 3, 10, 1, 32, tzinfo=UTC)} | more
    return Mark(party=party, ranks=ranks, strikes=strikes, sealed=True, **values)


def held(candidates: tuple[str, ...], *marks: Mark, no: int = 1, **more: Any) -> Ballot:
    """A round that was closed by the published rule."""
    values: dict[str, Any] = {
        "rule": published_rule().version,
        "opened_at": datetime(2026, 3, 10, 1, tzinfo=UTC),
    }
    shown = tuple(
        Shown(pool_no=number, name=NAMES.get(number, f"调解员{number}"), running=place // 2)
        for place, number in enumerate(candidates)
    )
    ballot = Ballot(case_key="T01", no=no, shown=shown, marks=marks, **(values | more))
    following = after(ballot, tuple(one.party for one in marks))
    return replace(
        ballot,
        result=following.result,
        why=following.why,
        closed_at=datetime(2026, 3, 10, 3, tzinfo=UTC),
        ended_by=following.step.value,
    )


def plain_round(*candidates: str) -> Ballot:
    """Three parties, one strike, 周敬 wins."""
    return held(
        candidates or ("M01", "M02", "M08"),
        mark("A1", ("M01", "M08"), ("M02",)),
        mark("B1", ("M01", "M02")),
        mark("B2", ("M02", "M01")),
    )


def knowing(*ballots: Ballot, **more: Any) -> Background:
    """What stands beside the case."""
    return Background(cards=CARDS, ballots=ballots, **more)


def photo(width: int = 500, height: int = 700, *, exif: bytes = b"") -> bytes:
    """A plain JPEG, upper half red, lower half blue."""
    image = Image.new("RGB", (width, height), "red")
    image.paste("blue", (0, height // 2, width, height))
    stream = io.BytesIO()
    image.save(stream, "JPEG", exif=exif)
    return stream.getvalue()
