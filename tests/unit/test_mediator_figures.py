"""Figures of a mediator over cases made by hand: the edges of each definition, and what is written of few."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from mediation_desk.agreements.model import AgreementForm, Satisfaction
from mediation_desk.cases.vocabulary import Category, Result
from mediation_desk.experts.model import Role
from mediation_desk.shared import assets
from mediation_desk.shared.errors import InputError
from mediation_desk.statistics.mediators import facts
from mediation_desk.statistics.mediators.figures import figures
from mediation_desk.statistics.mediators.indicators import indicators
from mediation_desk.statistics.mediators.measures import MEASURES
from mediation_desk.statistics.mediators.model import (
    Handled,
    MediatorFigure,
    Obligation,
    Pause,
    Promise,
    Visit,
)
from mediation_desk.statistics.periods import ALL, fiscal_year_of, parse_period
from mediation_desk.statistics.ports import Question

MARCH = Question(period=parse_period("2026-03"), as_of=date(2026, 4, 30))
CASE = Handled(
    case_key="C1",
    category=Category.NEIGHBOUR,
    role=Role.PRESIDING,
    selected_on=date(2026, 3, 2),
    counted=True,
    accepted_on=date(2026, 3, 1),
    due_on=date(2026, 3, 31),
    concluded_on=date(2026, 3, 20),
    result=Result.AGREED,
    form=AgreementForm.WRITTEN,
    effective_on=date(2026, 3, 20),
    performed_on=None,
    confirm_applied_on=None,
    confirm_valid_on=None,
)


def told(*cases: Handled, asked: Question = MARCH) -> dict[str, MediatorFigure]:
    named = tuple(replace(case, case_key=f"C{number}") for number, case in enumerate(cases, start=1))
    return {figure.code: figure for figure in figures(named, asked)}


def failed(**other: object) -> Handled:
    return replace(CASE, result=Result.FAILED, form=None, effective_on=None, **other)  # type: ignore[arg-type]


def owing(*obligations: Obligation, **other: object) -> Handled:
    return replace(CASE, obligations=obligations, **other)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("number", "success", "days"),
    [
        (0, "—", "—"),
        (1, "1 件中 1 件", "1 件共 19 天"),
        (9, "9 件中 9 件", "9 件共 171 天"),
        (10, "100.00%", "19.0 天"),
    ],
)
def test_few_cases_are_counted_not_rated(number: int, success: str, days: str) -> None:
    shown = told(*[CASE] * number)

    assert (shown["success_rate"].text, shown["average_days"].text) == (success, days)
    assert (shown["success_rate"].value is not None) == (number >= 10), "nobody is ranked by a few cases"
    assert shown["success_rate"].few == (0 < number < 10)
    assert shown["concluded"].text == f"{number} 件"
    assert shown["concluded"].value == number


def test_a_rate_tells_the_counts_behind_it() -> None:
    shown = told(*[CASE] * 8, *[failed()] * 4)

    rate = shown["success_rate"]
    assert (rate.text, rate.counts, rate.value) == ("66.67%", "12 件中 8 件", Decimal("66.67"))
    assert (len(rate.numerator), len(rate.denominator)) == (8, 12)
    assert rate.cases == rate.denominator
    assert shown["appointed"].cases == shown["appointed"].numerator


def test_satisfaction_counts_evaluations_and_names_cases() -> None:
    words = (Satisfaction.SATISFIED, Satisfaction.FAIRLY, Satisfaction.UNSATISFIED)
    mixed = replace(CASE, visits=tuple(Visit(on=date(2026, 4, 1), satisfaction=word) for word in words))
    late = replace(CASE, visits=(Visit(on=date(2026, 5, 1), satisfaction=Satisfaction.SATISFIED),))

    satisfaction = told(mixed, late, CASE)["satisfaction"]

    assert satisfaction.text == "3 次评价中 2 次"
    assert (satisfaction.part, satisfaction.whole) == (2, 3)
    assert satisfaction.cases == ("C1",), "a visit after the day asked for is not heard yet"
    assert satisfaction.notes == {"C1": "满意、基本满意、不满意"}


@pytest.mark.parametrize(
    ("case", "matured", "performed", "in_default"),
    [
        (owing(Obligation(clause=1, due_on=date(2026, 4, 30))), True, False, True),
        (owing(Obligation(clause=1, due_on=date(2026, 5, 1))), False, False, False),
        (
            owing(
                Obligation(clause=1, due_on=date(2026, 4, 1)), Obligation(clause=1, due_on=date(2026, 6, 1))
            ),
            False,
            False,
            True,
        ),
        (
            owing(
                Obligation(clause=1, due_on=date(2026, 6, 1), done_on=date(2026, 4, 2)),
                performed_on=date(2026, 4, 2),
            ),
            True,
            True,
            False,
        ),
        (
            owing(
                Obligation(clause=1, due_on=date(2026, 4, 1), done_on=date(2026, 5, 2)),
                performed_on=date(2026, 5, 2),
            ),
            True,
            False,
            True,
        ),
        (owing(Obligation(clause=1, due_on=date(2026, 9, 1), moved_on=date(2026, 4, 9))), True, False, True),
        (
            owing(
                Obligation(clause=1, due_on=date(2026, 4, 1), done_on=date(2026, 4, 1)),
                promises=(Promise(clause=1, due_on=date(2035, 5, 10)),),
            ),
            False,
            False,
            False,
        ),
        (
            owing(
                Obligation(clause=1, due_on=date(2026, 9, 1), moved_on=date(2026, 4, 9)),
                promises=(Promise(clause=1, due_on=date(2026, 9, 1)),),
            ),
            True,
            False,
            True,
        ),
        (owing(Obligation(clause=1, due_on=date(2026, 4, 1)), effective_on=None), False, False, True),
        (CASE, False, False, False),
        (failed(), False, False, False),
    ],
    ids=[
        "due on the day",
        "due tomorrow",
        "first overdue, last not due",
        "early",
        "paid after the day asked for",
        "accelerated",
        "monthly for years",
        "accelerated clause",
        "unsigned",
        "nothing to perform",
        "no agreement",
    ],
)
def test_when_an_agreement_is_due(case: Handled, matured: bool, performed: bool, in_default: bool) -> None:
    seen = (facts.matured(case, MARCH), facts.performed(case, MARCH), facts.in_default(case, MARCH))
    assert seen == (matured, performed, in_default)


def test_late_is_not_on_time() -> None:
    item = Obligation(clause=1, due_on=date(2026, 4, 10), done_on=date(2026, 4, 10))
    punctual = owing(item, performed_on=date(2026, 4, 10))
    late = owing(replace(item, done_on=date(2026, 4, 11)), performed_on=date(2026, 4, 11))
    hurried = owing(replace(item, moved_on=date(2026, 4, 9)), performed_on=date(2026, 4, 10))

    shown = told(punctual, late, hurried)

    assert shown["performed_rate"].numerator == ("C1", "C2", "C3")
    assert shown["on_time_rate"].numerator == ("C1",)


@pytest.mark.parametrize(
    ("pauses", "days"),
    [
        ((), 19),
        ([("2026-03-05", "2026-03-09")], 14),
        ([("2026-03-05", "2026-03-09"), ("2026-03-08", "2026-03-10")], 13),
        ([("2026-02-01", "2026-03-02")], 18),
        ([("2026-03-20", "2026-09-01")], 18),
        ([("2026-04-01", "2026-09-01")], 19),
        ([("2026-02-01", "2026-09-01")], 0),
    ],
)
def test_days_of_a_suspension_stand_still(pauses: list[tuple[str, str]], days: int) -> None:
    case = replace(
        CASE,
        pauses=tuple(
            Pause(first=date.fromisoformat(first), last=date.fromisoformat(last)) for first, last in pauses
        ),
    )
    assert facts.days_taken(case) == days


@pytest.mark.parametrize(
    ("case", "running"),
    [
        (CASE, False),
        (replace(CASE, concluded_on=None, result=None), True),
        (replace(CASE, concluded_on=date(2026, 5, 1)), True),
        (replace(CASE, effective_on=None), True),
        (replace(CASE, effective_on=date(2026, 5, 1)), True),
        (replace(CASE, selected_on=date(2026, 5, 1), concluded_on=None, result=None), False),
        (failed(), False),
    ],
)
def test_what_is_still_running(case: Handled, running: bool) -> None:
    assert facts.running(case, MARCH) == running
    assert facts.running_overdue(replace(case, due_on=date(2026, 4, 29)), MARCH) == running
    assert not facts.running_overdue(replace(case, due_on=date(2026, 4, 30)), MARCH)


def test_who_is_to_be_visited() -> None:
    visit = (Visit(on=date(2026, 4, 1), satisfaction=Satisfaction.SATISFIED),)
    early = replace(CASE, visits=visit)
    waiting = owing(Obligation(clause=1, due_on=date(2026, 6, 1)))
    breached = owing(Obligation(clause=1, due_on=date(2026, 4, 1)))
    withdrawn = replace(failed(visits=visit), result=Result.WITHDRAWN)

    shown = told(early, waiting, breached, withdrawn, failed())

    assert shown["visited_rate"].denominator == ("C1", "C3", "C5")
    assert shown["visited_rate"].numerator == ("C1",)


def test_kinds_are_listed_where_there_are_cases() -> None:
    shown = told(CASE, failed(category=Category.MEDICAL), replace(CASE, concluded_on=date(2026, 4, 1)))

    kinds = {code: figure.numerator for code, figure in shown.items() if code.startswith("kind_")}
    assert kinds == {"kind_neighbour": ("C1",), "kind_medical": ("C2",)}
    assert shown["kind_medical"].definition == "办结日在期间内的医疗纠纷，主持、协助都计"


def test_a_case_not_counted_is_appointed_only() -> None:
    shown = told(replace(CASE, counted=False, result=Result.NOT_ACCEPTED, effective_on=None))

    assert {code for code, figure in shown.items() if figure.cases} == {"appointed"}


def test_every_measure_is_defined_and_none_is_a_rating() -> None:
    rules = indicators()
    assert {one.code for one in rules.listed} == set(MEASURES)
    for one in rules.listed:
        assert one.definition
        assert "期间" in one.definition, "the period rule stands in the definition"
        assert (one.unit == "%") == bool(one.numerator), one.code
        assert not set("★☆星") & set(one.definition + one.name)
    assert "激化数" in {one.name for one in rules.left_out}


def test_who_had_to_be_urged_did_not_perform_by_himself() -> None:
    kept = replace(
        CASE, obligations=(Obligation(clause=1, due_on=date(2026, 3, 25), done_on=date(2026, 3, 25)),)
    )
    kept = replace(kept, performed_on=date(2026, 3, 25))
    urged = replace(kept, pressed_on=date(2026, 3, 24))
    afterwards = replace(kept, pressed_on=date(2026, 3, 26))
    found = told(kept, urged, afterwards)["unpressed_rate"]
    assert (found.numerator, found.whole) == (("C1", "C3"), 3)


def test_what_was_forgiven_is_no_default() -> None:
    item = Obligation(clause=1, due_on=date(2026, 3, 25), waived_on=date(2026, 3, 24))
    forgiven = replace(CASE, obligations=(item,), performed_on=date(2026, 3, 24))
    found = told(forgiven)
    assert [found[code].part for code in ("in_default", "performed_rate", "on_time_rate", "forgiven")] == [
        0,
        1,
        1,
        1,
    ]


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Path]:
    assets.use_rules_in(tmp_path)
    yield tmp_path / "indicators.toml"
    assets.use_rules_in(tmp_path / "nowhere")


ONE = """
few = 2
[[indicator]]
code = "{code}"
group = "结果"
name = "成功"
unit = "{unit}"
numerator = "成功的"
denominator = "办结的"
definition = "期间内"
[kinds]
group = "类型"
definition = "{{kind}}"
"""


def test_a_centre_has_its_own_indicators_and_threshold(own: Path) -> None:
    own.write_text(ONE.format(code="success_rate", unit="%"), encoding="utf-8")

    shown = told(CASE, CASE)

    assert list(shown) == ["success_rate", "kind_neighbour"]
    assert (shown["success_rate"].name, shown["success_rate"].text) == ("成功", "100.00%")


@pytest.mark.parametrize(("code", "unit"), [("stars", "%"), ("success_rate", "件"), ("concluded", "%")])
def test_an_indicator_nobody_can_count_is_refused(own: Path, code: str, unit: str) -> None:
    own.write_text(ONE.format(code=code, unit=unit), encoding="utf-8")
    with pytest.raises(InputError, match="indicators"):
        told(CASE)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026Q1", "2026-01-01", "2026-03-31"),
        ("2026q4", "2026-10-01", "2026-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026-12", "2026-12-01", "2026-12-31"),
        ("2026-03-05..2026-03-05", "2026-03-05", "2026-03-05"),
    ],
)
def test_periods_as_typed(words: str, first: str, last: str) -> None:
    period = parse_period(words)
    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    "words",
    ["", "26", "0000", "10000", "2026-13", "2026Q5", "2026-1-1", "..", "2026-05-01..2026-04-30", "去年"],
)
def test_periods_nobody_understands(words: str) -> None:
    with pytest.raises(InputError):
        parse_period(words)


def test_the_fiscal_year_of_a_day() -> None:
    assert fiscal_year_of(date(2026, 11, 20)) == parse_period("2026")
    assert ALL.first < ALL.last
