"""中止, 恢复, 延长 through the service on both databases: what they do to the day, and every way they are refused."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import UTC, date, datetime, time

import pytest

from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER
from mediation_desk.cases.checks.period import last_due_on
from mediation_desk.cases.counter.alike import ANYWAY
from mediation_desk.cases.deadlines.model import Group
from mediation_desk.cases.deadlines.reckoning import period_deadline
from mediation_desk.cases.deadlines.service import DeadlineService
from mediation_desk.cases.lifecycle import State, state_of
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.registering import Register
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.choosing import Designate
from mediation_desk.cases.steps.hearing import PlanSession
from mediation_desk.cases.steps.intake import Accept, End
from mediation_desk.cases.steps.step import Step
from mediation_desk.cases.steps.timing import Extend, Resume, Suspend
from mediation_desk.cases.vocabulary import BodyType, Category, Cause, DayUnit, Result, SuspensionCause
from mediation_desk.experts.model import Employment, MediatorCard
from mediation_desk.parties.model import Gender
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.track import Track
from tests.persistence.test_case_steps import BODY, RECORDER, REGISTER

EVERYBODY = ("A1", "B1")
NOW = datetime(2026, 9, 1, 2, 0, tzinfo=UTC)
MEDICAL = dataclasses.replace(
    REGISTER,
    category=Category.MEDICAL,
    organisation=dataclasses.replace(BODY, type=BodyType.PROFESSIONAL),
    occurred_on=date(2026, 5, 1),
    received_on=date(2026, 5, 20),
)
BUREAU = dataclasses.replace(
    MEDICAL,
    track=Track.ADMINISTRATIVE,
    organisation=dataclasses.replace(BODY, name="试验区卫生健康局", short="试卫健", type=BodyType.AGENCY),
)
SUMMER = dataclasses.replace(REGISTER, received_on=date(2026, 8, 5))
APPRAISAL = Suspend(on=date(2026, 6, 11), cause=SuspensionCause.APPRAISAL, reason="委托医学会鉴定")

Take = Callable[..., CaseFile]


@pytest.fixture
def cases(storage: Storage) -> CaseService:
    card = MediatorCard(
        pool_no="M01",
        name="钱和",
        gender=Gender.FEMALE,
        organisation=BODY.name,
        employment=Employment.FULL_TIME,
        specialties=("邻里",),
    )
    with storage.write() as work:
        work.pool.learn([card])
    return CaseService(storage, lambda: NOW)


@pytest.fixture
def opened(cases: CaseService) -> Callable[[Register], str]:
    def register(command: Register) -> str:
        file = cases.register(COUNTER, command, despite=ANYWAY)
        on = date(2026, 5, 22) if command.received_on < date(2026, 6, 1) else command.received_on
        return cases.perform(COUNTER, file.case_key, Accept(on=on)).case_key

    return register


def take(cases: CaseService, key: str, *steps: Step) -> CaseFile:
    file = cases.file(COUNTER, key)
    for step in steps:
        file = cases.perform(COUNTER, key, step)
    return file


def test_an_appraisal_stops_the_clock_with_both_ends(
    cases: CaseService, opened: Callable[[Register], str]
) -> None:
    key = opened(MEDICAL)
    held = take(cases, key, APPRAISAL)
    assert state_of(held) is State.SUSPENDED
    shown = period_deadline(held)
    assert shown is not None
    assert shown.why == (
        "自2026年5月22日受理次日起30个工作日，末日7月6日；中止中，自2026年6月11日起不计"
        "（医疗纠纷预防和处理条例第三十八条）"
    )
    file = take(cases, key, Resume(on=date(2026, 8, 7)))
    [stop] = file.suspensions
    assert (stop.days_excluded, stop.unit) == (41, DayUnit.WORKING_DAYS)
    assert (stop.due_before, stop.due_after) == (date(2026, 7, 6), date(2026, 9, 1))
    assert file.beside.standstill is None
    assert state_of(file) is State.ACCEPTED


def test_all_parties_give_more_time_and_the_sentence_tells_the_whole_sum(
    cases: CaseService, opened: Callable[[Register], str]
) -> None:
    key = opened(MEDICAL)
    more = Extend(on=date(2026, 8, 31), days=15, reason="院方报理事会审议", consent=EVERYBODY)
    file = take(cases, key, APPRAISAL, Resume(on=date(2026, 8, 7)), more)
    assert last_due_on(file) == date(2026, 9, 21)
    shown = period_deadline(file)
    assert shown is not None
    assert shown.why == (
        "自2026年5月22日受理次日起30个工作日，末日7月6日；鉴定中止（6月11日至8月7日）41个工作日，顺延至9月1日；"
        "8月31日各方同意延长15个工作日，延至9月21日（医疗纠纷预防和处理条例第三十八条）"
    )
    assert file == cases.file(COUNTER, key)


def test_days_count_where_the_rule_counts_days(cases: CaseService, opened: Callable[[Register], str]) -> None:
    key = opened(SUMMER)
    stop = Suspend(on=date(2026, 8, 20), cause=SuspensionCause.FORCE_MAJEURE, reason="台风停工")
    file = take(cases, key, stop, Resume(on=date(2026, 8, 25)))
    assert file.intake.mediation_due_on == date(2026, 9, 4)
    assert (file.suspensions[0].days_excluded, last_due_on(file)) == (6, date(2026, 9, 10))
    longer = take(cases, key, Extend(on=date(2026, 8, 31), days=21, reason="等账目", consent=EVERYBODY))
    assert last_due_on(longer) == date(2026, 10, 8)  # the 21st day is 1 October


def refused(cases: CaseService, key: str, step: Step) -> str:
    before = cases.file(COUNTER, key)
    with pytest.raises((RuleError, InputError)) as told:
        cases.perform(COUNTER, key, step)
    assert cases.file(COUNTER, key) == before
    return told.value.message


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (dataclasses.replace(APPRAISAL, reason=" "), "原因"),
        (dataclasses.replace(APPRAISAL, cause=SuspensionCause.DEATH), "只有鉴定的时间不计入期限"),
        (dataclasses.replace(APPRAISAL, on=date(2026, 7, 7)), "2026年7月6日届满"),
        (dataclasses.replace(APPRAISAL, on=date(2026, 5, 21)), "早于受理之日"),
        (dataclasses.replace(APPRAISAL, from_on=date(2026, 9, 2)), "还没有到"),
        (Resume(on=date(2026, 6, 11)), "案件现为“已受理”"),
        (Extend(on=date(2026, 7, 7), days=5, reason="等材料", consent=EVERYBODY), "届满之前办理"),
        (Extend(on=date(2026, 7, 6), days=5, reason="等材料", consent=("A1",)), "贾讲理还没有同意"),
        (Extend(on=date(2026, 7, 6), days=0, reason="等材料", consent=EVERYBODY), "天数"),
        (Extend(on=date(2026, 7, 6), days=5, reason="", consent=EVERYBODY), "理由"),
        (Extend(on=date(2026, 9, 2), days=5, reason="等材料", consent=EVERYBODY), "还没有到"),
    ],
)
def test_what_the_period_does_not_allow_is_refused_and_changes_nothing(
    cases: CaseService, opened: Callable[[Register], str], step: Step, words: str
) -> None:
    assert words in refused(cases, opened(MEDICAL), step)


def test_while_the_clock_stands_nothing_else_happens(
    cases: CaseService, opened: Callable[[Register], str]
) -> None:
    key = opened(MEDICAL)
    take(cases, key, APPRAISAL)
    more = Extend(on=date(2026, 6, 12), days=5, reason="等材料", consent=EVERYBODY)
    assert "案件现为“中止”，不能延长期限" in refused(cases, key, more)
    assert "不能中止" in refused(cases, key, APPRAISAL)
    assert "早于中止之日" in refused(cases, key, Resume(on=date(2026, 6, 10)))


def test_a_session_and_a_suspension_do_not_meet(
    cases: CaseService, opened: Callable[[Register], str]
) -> None:
    key = opened(SUMMER)
    planned = PlanSession(date=date(2026, 9, 3), start=time(9), place="第一调解室")
    named = Designate(on=date(2026, 8, 6), presiding="M01", disclosure="无利害关系", recorder=RECORDER)
    take(cases, key, named, planned)
    stop = Suspend(on=date(2026, 8, 20), cause=SuspensionCause.DEATH, reason="当事人去世")
    assert "2026年9月3日安排了调解会" in refused(cases, key, stop)


def test_changes_of_the_period_follow_each_other(
    cases: CaseService, opened: Callable[[Register], str]
) -> None:
    key = opened(SUMMER)
    more = Extend(on=date(2026, 8, 28), days=10, reason="等账目", consent=EVERYBODY)
    take(cases, key, more)
    stop = Suspend(on=date(2026, 8, 28), cause=SuspensionCause.OTHER, reason="等另案")
    assert "上一次延长（2026年8月28日）以后" in refused(cases, key, stop)
    assert "以后" in refused(cases, key, dataclasses.replace(more, on=date(2026, 8, 27)))


def test_the_health_bureau_cannot_make_its_period_longer(
    cases: CaseService, opened: Callable[[Register], str]
) -> None:
    key = opened(BUREAU)
    more = Extend(on=date(2026, 6, 30), days=5, reason="等材料", consent=EVERYBODY)
    assert "不得延长（医疗纠纷预防和处理条例第四十条）" in refused(cases, key, more)


def test_labour_mediation_does_not_stand_still(cases: CaseService, opened: Callable[[Register], str]) -> None:
    key = opened(dataclasses.replace(SUMMER, category=Category.WAGES))
    stop = Suspend(on=date(2026, 8, 6), cause=SuspensionCause.FORCE_MAJEURE, reason="台风")
    told = refused(cases, key, stop)
    assert "劳动争议调解仲裁法第十四条" in told
    assert "没有可以不计入期限的事由" in told


def test_a_case_not_accepted_or_ended_has_no_clock(cases: CaseService) -> None:
    key = cases.register(COUNTER, SUMMER, despite=ANYWAY).case_key
    stop = Suspend(on=date(2026, 8, 6), cause=SuspensionCause.OTHER, reason="等另案")
    assert "案件现为“已登记”" in refused(cases, key, stop)
    end = End(
        kind=Result.TERMINATED,
        cause=Cause.UNREACHABLE,
        on=date(2026, 8, 20),
        reason="找不到人。",
        told_remedies=("起诉",),
    )
    take(cases, key, Accept(on=date(2026, 8, 5)), stop, end)
    assert "案件现为“终止”" in refused(cases, key, Resume(on=date(2026, 8, 21)))


def test_lists_follow_every_step(
    cases: CaseService, storage: Storage, opened: Callable[[Register], str]
) -> None:
    deadlines = DeadlineService(storage, lambda: NOW)

    def listed() -> list[tuple[str, date]]:
        found = deadlines.between(COUNTER, None, date(2027, 12, 31))
        return [(line.what, line.due_on) for line in found if line.group is Group.DUTY]

    key = opened(SUMMER)
    assert listed() == [("调解期限", date(2026, 9, 4))]
    stop = Suspend(on=date(2026, 8, 20), cause=SuspensionCause.FORCE_MAJEURE, reason="台风停工")
    take(cases, key, stop)
    assert listed() == []
    take(cases, key, Resume(on=date(2026, 8, 25)))
    assert listed() == [("调解期限", date(2026, 9, 10))]
    [line] = deadlines.upcoming(COUNTER)
    assert (line.case_key, line.place) == (key, "overview")
    assert "不可抗力中止（8月20日至8月25日）6日，顺延至9月10日" in line.why
