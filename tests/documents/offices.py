"""Cases of offices: notices on the way, an agency, police, traffic police, a market regulator, a court's referral."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from mediation_desk.cases.beside import Standstill
from mediation_desk.cases.model import (
    Body,
    CaseFile,
    CourtReferral,
    Ending,
    Extension,
    Notice,
    Outcome,
    Service,
    Suspension,
)
from mediation_desk.cases.official_notice import NoticeKind, OfficialNotice
from mediation_desk.cases.vocabulary import (
    BodyType,
    Category,
    Cause,
    CourtMode,
    DayUnit,
    Result,
    SourceStat,
    SuspensionCause,
)
from mediation_desk.experts.model import Employment
from mediation_desk.hearings.model import SessionResult
from mediation_desk.shared.track import Track
from tests.documents.dispute import DAY, case, mediator, oral_case, session

UNDER_WAY: dict[str, Any] = {"agreement": None, "outcome": None, "sessions": ()}
STOP = Suspension(
    no=1,
    cause=SuspensionCause.APPRAISAL,
    reason="委托鉴定漏水原因",
    notice_on=date(2026, 3, 16),
    from_on=date(2026, 3, 16),
    to=date(2026, 3, 20),
    unit=DayUnit.DAYS,
    days_excluded=5,
    due_before=date(2026, 4, 9),
    due_after=date(2026, 4, 14),
)
LONGER = Extension(
    no=1,
    agreed_on=date(2026, 4, 1),
    consent=("A1", "B1"),
    reason="等候报价",
    days=10,
    unit=DayUnit.DAYS,
    due_before=date(2026, 4, 14),
    due_after=date(2026, 4, 24),
)


def given(kind: NoticeKind, no: int, **more: Any) -> OfficialNotice:
    """A notice with a number."""
    number = f"测人调{kind.value[0]}〔2026〕{no}号"
    return OfficialNotice(no=no, kind=kind, number=number, on=date(2026, 3, 16), by="许宁", **more)


def told_case() -> CaseFile:
    """Under way, stopped and gone on, made longer, stopped again; some of it told with a number."""
    again = Standstill(
        cause=SuspensionCause.OTHER,
        reason="当事人住院",
        notice_on=date(2026, 4, 3),
        from_on=date(2026, 4, 3),
        unit=DayUnit.DAYS,
    )
    notices = (
        given(NoticeKind.ACCEPTANCE, 1),
        given(NoticeKind.COMPLETION, 2, what="身份证复印件\n维修报价单", due_on=date(2026, 3, 20)),
        given(NoticeKind.SUSPENSION, 3, about=1),
        given(NoticeKind.RESUMPTION, 4, about=1),
        given(NoticeKind.EXTENSION, 5, about=1),
    )
    base = case(suspensions=(STOP,), extensions=(LONGER,), **UNDER_WAY)
    return replace(base, beside=replace(base.beside, standstill=again, notices=notices))


def failed_case(**more: Any) -> CaseFile:
    """Ended without an agreement after one session; the notice reached one side."""
    ending = Ending(
        kind=Result.FAILED,
        cause=Cause.TOO_FAR_APART,
        on=DAY,
        reason="双方对赔偿数额分歧较大。",
        basis="人民调解法第二十六条",
        notice=Notice(
            title="人民调解终止通知书",
            number="测人调终〔2026〕4号",
            on=DAY,
            served=(Service(ref="A1", on=DAY, how="当面签收"),),
        ),
        told_remedies=("向人民法院起诉", "再次申请调解"),
        told_on=DAY,
    )
    values: dict[str, Any] = {
        "agreement": None,
        "outcome": Outcome(result=Result.FAILED, concluded_on=DAY, reason=ending.reason),
        "ending": ending,
        "sessions": (session(result=SessionResult.FAILED),),
    }
    return case(**values | more)


def office(name: str, short: str, base: CaseFile, **more: Any) -> CaseFile:
    """The case with an agency that mediates by its own officers."""
    body = Body(name=name, short=short, type=BodyType.AGENCY)
    officer = replace(mediator(), employment=Employment.OFFICIAL, organisation=name)
    return replace(base, track=Track.ADMINISTRATIVE, organisation=body, mediators=(officer,), **more)


def agency_case() -> CaseFile:
    """Property owners before the housing bureau."""
    return office("测试区住房和城乡建设局", "测住建", case())


def police_case() -> CaseFile:
    """A quarrel before the police station."""
    base = case(title="测试小区打架纠纷")
    dispute = replace(base.dispute, category=Category.DAMAGE, place="测试小区3号楼前")
    return office("测试区公安分局城东派出所", "测城东所", base, dispute=dispute)


def traffic_case(base: CaseFile | None = None) -> CaseFile:
    """A collision before the traffic police, settled unless ``base`` says otherwise."""
    base = base or case(title="测试路口碰撞事故损害赔偿纠纷")
    dispute = replace(base.dispute, category=Category.TRAFFIC, place="测试路与试验路口")
    return office("测试区公安分局交通警察大队", "测交警", base, dispute=dispute)


def market_case(base: CaseFile | None = None) -> CaseFile:
    """A refund before the market regulator."""
    base = base or case(title="测试健身卡退费纠纷")
    dispute = replace(base.dispute, category=Category.CONSUMER)
    return office("测试区市场监督管理局城东所", "测市监", base, dispute=dispute)


def spoken_refund() -> CaseFile:
    """The same, settled on the spot by word of mouth."""
    return market_case(oral_case())


def delegated_case(base: CaseFile | None = None, mode: CourtMode = CourtMode.BEFORE_FILING) -> CaseFile:
    """Delegated by a court; papers went back where it failed."""
    base = base or case()
    failed = base.ending is not None
    referral = CourtReferral(
        mode=mode,
        court="云川市测试区人民法院",
        letter="委派调解函",
        filed_on=date(2026, 3, 5),
        referred_on=date(2026, 3, 9),
        received_signed_on=date(2026, 3, 10),
        parties_consent=True,
        court_case_no="（2026）测诉前调21号",
        returned_on=date(2026, 3, 26) if failed else None,
        returned_papers=("起诉状副本", "证据复印件") if failed else (),
    )
    intake = replace(
        base.intake, channel="法院委派", source_stat=SourceStat.REFERRED, source_org="云川市测试区人民法院"
    )
    return replace(base, track=Track.JUDICIAL, court_referral=referral, intake=intake)


def signed(file: CaseFile) -> CaseFile:
    """The agreement signed by everybody, so that it is in force."""
    agreement = file.agreement
    assert agreement is not None
    one = agreement.signatures[0]
    places = tuple(replace(one, ref=ref) for ref in file.signing_places)
    return replace(file, agreement=replace(agreement, signatures=places))
