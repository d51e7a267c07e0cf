"""Worked dates of domain.md §1.5 and §8.2: holidays, make-up weekends, years not yet published."""

from __future__ import annotations

from datetime import date

import pytest

from mediation_desk.shared.workdays import (
    Period,
    add_days,
    add_period,
    add_working_days,
    confirmation_deadline,
    count_days,
    count_working_days,
    is_known,
    is_working_day,
    next_working_day,
    parse_period,
)

HOLIDAYS_2026 = [(1, 1), (2, 15), (2, 23), (4, 6), (5, 1), (5, 5), (6, 19), (9, 25), (10, 1), (10, 7)]
MAKE_UP_2026 = [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)]


@pytest.mark.parametrize(("month", "day"), HOLIDAYS_2026)
def test_public_holidays_are_no_working_days(month: int, day: int) -> None:
    assert not is_working_day(date(2026, month, day))


@pytest.mark.parametrize(("month", "day"), MAKE_UP_2026)
def test_make_up_weekends_are_working_days(month: int, day: int) -> None:
    made_up = date(2026, month, day)
    assert made_up.weekday() >= 5
    assert is_working_day(made_up)
    assert next_working_day(made_up).on == made_up


@pytest.mark.parametrize(
    ("effective", "deadline"),
    [
        ("2026-03-24", "2026-04-23"),  # a Thursday
        ("2026-04-02", "2026-05-06"),  # 2 May: Labour Day holidays
        ("2026-05-08", "2026-06-08"),  # a Sunday
        ("2026-08-06", "2026-09-07"),  # a Saturday
        ("2026-09-02", "2026-10-08"),  # 2 October: National Day holidays
        ("2026-08-21", "2026-09-20"),  # a Sunday on which offices work
    ],
)
def test_confirmation_deadline_rolls_to_the_next_working_day(effective: str, deadline: str) -> None:
    due = confirmation_deadline(date.fromisoformat(effective))
    assert due.on == date.fromisoformat(deadline)
    assert not due.provisional


@pytest.mark.parametrize(
    ("start", "rule", "end"),
    [
        ("2026-03-26", "30日", "2026-04-27"),
        ("2026-07-22", "30个工作日（医疗纠纷预防和处理条例第三十八条）", "2026-09-02"),
        ("2026-07-10", "45个工作日（市场监管投诉处理规定）", "2026-09-11"),
        ("2026-02-26", "15日（劳动争议调解仲裁法第十四条）", "2026-03-13"),
        ("2026-09-01", "15个工作日", "2026-09-21"),  # across working Sunday 09-20
        ("2026-07-06", "41个工作日", "2026-09-01"),
    ],
)
def test_periods_of_the_acceptance_cases(start: str, rule: str, end: str) -> None:
    period = parse_period(rule)
    assert period is not None
    assert add_period(date.fromisoformat(start), period).on == date.fromisoformat(end)


def test_rule_text_without_a_length_is_no_period() -> None:
    assert parse_period("一个月") is None
    assert parse_period("约30日") is None
    assert parse_period("7日") == Period(days=7)


def test_first_day_does_not_count_and_a_suspension_counts_both_ends() -> None:
    assert add_working_days(date(2026, 9, 18), 1).on == date(2026, 9, 20)
    assert add_days(date(2026, 9, 30), 0).on == date(2026, 9, 30)
    assert count_working_days(date(2026, 6, 11), date(2026, 8, 7)) == 41
    assert count_days(date(2026, 6, 11), date(2026, 6, 12)) == 2
    assert count_days(date(2026, 6, 12), date(2026, 6, 11)) == 0


def test_year_not_yet_published_counts_weekends_only_and_is_provisional() -> None:
    assert not is_known(date(2031, 1, 1))
    assert is_working_day(date(2031, 1, 1))  # a Wednesday
    assert not is_working_day(date(2031, 1, 4))
    assert next_working_day(date(2031, 1, 4)).on == date(2031, 1, 6)
    assert next_working_day(date(2031, 1, 4)).provisional
    assert add_working_days(date(2031, 1, 1), 3).provisional
    assert confirmation_deadline(date(2030, 12, 20)).provisional
