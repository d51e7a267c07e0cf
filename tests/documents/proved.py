"""The dispute with evidence, an investigation and a mediator who stepped down; and the dispute taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from mediation_desk.cases.counter.visits import Visit
from mediation_desk.cases.model import CaseFile, Ending, Evidence, Investigation, Outcome
from mediation_desk.cases.vocabulary import Cause, EvidenceKind, Result
from mediation_desk.experts.model import Recusal, RecusalGround, RecusalResult
from tests.documents.dispute import DAY, group
from tests.documents.promised import promised

TALK = """查看401室厨房给水支管和301室吊顶。
问：3月8日几点发现漏水？
答：九点多，先听见声音，后来吊顶掉下来一块。
问：谁关的总阀门？
答：物业的人来关的，大约四十分钟以后。"""


def proved() -> CaseFile:
    """Some months on: evidence of both sides, one visit to the place, one mediator replaced."""
    return replace(
        promised(),
        evidence=(
            Evidence(
                ref="E1",
                name="渗水现场照片",
                kind=EvidenceKind.ELECTRONIC,
                provided_by="A1",
                copies=1,
                pages=14,
                received_on=date(2026, 3, 10),
                proves="受损部位和范围",
            ),
            Evidence(
                ref="E2",
                name="物业阀门更换工单",
                kind=EvidenceKind.DOCUMENT,
                provided_by="B1",
                copies=2,
                pages=1,
                original=False,
                received_on=date(2026, 3, 13),
                proves="3月5日施过工",
            ),
        ),
        investigations=(
            Investigation(
                on=date(2026, 3, 13),
                place="301室、401室",
                by=("M01",),
                of=("A1", "B1"),
                content=TALK,
                signed=True,
            ),
        ),
        recusals=(
            Recusal(
                by="A1",
                on=date(2026, 3, 10),
                mediator="M02",
                ground=RecusalGround.OTHER,
                detail="与物业经理是亲戚",
                decided_by="测试人民调解委员会",
                decided_on=date(2026, 3, 11),
                result=RecusalResult.GRANTED,
                replaced_by="M01",
            ),
        ),
    )


def of_a_group() -> CaseFile:
    """The same for twelve people with two representatives."""
    party, members = group("A1", 12)
    base = proved()
    return replace(base, parties=(party, base.parties[1]), group_members=members)


def withdrawn() -> CaseFile:
    """Settled among themselves; the applicant takes the application back."""
    ending = Ending(
        kind=Result.WITHDRAWN,
        cause=Cause.WITHDRAWN,
        on=DAY,
        by=("A1",),
        reason="双方已经自行和解。",
        told_remedies=("向人民法院起诉",),
        told_on=DAY,
    )
    return replace(
        proved(),
        agreement=None,
        performance=(),
        followups=(),
        ending=ending,
        outcome=Outcome(result=Result.WITHDRAWN, concluded_on=DAY),
    )


def visit() -> Visit:
    """Somebody asked about a deposit."""
    return Visit(
        id=7,
        on=DAY,
        at=datetime(2026, 3, 24, 9, 30, tzinfo=datetime.now(UTC).astimezone().tzinfo),
        account="counter",
        clerk="许宁",
        name="冯秋",
        phone="13800000333",
        category="房屋租赁纠纷",
        matter="租约到期，房东不退押金，怎么办？",
        answer="先与房东书面核对押金和房屋状况；谈不拢的，可以申请调解。",
        remedies=("向人民法院起诉",),
    )
