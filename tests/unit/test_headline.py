"""Figures of the dashboard in words: fractions where there are few, and the change to the period before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import cast

from mediation_desk.statistics.analysis import Dashboard, Grid, Trend
from mediation_desk.statistics.filling import fill
from mediation_desk.statistics.headline import SHOWN, Headline, Turn, headlines
from mediation_desk.statistics.model import Period, StatTable
from mediation_desk.statistics.ports import FigureReader, Question, Spot
from mediation_desk.statistics.tables import tables

NOW = Period(first=date(2026, 7, 1), last=date(2026, 9, 30))
BEFORE = Period(first=date(2026, 4, 1), last=date(2026, 6, 30))
Numbers = Mapping[str, int | Decimal]


class OneTrack:
    """A reader that knows one track."""

    def __init__(self, numbers: Numbers) -> None:
        self._numbers = numbers

    def sums(self, *_asked: object) -> dict[tuple[str], Numbers]:
        return {("人民调解",): self._numbers}


def table(numbers: Numbers, period: Period) -> StatTable:
    reader = cast("FigureReader", OneTrack(numbers))
    asked = Question(period=period, as_of=date(2026, 11, 1))
    return fill(tables().listed["tracks"], reader, asked, lambda _name, value: str(value))


def shown(now: Numbers, before: Numbers | None) -> dict[str, Headline]:
    board = Dashboard(
        now=table(now, NOW),
        before=None if before is None else table(before, BEFORE),
        trend=Trend(months=(), series=()),
        kinds=Grid(code="concluded", rows=(), columns=(), numbers=()),
        streams=(),
    )
    found = headlines(board, "人民调解")
    assert [one.code for one in found] == [one.code for one in SHOWN]
    return {one.code: one for one in found}


def test_a_rate_of_few_cases_is_a_fraction_and_is_not_compared_in_per_cent() -> None:
    found = shown({"concluded": 9, "success": 7}, {"concluded": 40, "success": 30})["success_rate"]
    assert (found.text, found.turn, found.change) == ("7/9", None, "上期 75.0%")


def test_a_change_is_an_arrow_and_a_word() -> None:
    now: Numbers = {"concluded": 40, "success": 30, "days_sum": 480, "agreed_yuan": Decimal("1234567.00")}
    found = shown(now, {"concluded": 50, "success": 40, "days_sum": 550})
    assert (found["concluded"].turn, found["concluded"].change) == (Turn.DOWN, "少10件")
    assert (found["success_rate"].text, found["success_rate"].change) == ("75.0%", "低5.0点")
    assert (found["average_days"].turn, found["average_days"].change) == (Turn.UP, "慢1.0天")
    assert found["agreed_wan"].text == "123.46 万元"
    assert found["concluded"].spoken == "办结，40 件，比上期少10件"
    assert (found["registered"].turn, found["registered"].change) == (Turn.SAME, "持平")


def test_nothing_is_a_dash_and_never_divides() -> None:
    found = shown({}, {})
    assert {code for code, one in found.items() if one.text == "—"} == {
        "success_rate",
        "average_days",
        "performed_rate",
        "confirm_valid",
        "satisfaction",
    }
    assert all(one.empty for one in found.values())


def test_what_is_open_now_is_not_compared_and_without_a_period_before_nothing_is() -> None:
    found = shown({"open": 5, "concluded": 3}, {"open": 5, "concluded": 2})
    assert found["open"].change == ""
    assert all(not one.change for one in shown({"concluded": 3}, None).values())


def test_a_figure_leads_to_the_cases_of_its_part() -> None:
    found = shown({"concluded": 9, "success": 7, "confirm_applied": 4, "confirm_valid": 3}, None)
    assert found["success_rate"].spot == replace(Spot.at("success", NOW, track="人民调解"), whole="concluded")
    assert found["agreed_wan"].spot == Spot.at("agreed_yuan", NOW, track="人民调解")
    assert found["confirm_valid"].text == "3/4"
