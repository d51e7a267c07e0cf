"""Deadlines of whole cases: the acceptance cases as recorded, the sentences, the lights, the laws of counting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mediation_desk.agreements.performance import due_day
from mediation_desk.cases.beside import Order, OrderKind, Standstill
from mediation_desk.cases.checks.period import last_due_on
from mediation_desk.cases.deadlines.lights import Light, signal
from mediation_desk.cases.deadlines.model import Deadline, Group
from mediation_desk.cases.deadlines.period import brought_up_to_date, days_excluded
from mediation_desk.cases.deadlines.reckoning import deadlines_of, open_deadlines, period_deadline, reckon
from mediation_desk.cases.deadlines.rules import all_rules
from mediation_desk.cases.kept import owed
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.vocabulary import DayUnit, SuspensionCause
from mediation_desk.interchange.reader import read_case
from mediation_desk.shared.assets import read_text
from mediation_desk.shared.workdays import add_working_days, count_working_days, is_working_day
from tests.shared_cases import FILES, needs_cases

DAYS = st.dates(min_value=date(2024, 1, 1), max_value=date(2028, 12, 31))


def case(start: str) -> CaseFile:
    [path] = [path for path in FILES if path.name.startswith(start)]
    return read_case(path.read_bytes())


def called(file: CaseFile, what: str) -> Deadline:
    return next(one for one in deadlines_of(file) if one.what == what)


@needs_cases
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem[:3])
def test_every_recorded_day_comes_out_as_recorded(path: Path) -> None:
    file = read_case(path.read_bytes())
    period = period_deadline(file)
    assert (period.due_on if period else None) == last_due_on(file)
    assert brought_up_to_date(file) == file
    if file.intake.mediation_due_on is not None:
        first = period_deadline(replace(file, suspensions=(), extensions=()))
        assert first is not None
        day = file.intake.mediation_due_on
        assert f"{day.month}月{day.day}日" in first.sum[0]
    told = {one.what: one for one in deadlines_of(file)}
    if "申请司法确认" in told:
        assert told["申请司法确认"].due_on == file.judicial_confirmation.deadline
    promised = sorted(due_day(row) for row in owed(file))
    assert [one.due_on for one in deadlines_of(file) if one.code.startswith("clause.")] == promised
    assert all(one.group is Group.PROMISE for one in deadlines_of(file) if one.code.startswith("clause."))


@needs_cases
@pytest.mark.parametrize(
    ("start", "what", "why"),
    [
        ("C02", "调解期限", "自2026年1月19日收到申请次日起15日，末日2月3日（劳动争议调解仲裁法第十四条）"),
        ("C03", "调解期限", "自2026年5月11日受理次日起30日，末日6月10日（人民调解工作若干规定第三十三条）"),
        (
            "C06",
            "调解期限",
            "自2026年4月10日受理次日起30日，末日5月10日逢休息日，顺延至5月11日（人民调解工作若干规定第三十三条）",
        ),
        (
            "C08",
            "调解期限",
            "自2026年4月21日签收法院材料次日起30日，末日5月21日（最高人民法院关于人民法院特邀调解的规定第二十七条）",
        ),
        (
            "C05",
            "申请司法确认",
            (
                "自2026年9月2日协议生效次日起30日，末日10月2日逢节假日，顺延至10月8日"
                "（人民调解法第三十三条、民事诉讼法第二百零五条）"
            ),
        ),
        ("C03", "履行第3条第2期", "协议第3条第2期写明2026年12月31日，逢休息日不顺延"),
    ],
)
def test_one_sentence_tells_the_whole_sum(start: str, what: str, why: str) -> None:
    assert called(case(start), what).why == why


@needs_cases
def test_what_was_done_in_time_is_met_and_what_is_open_is_neither() -> None:
    delegated = case("C08")
    assert called(delegated, "选定调解员").met is True
    assert called(delegated, "受理决定").met is True
    assert called(case("C14"), "调解期限").met is True
    assert all(one.met is None for one in open_deadlines(case("C03")))


def test_a_volume_put_away_with_everything_kept_has_nothing_open() -> None:
    assert open_deadlines(read_case(read_text("examples/leak.json").encode())) == ()


@needs_cases
def test_orders_fall_due_on_the_day_they_name() -> None:
    given = Order(
        no=1,
        kind=OrderKind.ASSIGN,
        to="安和镇调委会",
        given_on=date(2026, 5, 18),
        given_by="值班长",
        due_on=date(2026, 5, 24),
    )
    base = case("C11")
    file = replace(base, beside=replace(base.beside, orders=(given,)))
    told = called(file, "交办：安和镇调委会")
    assert (told.due_on, told.done_on) == (date(2026, 5, 24), None)
    assert told.why == "2026年5月18日交办安和镇调委会，限5月24日前办结"
    answered = replace(given, replied_on=date(2026, 5, 23))
    assert called(replace(base, beside=replace(base.beside, orders=(answered,))), told.what).met is True
    voided = replace(given, voided_on=date(2026, 5, 19))
    assert told.what not in [
        one.what for one in deadlines_of(replace(base, beside=replace(base.beside, orders=(voided,))))
    ]


@needs_cases
def test_a_standstill_says_from_when_nothing_counts() -> None:
    base = replace(case("C14"), suspensions=(), extensions=(), outcome=None, ending=None, sessions=())
    stop = Standstill(
        cause=SuspensionCause.APPRAISAL,
        reason="鉴定",
        notice_on=date(2026, 6, 11),
        from_on=date(2026, 6, 11),
        unit=DayUnit.WORKING_DAYS,
    )
    told = called(replace(base, beside=replace(base.beside, standstill=stop)), "调解期限")
    assert told.held_from == date(2026, 6, 11)
    assert "中止中，自2026年6月11日起不计" in told.why
    assert signal(told.due_on, date(2026, 12, 1), held=True).light is Light.HELD


@pytest.mark.parametrize(
    ("days", "overdue", "light", "words"),
    [
        (6, 0, Light.LATER, "还有 6 天"),
        (5, 0, Light.REMIND, "还有 5 天"),
        (4, 0, Light.REMIND, "还有 4 天"),
        (3, 0, Light.NEAR, "还有 3 天"),
        (1, 0, Light.NEAR, "还有 1 天"),
        (0, 0, Light.DUE, "就是今天"),
        (-1, 1, Light.OVERDUE, "已过 1 天"),
        (-9, 2, Light.LEADER, "已过 9 天"),
        (2, 2, Light.NEAR, "还有 2 天"),
    ],
)
def test_lights_change_on_the_days_the_centre_set(days: int, overdue: int, light: Light, words: str) -> None:
    today = date(2026, 4, 29)
    shown = signal(today + timedelta(days=days), today, overdue=overdue)
    assert (shown.light, shown.words) == (light, words)


@given(start=DAYS, rule=st.sampled_from(all_rules()))
def test_a_period_of_days_never_ends_on_a_rest_day_nor_early(start: date, rule: object) -> None:
    found = reckon(rule, start)  # type: ignore[arg-type]  # drawn from the rules
    assert is_working_day(found.due_on)
    assert found.rule is not None
    assert (found.due_on - start).days >= found.rule.length


@given(start=DAYS, days=st.integers(min_value=0, max_value=40), rule=st.sampled_from(all_rules()))
def test_who_starts_later_is_never_due_earlier(start: date, days: int, rule: object) -> None:
    later = reckon(rule, start + timedelta(days=days))  # type: ignore[arg-type]  # drawn from the rules
    assert reckon(rule, start).due_on <= later.due_on  # type: ignore[arg-type]  # drawn from the rules


@given(start=DAYS, days=st.integers(min_value=1, max_value=120))
def test_counting_back_gives_the_length(start: date, days: int) -> None:
    end = add_working_days(start, days).on
    assert count_working_days(start + timedelta(days=1), end) == days


@given(first=DAYS, days=st.integers(min_value=0, max_value=90), unit=st.sampled_from(DayUnit))
@settings(max_examples=50)
def test_a_longer_suspension_never_excludes_fewer_days(first: date, days: int, unit: DayUnit) -> None:
    last = first + timedelta(days=days)
    excluded = days_excluded(first, last, unit)
    assert 0 <= excluded <= days_excluded(first, last + timedelta(days=1), unit)
    assert excluded <= days + 1
