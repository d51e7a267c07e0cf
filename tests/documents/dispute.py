"""A small invented dispute with everything a paper can hold; tests change what they need with ``replace``."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from typing import Any

from mediation_desk.agreements.model import (
    Agreement,
    AgreementForm,
    Clause,
    ClauseKind,
    Instalment,
    OralRecord,
    Signature,
)
from mediation_desk.cases.model import Body, CaseFile, Claim, Coded, Dispute, Ending, Intake, Notice, Outcome
from mediation_desk.cases.vocabulary import BodyType, Category, Cause, Decision, Result, SourceStat
from mediation_desk.experts.model import (
    CaseMediator,
    Choice,
    Employment,
    Recorder,
    Role,
    Selection,
    SelectionMode,
)
from mediation_desk.hearings.model import Attendance, PrivateNote, Session, SessionMode, SessionResult
from mediation_desk.parties.model import (
    RESIDENT_ID,
    Agent,
    Authority,
    Gender,
    GroupMember,
    Guardian,
    LegalRepresentative,
    Party,
    PartyKind,
    Side,
)
from mediation_desk.shared.track import Track

DAY = date(2026, 3, 24)


def person(ref: str, name: str, side: Side = Side.APPLICANT, **more: Any) -> Party:
    """A natural person."""
    return Party(
        ref=ref,
        side=side,
        kind=PartyKind.PERSON,
        name=name,
        phone="13800000101",
        address="云川市测试路1号",
        gender=Gender.FEMALE,
        ethnicity="汉族",
        birth_date=date(1968, 5, 17),
        id_type=RESIDENT_ID,
        id_no="110101196805172024",
        occupation="退休教师",
        **more,
    )


def company(ref: str, name: str, side: Side = Side.RESPONDENT, **more: Any) -> Party:
    """A company with a head and one agent who may settle."""
    agent = Agent(
        name="卢一帆",
        gender=Gender.FEMALE,
        phone="13800000104",
        position="客服主管",
        authority=Authority.SPECIAL,
        poa_on=date(2026, 3, 12),
    )
    values: dict[str, Any] = {
        "uscc": "91110101MA01A2B32B",
        "legal_representative": LegalRepresentative(name="戴国", position="总经理"),
        "agents": (agent,),
    } | more
    return Party(
        ref=ref,
        side=side,
        kind=PartyKind.COMPANY,
        name=name,
        phone="13800000103",
        address="测试路6号",
        **values,
    )


def group(ref: str, count: int, **more: Any) -> tuple[Party, tuple[GroupMember, ...]]:
    """A group of ``count`` with two representatives, each member owed two instalments."""
    party = Party(
        ref=ref,
        side=Side.APPLICANT,
        kind=PartyKind.GROUP,
        name=f"组员1等{count}人",
        phone="13800000201",
        address="工地生活区",
        headcount=count,
        representatives=(f"{ref}-01", f"{ref}-02"),
        representative_letter_on=date(2026, 3, 9),
        contact_person=f"{ref}-01",
        **more,
    )
    members = tuple(
        GroupMember(
            ref=f"{ref}-{place:02d}",
            name=f"组员{place}",
            gender=Gender.MALE,
            birth_date=date(1980, 1, 1),
            id_no="110101198001010010",
            phone="13800000201",
            trade="木工",
            gross=Decimal("300.00"),
            instalments=(Decimal("200.00"), Decimal("100.00")),
            is_representative=place <= 2,
        )
        for place in range(1, count + 1)
    )
    return party, members


def mediator(pool_no: str = "M01", name: str = "周敬", role: Role = Role.PRESIDING) -> CaseMediator:
    """A people's mediator chosen by the parties."""
    return CaseMediator(
        pool_no=pool_no,
        name=name,
        gender=Gender.MALE,
        id_no="110101195904121375",
        phone="13800000901",
        organisation="测试人民调解委员会",
        employment=Employment.FULL_TIME,
        grade="一级人民调解员",
        specialties=("邻里", "合同"),
        role=role,
        selection=Selection.CHOSEN,
        selected_by=("A1", "B1"),
        selected_on=date(2026, 3, 10),
        disclosure="无利害关系",
    )


def guardian() -> Guardian:
    """A mother acting for a child."""
    return Guardian(
        name="范晓",
        gender=Gender.FEMALE,
        relation="母亲",
        birth_date=date(1984, 6, 19),
        id_no="11010119840619222X",
        phone="13800000862",
        consent_on=DAY,
        statutory_agent=True,
    )


def session(no: int = 1, **more: Any) -> Session:
    """A session held, in caucus, with a private note that must stay private."""
    values: dict[str, Any] = {
        "no": no,
        "date": DAY,
        "start": time(9, 30),
        "end": time(11),
        "place": "第二调解室",
        "mode": SessionMode.CAUCUS,
        "presided_by": "M01",
        "recorder": "R01",
        "attendees": (Attendance(ref="A1"), Attendance(ref="B1", how="代理人到场")),
        "absent": ("A1本人",),
        "invited": ("街道办事处 范丽",),
        "rights_notice_given": True,
        "record": "各方陈述。\n经过调解，达成一致。",
        "private_notes": (PrivateNote(of="A1", by="M01", text="底线是四万五千元", share_consent=True),),
        "result": SessionResult.AGREED,
    } | more
    return Session(**values)


def agreement(**more: Any) -> Agreement:
    """A written agreement of three clauses, one in instalments."""
    pay = Clause(
        no=1,
        kind=ClauseKind.PAY,
        text="测试物业有限公司向孟兰支付赔偿款人民币4,050.00元（大写：人民币肆仟零伍拾元整），分两期支付。",
        payer="B1",
        payee="A1",
        amount=Decimal("4050.00"),
        instalments=(
            Instalment(no=1, due_on=date(2026, 4, 20), amount=Decimal("2025.00")),
            Instalment(no=2, due_on=date(2026, 5, 20), amount=Decimal("2025.00")),
        ),
    )
    act = Clause(no=2, kind=ClauseKind.ACT, text="测试物业有限公司于2026年4月25日前完成检修。")
    waive = Clause(no=3, kind=ClauseKind.WAIVE, text="双方再无其他争议。")
    values: dict[str, Any] = {
        "number": "（2026）测人调字第31号",
        "copies": 3,
        "clauses": (pay, act, waive),
        "signatures": (Signature(ref="A1", method="签名并按指印", on=DAY),),
    } | more
    return Agreement(**values)


def case(**more: Any) -> CaseFile:
    """One tenant against one property company, settled in writing on the spot."""
    values: dict[str, Any] = {
        "case_key": "T01",
        "title": "测试小区渗水纠纷",
        "track": Track.PEOPLES,
        "centre": "测试中心",
        "organisation": Body(name="测试人民调解委员会", short="测人调", type=BodyType.SOCIAL),
        "dispute": Dispute(
            category=Category.NEIGHBOUR,
            category_zz=Coded(code="0201", name="邻里纠纷"),
            event_scale=Coded(code="01", name="个体性事件"),
            occurred_on=date(2026, 3, 8),
        ),
        "intake": Intake(
            received_on=date(2026, 3, 10),
            channel="窗口来访",
            source_stat=SourceStat.APPLICATION,
            registrar="许宁",
            accepted_on=date(2026, 3, 10),
            decision=Decision.ACCEPTED,
            mediation_due_rule="30日",
            mediation_due_on=date(2026, 4, 9),
            number="（2026）测人调字第31号",
        ),
        "parties": (person("A1", "孟兰"), company("B1", "测试物业有限公司")),
        "mediators": (mediator(),),
        "recorder": Recorder(pool_no="R01", name="赵宁", organisation="测试人民调解委员会"),
        "selection": Choice(
            mode=SelectionMode.PARTIES,
            candidates=("M01", "M02"),
            choices={"A1": ("M01", "M02"), "B1": ("M01",)},
            result=("M01",),
        ),
        "facts": "2026年3月8日9时许，401室漏水约40分钟，造成301室吊顶脱落。",
        "claims": (
            Claim(
                ref="Q1",
                by="A1",
                against=("B1",),
                item="吊顶重做",
                amount=Decimal("4860.00"),
                calc="32.4㎡×150元",
            ),
            Claim(ref="Q2", by="A1", against=("B1",), item="赔礼道歉"),
        ),
        "claims_total": Decimal("4860.00"),
        "sessions": (session(),),
        "agreement": agreement(),
        "outcome": Outcome(result=Result.AGREED, form=AgreementForm.WRITTEN, concluded_on=DAY),
    } | more
    return CaseFile(**values)


def oral_case() -> CaseFile:
    """The same, agreed by word of mouth, for a child with a guardian."""
    child = replace(person("A1", "温墨", guardian=guardian()), birth_date=date(2013, 3, 2))
    entry = OralRecord(registered_on=DAY, recorded_by="R01", confirmed_by=("A1（法定代理人签名）", "B1"))
    spoken = agreement(number=None, form=AgreementForm.ORAL, copies=0, signatures=(), oral_record=entry)
    return case(
        parties=(child, company("B1", "测试物业有限公司")),
        agreement=spoken,
        outcome=Outcome(result=Result.AGREED, form=AgreementForm.ORAL, concluded_on=DAY),
    )


def ended_case() -> CaseFile:
    """The same, not accepted."""
    ending = Ending(
        kind=Result.NOT_ACCEPTED,
        cause=Cause.SUED,
        on=DAY,
        reason="同一纠纷已由人民法院受理。",
        basis="人民调解工作若干规定第二十二条",
        notice=Notice(title="人民调解不予受理通知书", number="测调不〔2026〕2号", on=DAY),
        told_remedies=("在诉讼中答辩", "请求法院调解"),
        told_on=DAY,
    )
    base = case()
    intake = replace(base.intake, accepted_on=None, decision=Decision.REFUSED, number=None)
    return replace(
        base, intake=intake, mediators=(), recorder=None, selection=None, sessions=(), agreement=None,
        outcome=Outcome(result=Result.NOT_ACCEPTED, concluded_on=DAY), ending=ending,
    )  # fmt: skip
