"""Mediators and case files the tests of the pool share; everybody is invented."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from datetime import date, time
from decimal import Decimal
from typing import Any

from mediation_desk.cases.lifecycle import OPEN, state_of
from mediation_desk.cases.model import Body, CaseFile, Coded, Dispute, Ending, Intake
from mediation_desk.cases.vocabulary import BodyType, Category, Cause, Decision, Result, SourceStat
from mediation_desk.experts import mediator as m
from mediation_desk.experts.model import CaseMediator, Employment, MediatorCard, Role, Selection
from mediation_desk.hearings.model import Session
from mediation_desk.parties.model import RESIDENT_ID, Gender, Party, PartyKind, Side
from mediation_desk.shared.track import Track

BODY = Body(name="试验镇人民调解委员会", short="试验人调", type=BodyType.TOWNSHIP, address="试验镇一路1号")
DAY = date(2026, 7, 6)


def card(pool_no: str = "M01", name: str = "钱和", **known: Any) -> MediatorCard:
    """A card with little on it."""
    return MediatorCard(
        pool_no=pool_no,
        name=name,
        gender=Gender.FEMALE,
        organisation=BODY.name,
        employment=Employment.FULL_TIME,
        specialties=("邻里",),
        **known,
    )


def mediator(pool_no: str = "M01", name: str = "钱和", **known: Any) -> m.Mediator:
    """A record with little on it; ``id_no`` and ``phone`` go onto the card."""
    on_card = {key: known.pop(key) for key in ("id_no", "phone") if key in known}
    return m.Mediator(card=card(pool_no, name, **on_card), **known)


def full() -> m.Mediator:
    """A record in which every field says something else than its default."""
    return m.Mediator(
        card=MediatorCard(
            pool_no="M07",
            name="郑公道",
            gender=Gender.MALE,
            ethnicity="回族",
            birth_date=date(1970, 2, 28),
            id_no="110101197002280011",
            phone="13800005678",
            education="大学本科",
            political_status="群众",
            occupation="律师",
            organisation="试验律师事务所",
            employment=Employment.INVITED,
            grade="一级",
            specialties=("邻里", "合同"),
            languages=("普通话", "粤语"),
            years_mediating=12,
            certificate_no="T-0007",
        ),
        standing=m.Standing.SUSPENDED,
        standing_on=date(2026, 6, 1),
        standing_reason="接受调查",
        body_kind=m.BodyKind.LAW_FIRM,
        tracks=(Track.PEOPLES, Track.JUDICIAL),
        layer=m.Layer.DISTRICT,
        major="法学",
        professional_title="三级律师",
        address="试验镇三路3号",
        household="H-3",
        post=m.Post.VICE_CHAIR,
        post_source=m.PostSource.ENGAGED,
        term_from=date(2025, 1, 1),
        term_to=date(2027, 12, 31),
        started_on=date(2014, 5, 1),
        filed_on=date(2025, 1, 10),
        court_roster_on=date(2025, 2, 1),
        studio="公道工作室",
        case_limit=8,
        introduction="善于算账。\n第二行。",
        grades=(
            m.Grade(
                scheme="省", level="一级", body="司法局", on=date(2024, 1, 1), expires_on=date(2027, 1, 1)
            ),
            m.Grade(scheme="市", level="金牌"),
        ),
        credentials=(m.Credential(kind="律师执业证", number="L-1", body="司法厅", on=date(2000, 1, 1)),),
        trainings=(
            m.Training(on=date(2026, 1, 5), hours=Decimal("7.5"), topic="心理疏导", before_start=True),
        ),
        honours=(m.Honour(title="首席调解员", body="区政府", on=date(2025, 12, 1)),),
        duties=(m.Duty(weekday=1, start=time(9), end=time(11, 30)),),
        slots=(m.Slot(on=date(2026, 8, 1), start=time(14), end=time(16)),),
        leaves=(m.Leave(from_on=date(2026, 9, 1), to=date(2026, 9, 3), reason="公出"),),
        disciplines=(
            m.Discipline(
                fault=m.Fault.LEAK,
                on=date(2020, 3, 3),
                measure=m.Measure.CRITICISM,
                body="司法所",
                detail="已改正",
            ),
        ),
        ties=(
            m.Tie(
                kind=m.TieKind.FORMER_EMPLOYER,
                name="试验公司",
                id_no="91110000000000000X",
                relation="法务",
                until=date(2019, 1, 1),
            ),
        ),
        batch="B-1",
    )


def person(ref: str, side: Side, name: str, id_no: str, **more: Any) -> Party:
    """A party known by its number."""
    return Party(
        ref=ref,
        side=side,
        kind=PartyKind.PERSON,
        name=name,
        phone="13800001234",
        address="试验镇二路2号",
        id_type=RESIDENT_ID,
        id_no=id_no,
        **more,
    )


PARTIES = (
    person("A1", Side.APPLICANT, "甄有理", "110101199001010015"),
    person("B1", Side.RESPONDENT, "贾讲理", "110101196805172024"),
)


def appointed(one: MediatorCard, role: Role = Role.PRESIDING, on: date = date(2026, 6, 30)) -> CaseMediator:
    """A mediator of the pool as mediator of a case."""
    known = {field.name: getattr(one, field.name) for field in dataclasses.fields(MediatorCard)}
    return CaseMediator(
        **known, role=role, selection=Selection.CHOSEN, selected_by=("A1", "B1"), selected_on=on
    )


def planned(no: int = 1, day: date = DAY, start: time = time(9), end: time | None = None) -> Session:
    """A session nobody has held yet."""
    return Session(no=no, date=day, start=start, end=end, place="第一调解室", presided_by="M01")


def case(
    key: str = "K1",
    *,
    parties: tuple[Party, ...] = PARTIES,
    mediators: Iterable[CaseMediator] = (),
    sessions: tuple[Session, ...] = (),
    number: str | None = None,
    **more: Any,
) -> CaseFile:
    """An accepted case, open as long as nothing in ``more`` ends it."""
    file = CaseFile(
        case_key=key,
        title="相邻排水纠纷",
        track=Track.PEOPLES,
        centre="试验中心",
        organisation=BODY,
        dispute=Dispute(
            category=Category.NEIGHBOUR,
            category_zz=Coded(code="0201", name="邻里纠纷-用水排水通行通风采光"),
            event_scale=Coded(code="04", name="一般"),
            occurred_on=date(2026, 3, 1),
        ),
        intake=Intake(
            received_on=date(2026, 6, 29),
            channel="窗口来访",
            source_stat=SourceStat.APPLICATION,
            registrar="登记员",
            accepted_on=date(2026, 6, 29),
            decision=Decision.ACCEPTED,
            number=number,
        ),
        parties=parties,
        mediators=tuple(mediators),
        sessions=sessions,
        facts="雨水倒灌。",
        **more,
    )
    assert more or state_of(file) in OPEN
    return file


def ended(file: CaseFile) -> CaseFile:
    """The same case, broken off."""
    ending = Ending(
        kind=Result.FAILED,
        cause=Cause.TOO_FAR_APART,
        on=date(2026, 7, 2),
        reason="分歧较大",
        told_remedies=("可以起诉",),
        told_on=date(2026, 7, 2),
    )
    return dataclasses.replace(file, ending=ending)
