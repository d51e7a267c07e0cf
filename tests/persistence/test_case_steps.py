"""One dispute from the counter to the archive, step by step through the service, on both databases."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable
from datetime import UTC, date, time
from decimal import Decimal

import pytest

from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER, Actor
from mediation_desk.access.roles import Role
from mediation_desk.agreements.court import Will, WillWay
from mediation_desk.agreements.model import Clause, ClauseKind, Instalment, Satisfaction, VisitWay
from mediation_desk.cases.counter.alike import ANYWAY
from mediation_desk.cases.lifecycle import State, state_of
from mediation_desk.cases.model import Body, CaseFile, Claim, Coded
from mediation_desk.cases.registering import Register
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.agreeing import Compose
from mediation_desk.cases.steps.choosing import Designate, RecordChoice
from mediation_desk.cases.steps.closing import Close, PutAway
from mediation_desk.cases.steps.confirming import ApplyForConfirmation
from mediation_desk.cases.steps.court_papers import RecordWills
from mediation_desk.cases.steps.hearing import PlanSession, RecordSession
from mediation_desk.cases.steps.intake import Accept, End
from mediation_desk.cases.steps.performing import Perform, Visit
from mediation_desk.cases.steps.signing import Sign
from mediation_desk.cases.steps.step import Step
from mediation_desk.cases.summary import CaseQuery
from mediation_desk.cases.vocabulary import BodyType, Category, Cause, Result, Retention, SourceStat
from mediation_desk.experts.model import Employment, MediatorCard, Recorder
from mediation_desk.hearings.model import Attendance, SessionResult
from mediation_desk.parties.model import RESIDENT_ID, Gender, Party, PartyKind, Side
from mediation_desk.shared.errors import ConflictError, InputError, PermissionDenied, RuleError
from mediation_desk.shared.track import Track

BODY = Body(name="试验镇人民调解委员会", short="试验人调", type=BodyType.TOWNSHIP, address="试验镇一路1号")
RECORDER = Recorder(pool_no="R01", name="何笔录", organisation=BODY.name)


def person(ref: str, side: Side, name: str, id_no: str, born: date) -> Party:
    """A party with a valid invented identity."""
    return Party(
        ref=ref,
        side=side,
        kind=PartyKind.PERSON,
        name=name,
        phone="13800001234",
        address="试验镇二路2号",
        gender=Gender.MALE if int(id_no[16]) % 2 else Gender.FEMALE,
        ethnicity="汉族",
        birth_date=born,
        id_type=RESIDENT_ID,
        id_no=id_no,
        occupation="农民",
    )


PARTIES = (
    person("A1", Side.APPLICANT, "甄有理", "110101199001010015", date(1990, 1, 1)),
    person("B1", Side.RESPONDENT, "贾讲理", "110101196805172024", date(1968, 5, 17)),
)
REGISTER = Register(
    title="甄有理与贾讲理相邻排水纠纷",
    track=Track.PEOPLES,
    centre="试验中心",
    organisation=BODY,
    category=Category.NEIGHBOUR,
    category_zz=Coded(code="0201", name="邻里纠纷-用水排水通行通风采光"),
    occurred_on=date(2026, 3, 1),
    place="试验镇",
    received_on=date(2026, 3, 10),
    channel="窗口来访",
    source_stat=SourceStat.APPLICATION,
    parties=PARTIES,
    facts="雨水倒灌。",
    claims=(Claim(ref="Q1", by="A1", against=("B1",), item="修墙费", amount=Decimal("1000.00")),),
)


@pytest.fixture
def cases(storage: Storage) -> CaseService:
    """The service on a database with three mediators, on 1 July 2026."""
    cards = [
        MediatorCard(
            pool_no=number,
            name=name,
            gender=Gender.FEMALE,
            organisation=BODY.name,
            employment=Employment.FULL_TIME,
            specialties=("邻里",),
        )
        for number, name in (("M01", "钱和"), ("M02", "孙顺"), ("M03", "李平"))
    ]
    with storage.write() as work:
        work.pool.learn(cards)
    return CaseService(storage, lambda: datetime.datetime(2026, 7, 1, 2, 0, tzinfo=UTC))


@pytest.fixture
def take(cases: CaseService) -> Callable[[CaseFile, Step], CaseFile]:
    """Take one step as the counter does, with the version just seen."""

    def step(file: CaseFile, command: Step) -> CaseFile:
        return cases.perform(COUNTER, file.case_key, command, version=file.version)

    return step


Take = Callable[[CaseFile, Step], CaseFile]
CHOICE = RecordChoice(
    on=date(2026, 3, 11),
    candidates=("M01", "M02", "M03"),
    marks={"A1": ("M02", "M01"), "B1": ("M01", "M02")},
    disclosure="与各方无利害关系",
    recorder=RECORDER,
)
PLAN = PlanSession(date=date(2026, 3, 16), start=time(9, 30), place="第一调解室")
CLAUSES = (
    Clause(
        no=1,
        kind=ClauseKind.PAY,
        text="贾讲理分两期以银行转账方式向甄有理支付人民币900.00元。",
        payer="B1",
        payee="A1",
        amount=Decimal("900.00"),
        instalments=(
            Instalment(no=1, due_on=date(2026, 4, 10), amount=Decimal("450.00")),
            Instalment(no=2, due_on=date(2026, 5, 10), amount=Decimal("450.00")),
        ),
    ),
    Clause(no=2, kind=ClauseKind.WAIVE, text="双方再无其他争议。"),
)


def recorded(result: SessionResult, *, rights: bool = True) -> RecordSession:
    """A record of the first session."""
    return RecordSession(
        no=1,
        end=time(11, 0),
        attendees=(Attendance(ref="A1"), Attendance(ref="B1")),
        rights_notice_given=rights,
        record="双方陈述并协商。",
        result=result,
    )


def in_room(cases: CaseService, take: Take) -> CaseFile:
    """A case accepted, chosen, with its first session planned."""
    file = cases.register(COUNTER, REGISTER)
    for step in (Accept(on=date(2026, 3, 10)), CHOICE, PLAN):
        file = take(file, step)
    return file


def signed(cases: CaseService, take: Take) -> CaseFile:
    """The same case with its agreement in force."""
    file = take(in_room(cases, take), recorded(SessionResult.AGREED))
    file = take(file, Compose(clauses=CLAUSES, copies=3))
    assert state_of(file) is State.AGREED_UNSIGNED
    for ref in file.missing_signatures:
        file = take(file, Sign(ref=ref, method="签名并按指印", on=date(2026, 3, 16)))
    return file


def test_whole_line(cases: CaseService, take: Take) -> None:
    """From registration to archive; number, period, effect, promises and diary follow by themselves."""
    file = signed(cases, take)
    assert file.intake.number == "（2026）试验人调字第1号"
    assert file.intake.mediation_due_on == date(2026, 4, 9)
    assert file.effective_on == date(2026, 3, 16)
    assert file.judicial_confirmation.deadline == date(2026, 4, 15)
    assert [row.amount for row in file.performance] == [Decimal("450.00")] * 2
    both = tuple(Will(ref=ref, on=date(2026, 3, 16), how=WillWay.FACE_TO_FACE) for ref in ("A1", "B1"))
    file = take(file, RecordWills(on=date(2026, 3, 16), wills=both))
    file = take(
        file, ApplyForConfirmation(on=date(2026, 3, 20), court="试验法院", case_no="（2026）试诉前调确1号")
    )
    file = take(file, Perform(clause=1, instalment=1, on=date(2026, 4, 9), amount=Decimal("450.00")))
    file = take(file, Perform(clause=1, instalment=2, on=date(2026, 5, 9), amount=Decimal("400.00")))
    assert state_of(file) is State.PERFORMING
    file = take(file, Perform(clause=1, instalment=2, on=date(2026, 5, 20), amount=Decimal("50.00")))
    assert state_of(file) is State.PERFORMED
    visit = Visit(
        on=date(2026, 6, 1),
        way=VisitWay.PHONE,
        by="M01",
        of=("A1",),
        situation="已修好",
        satisfaction=Satisfaction.SATISFIED,
    )
    file = take(file, visit)
    assert state_of(file) is State.FOLLOWED_UP
    file = take(file, Close(on=date(2026, 6, 2), evaluation="事了人和"))
    assert state_of(file) is State.CLOSED
    file = take(
        file, PutAway(on=date(2026, 6, 2), retention=Retention.LONG, pages=20, documents=("卷宗封面",))
    )
    assert cases.file(COUNTER, file.case_key) == file
    assert state_of(file) is State.ARCHIVED
    assert len(cases.history(COUNTER, file.case_key)) == file.version
    assert cases.summaries(COUNTER, CaseQuery(search="贾讲理 排水"))[0].state is State.ARCHIVED


def test_common_candidate_wins_by_the_rule(cases: CaseService, take: Take) -> None:
    """Equal sums and equal worst ranks: the neutral order shown decides."""
    file = in_room(cases, take)
    assert file.presiding is not None
    assert file.presiding.pool_no == "M01"


def test_no_common_name_leads_to_designation(cases: CaseService, take: Take) -> None:
    """Without a name all parties ranked the case waits, then the body designates; the first round stays."""
    file = take(cases.register(COUNTER, REGISTER), Accept(on=date(2026, 3, 10)))
    apart = RecordChoice(
        on=date(2026, 3, 11), candidates=("M01", "M02"), marks={"A1": ("M01",), "B1": ("M02",)}
    )
    file = take(file, apart)
    assert state_of(file) is State.SELECTING
    named = Designate(on=date(2026, 3, 12), presiding="M03", accepted_by=("A1", "B1"), recorder=RECORDER)
    file = take(file, named)
    assert file.presiding is not None
    assert len(file.selection_history) == 1


def test_stale_editor_is_told_and_nothing_is_stored(cases: CaseService, take: Take) -> None:
    """The second of two savers gets a ConflictError; the first one's words stand."""
    file = cases.register(COUNTER, REGISTER)
    take(file, Accept(on=date(2026, 3, 10)))
    with pytest.raises(ConflictError):
        take(file, Accept(on=date(2026, 3, 11)))
    assert cases.file(COUNTER, file.case_key).intake.accepted_on == date(2026, 3, 10)


def test_same_operation_twice_is_done_once(cases: CaseService) -> None:
    """A retry after a lost reply neither doubles nor loses."""
    file = cases.register(COUNTER, REGISTER, operation_id="op-1")
    with pytest.raises(ConflictError):
        cases.register(COUNTER, REGISTER, operation_id="op-1")
    first = cases.perform(COUNTER, file.case_key, Accept(on=date(2026, 3, 10)), operation_id="op-2")
    again = cases.perform(COUNTER, file.case_key, Accept(on=date(2026, 3, 10)), operation_id="op-2")
    assert first == again
    assert len(cases.summaries(COUNTER, CaseQuery())) == 1


def test_refused_step_gives_its_number_back(cases: CaseService, take: Take) -> None:
    """LR-5 refuses; the next case gets number 1, there is no gap."""
    file = cases.register(COUNTER, REGISTER)
    with pytest.raises(RuleError, match="第十七条"):
        take(file, Accept(on=date(2026, 3, 10), parties_willing=False))
    assert take(file, Accept(on=date(2026, 3, 10))).intake.number == "（2026）试验人调字第1号"


@pytest.mark.parametrize(
    ("step", "rule"),
    [
        (PLAN, "T-8"),
        (Compose(clauses=CLAUSES, copies=3), "T-12"),
        (Sign(ref="A1", method="签名", on=date(2026, 3, 16)), "T-13"),
        (Perform(clause=1, on=date(2026, 3, 16)), "T-18"),
    ],
)
def test_steps_out_of_order_are_refused(cases: CaseService, take: Take, step: Step, rule: str) -> None:
    """A registered case cannot be heard, agreed, signed or performed."""
    file = cases.register(COUNTER, REGISTER)
    with pytest.raises(RuleError) as refused:
        take(file, step)
    assert refused.value.rule == rule
    assert cases.file(COUNTER, file.case_key) == file


def test_rights_come_first(cases: CaseService, take: Take) -> None:
    """LR-16: the first session needs the notice of rights."""
    with pytest.raises(RuleError) as refused:
        take(in_room(cases, take), recorded(SessionResult.AGREED, rights=False))
    assert refused.value.rule == "LR-16"


def test_too_few_copies(cases: CaseService, take: Take) -> None:
    """LR-13: parties + 1."""
    file = take(in_room(cases, take), recorded(SessionResult.AGREED))
    with pytest.raises(RuleError) as refused:
        take(file, Compose(clauses=CLAUSES, copies=2))
    assert refused.value.rule == "LR-13"


def test_failed_case_needs_remedies_and_gets_a_notice(cases: CaseService, take: Take) -> None:
    """LR-10, and the number of the notice comes from its own series."""
    file = take(in_room(cases, take), recorded(SessionResult.FAILED))
    end = End(
        kind=Result.FAILED,
        cause=Cause.TOO_FAR_APART,
        on=date(2026, 3, 16),
        reason="差距大",
        told_remedies=("向人民法院起诉",),
    )
    ended = take(file, end)
    assert ended.ending is not None
    assert ended.ending.notice is not None
    assert ended.ending.notice.number == "试验人调终〔2026〕1号"
    assert state_of(ended) is State.FAILED


def test_not_accepted(cases: CaseService, take: Take) -> None:
    """A refusal takes no case number."""
    refuse = End(
        kind=Result.NOT_ACCEPTED,
        cause=Cause.SUED,
        on=date(2026, 3, 11),
        reason="已起诉",
        told_remedies=("在诉讼中答辩",),
    )
    file = take(cases.register(COUNTER, REGISTER), refuse)
    assert (state_of(file), file.intake.number) == (State.NOT_ACCEPTED, None)


def test_a_clerk_may_not_accept(cases: CaseService) -> None:
    """Permissions are checked in the service."""
    clerk = Actor(account="c", display_name="登记员", roles=(Role.CLERK,))
    file = cases.register(clerk, REGISTER)
    with pytest.raises(PermissionDenied):
        cases.perform(clerk, file.case_key, Accept(on=date(2026, 3, 10)))


def test_unknown_case(cases: CaseService) -> None:
    """A clear sentence, not a crash."""
    with pytest.raises(InputError, match="没有编号"):
        cases.file(COUNTER, "（1999）无此号")


def test_returning_person_is_one_person(cases: CaseService, storage: Storage) -> None:
    """Two cases with the same identity numbers share the register entries."""
    from sqlalchemy import func, select

    from db.tables.centre import people

    cases.register(COUNTER, REGISTER)
    cases.register(COUNTER, REGISTER, despite=ANYWAY)
    with storage.read() as work:
        assert work.connection.execute(select(func.count()).select_from(people)).scalar_one() == 2


def test_drafts_are_kept(cases: CaseService) -> None:
    """A draft replaces its older self and goes when dropped."""
    cases.keep_draft(COUNTER, "intake", {"facts": "漏"})
    cases.keep_draft(COUNTER, "intake", {"facts": "漏水"})
    assert [draft.content for draft in cases.drafts(COUNTER)] == [{"facts": "漏水"}]
    cases.drop_draft(COUNTER, "intake")
    assert cases.drafts(COUNTER) == ()


def test_what_has_not_happened_is_not_recorded(cases: CaseService, take: Take) -> None:
    """A day after today is refused; only a session may be planned ahead, and not recorded before its day."""
    file = cases.register(COUNTER, REGISTER)
    with pytest.raises(InputError, match="还没有到"):
        take(file, Accept(on=date(2026, 7, 2)))
    file = take(take(file, Accept(on=date(2026, 6, 20))), dataclasses.replace(CHOICE, on=date(2026, 6, 20)))
    file = take(file, dataclasses.replace(PLAN, date=date(2026, 7, 10)))
    with pytest.raises(RuleError, match="还没有到"):
        take(file, recorded(SessionResult.AGREED))
