"""Dates and times as papers write them (domain.md §6.9)."""

from __future__ import annotations

from datetime import date, time

from mediation_desk.shared.dates import (
    cn_date,
    cn_date_or_blank,
    cn_period,
    cn_span,
    cn_time,
    weekday,
)


def test_dates_have_no_leading_zero() -> None:
    assert cn_date(date(2026, 3, 5)) == "2026年3月5日"
    assert cn_date_or_blank(None).split() == ["年", "月", "日"]


def test_weekdays() -> None:
    assert weekday(date(2026, 3, 5)) == "星期四"
    assert weekday(date(2026, 3, 8)) == "星期日"


def test_times_are_on_24_hours() -> None:
    assert cn_time(time(9, 30)) == "9时30分"
    assert cn_time(time(14, 0)) == "14时"
    assert cn_time(time(0, 5)) == "0时05分"


def test_a_session_without_end_leaves_a_place_for_it() -> None:
    day = date(2026, 3, 13)
    assert cn_span(day, time(14), time(16, 10)) == "2026年3月13日（星期五）14时至16时10分"
    assert cn_span(day, time(14), None).endswith("14时至　　时　　分")


def test_a_period_holds_both_its_days() -> None:
    assert cn_period(date(2026, 3, 5), date(2026, 4, 4)) == "自2026年3月5日起至2026年4月4日止"
