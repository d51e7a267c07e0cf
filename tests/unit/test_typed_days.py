"""Days as people type them, and the one sentence about those that are none or could be two."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.shared.typed_days import read_day

TODAY = date(2026, 4, 29)  # a Wednesday


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("+7", "2026-05-06"),
        ("-1", "2026-04-28"),
        ("+30工作日", "2026-06-12"),
        ("+3个工作日", "2026-05-07"),
        ("+2周", "2026-05-13"),
        ("3天后", "2026-05-02"),
        ("5个工作日后", "2026-05-09"),
        ("今天", "2026-04-29"),
        ("明天", "2026-04-30"),
        ("后天", "2026-05-01"),
        ("大后天", "2026-05-02"),
        ("大前天", "2026-04-26"),
        ("本周五", "2026-05-01"),
        ("这周五", "2026-05-01"),
        ("周五", "2026-05-01"),
        ("周三", "2026-04-29"),
        ("下周三", "2026-05-06"),
        ("下星期天", "2026-05-10"),
        ("下下周一", "2026-05-11"),
        ("上周五", "2026-04-24"),
        ("下个礼拜二", "2026-05-05"),
        ("3.5", "2026-03-05"),
        ("3/5", "2026-03-05"),
        ("3-5", "2026-03-05"),
        ("3月5日", "2026-03-05"),
        ("3月5号", "2026-03-05"),
        ("２０２６．３．５", "2026-03-05"),
        ("5日", "2026-04-05"),
        ("下月5号", "2026-05-05"),
        ("月底", "2026-04-30"),
        ("下月底", "2026-05-31"),
        ("年底", "2026-12-31"),
        ("2026-05-06 周三", "2026-05-06"),
        ("2026-05-02 周六 休", "2026-05-02"),
        ("2026-05-09 周六 班", "2026-05-09"),
        ("2026-05-01 周五 假", "2026-05-01"),
    ],
)
def test_what_people_type_is_understood(typed: str, meant: str) -> None:
    assert read_day(typed, TODAY) == date.fromisoformat(meant)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2.30", "“2.30”这一天不存在，2026年2月只有28天。"),
        ("2027-2-29", "“2027-2-29”这一天不存在，2027年2月只有28天。"),
        ("13.5", "“13.5”这一天不存在。"),
        ("周一", "星期一已经过去，请写“本周一”或者“下周一”。"),
        ("26.3.5", "“26.3.5”有几种读法，请把年份写全，例如 2026-04-29。"),
        ("2026-05-06 周四", "2026年5月6日是星期三，请核对“2026-05-06 周四”。"),
        ("-3工作日", "“-3工作日”：工作日只能往后数。"),
        ("过两天", "“过两天”不是日期，请写成 2026-04-29，也可以写 +7、下周三、3.5。"),
        ("31号", "“31号”这一天不存在，2026年4月只有30天。"),
    ],
)
def test_what_is_no_day_or_could_be_two_is_said_in_a_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(ValueError, match="。") as told:
        read_day(typed, TODAY)
    assert str(told.value) == sentence


@given(st.text(max_size=12))
def test_no_text_brings_it_down(typed: str) -> None:
    found: object = None
    with suppress(ValueError):
        found = read_day(typed, TODAY)
    assert found is None or isinstance(found, date)


@given(st.integers(min_value=0, max_value=9999))
def test_far_days_are_days(days: int) -> None:
    found = read_day(f"+{days}", TODAY)
    assert found is not None
    assert (found - TODAY).days == days
