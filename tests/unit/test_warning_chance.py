"""Probabilities of counts: against exact fractions and published values, and what they do to made-up centres."""

from __future__ import annotations

import math
import random
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import comb

import pytest

from mediation_desk.statistics.warning.chance import chance_of, corrected, dispersion, upper_tail
from mediation_desk.statistics.warning.model import Rises
from mediation_desk.statistics.warning.rise import Counts, months_for, rises
from mediation_desk.statistics.warning.rules import Among, RiseRules, warning_rules

MONTH, BEGINS = 202611, 202001
KIND = Among(name="纠纷类型", by=("category",))


@pytest.mark.parametrize(
    ("count", "mean", "published"),
    [
        (3, 1.0, 0.0803),
        (6, 2.5, 0.0420),
        (10, 5.0, 0.0318),
        (15, 10.0, 0.0835),
        (2, 5.0, 0.9596),
        (0, 3.0, 1.0),
    ],
)
def test_poisson_tails_are_those_of_printed_tables(count: int, mean: float, published: float) -> None:
    assert upper_tail(count, mean, 1.0) == pytest.approx(published, abs=5e-5)


@pytest.mark.parametrize(
    ("count", "seen", "months"), [(18, 86, 12), (5, 0, 12), (9, 30, 7), (2, 40, 12), (40, 40, 12)]
)
def test_the_test_against_a_history_is_the_exact_one_of_the_sum(count: int, seen: int, months: int) -> None:
    share, total = Fraction(1, months + 1), count + seen
    exact = sum(
        comb(total, one) * share**one * (1 - share) ** (total - one) for one in range(count, total + 1)
    )
    steady = [seen // months + (place < seen % months) for place in range(months)]

    assert chance_of(count, steady) == pytest.approx(float(exact), rel=1e-9)


def test_a_part_of_a_month_is_compared_with_that_part() -> None:
    total, share = 18 + 86, Fraction(1, 2) / (12 + Fraction(1, 2))
    exact = sum(comb(total, one) * share**one * (1 - share) ** (total - one) for one in range(18, total + 1))

    assert chance_of(18, [7] * 10 + [8] * 2, 0.5) == pytest.approx(float(exact), rel=1e-9)


@pytest.mark.parametrize("spread", [1.0, 1.3, 4.0])
@pytest.mark.parametrize("mean", [0.4, 7.2, 900.0])
def test_a_tail_falls_from_one_and_its_steps_add_up_to_one(mean: float, spread: float) -> None:
    tails = [
        upper_tail(count, mean, spread) for count in range(int(mean + 60 * math.sqrt(mean * spread)) + 40)
    ]

    assert tails[0] == 1.0
    assert tails[-1] < 1e-9
    assert all(first >= second - 1e-12 for first, second in pairwise(tails))
    assert sum(tails[1:]) == pytest.approx(mean, rel=1e-6), "the sum of all tails is the mean"


def test_spread_makes_many_less_surprising() -> None:
    assert upper_tail(18, 7.2, 1.0) < upper_tail(18, 7.2, 2.0) < upper_tail(18, 7.2, 5.0)
    assert dispersion([0, 20, 0, 20]) > 10
    assert dispersion([7, 7, 7, 7]) == 1.0, "less than chance makes counts for chance"


def test_correction_is_that_of_benjamini_and_hochberg() -> None:
    # The fifteen p-values of the example in their paper (1995): four are rejected at 0.05.
    paper = (0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
             0.7590, 1.0)  # fmt: skip
    fair = corrected(paper, 15)

    assert sum(one <= 0.05 for one in fair) == 4
    assert fair[0] == pytest.approx(0.0015)
    assert fair[3] == pytest.approx(0.035625)
    assert corrected(tuple(reversed(paper)), 15) == tuple(reversed(fair))
    assert corrected((0.01,), 100) == (1.0,), "tests that are not shown count, too"


# Made-up centres


@pytest.fixture
def rules() -> RiseRules:
    return warning_rules().rise


def poisson(dice: random.Random, mean: float) -> int:
    limit, count, product = math.exp(-mean), 0, dice.random()
    while product > limit:
        count, product = count + 1, product * dice.random()
    return count


def counted(dice: random.Random, mean: float, varies: float) -> int:
    """A count of this mean whose variance is ``varies`` times the mean."""
    return poisson(dice, dice.gammavariate(mean / (varies - 1), varies - 1) if varies > 1 else mean)


def centre(
    dice: random.Random, groups: int, rules: RiseRules, varies: float = 1.0
) -> dict[tuple[str | int, ...], dict[int, int]]:
    """Groups of all sizes whose cases come in at a steady rate."""
    every = months_for(MONTH, BEGINS, months_end(), rules).every
    rates = [dice.choice((0.2, 1, 3, 8, 20)) for _ in range(groups)]
    return {
        (f"类{place}",): {month: counted(dice, mean, varies) for month in every}
        for place, mean in enumerate(rates)
    }


def months_end() -> date:
    """A day after the month: the whole of it is looked at."""
    return date(2026, 12, 15)


def looked(counts: Counts, rules: RiseRules) -> Rises:
    months = months_for(MONTH, BEGINS, months_end(), rules)
    return rises([(KIND, counts)], months, rules, lambda _name, value: str(value))


@pytest.mark.parametrize("varies", [1.0, 1.6, 3.0])
def test_steady_centres_raise_false_alarms_no_more_often_than_allowed(
    rules: RiseRules, varies: float
) -> None:
    dice, trials = random.Random(7), 200
    alarms = sum(bool(looked(centre(dice, 54, rules, varies), rules).rises) for _ in range(trials))

    assert alarms / trials <= rules.alpha


def test_rises_put_into_steady_centres_are_found(rules: RiseRules) -> None:
    dice, trials, found = random.Random(8), 100, 0
    for _ in range(trials):
        counts = centre(dice, 54, rules)
        counts["突增",] = {month: poisson(dice, 6) for month in next(iter(counts.values()))}
        counts["突增",][MONTH] = 28
        found += any(one.label == "突增" for one in looked(counts, rules).rises)

    assert found / trials >= 0.95


def test_a_peak_of_every_year_is_no_sudden_rise(rules: RiseRules) -> None:
    months = months_for(MONTH, BEGINS, months_end(), rules)
    yearly = {month: 30 if month % 100 == MONTH % 100 else 6 for month in months.every}
    once = {month: 30 if month == MONTH else 6 for month in months.every}

    assert looked({("类",): yearly}, rules).rises == ()
    assert [one.count for one in looked({("类",): once}, rules).rises] == [30]


def test_a_kind_that_goes_up_and_down_anyway_needs_more_to_be_sudden(rules: RiseRules) -> None:
    months = months_for(MONTH, BEGINS, months_end(), rules)
    wild = {month: (1, 20)[place % 2] for place, month in enumerate(months.every)} | {MONTH: 26}
    calm = dict.fromkeys(months.every, 10) | {MONTH: 26}

    assert looked({("类",): wild}, rules).rises == ()
    assert len(looked({("类",): calm}, rules).rises) == 1


def test_the_words_say_count_history_chance_and_correction(rules: RiseRules) -> None:
    months = months_for(MONTH, BEGINS, months_end(), rules)
    counts: Counts = {("邻里纠纷",): dict.fromkeys(months.every, 7) | {MONTH: 25}, ("其他纠纷",): {202610: 3}}
    (one,) = looked(counts, rules).rises

    assert one.words.startswith(
        "2026年11月邻里纠纷 25 件，过去 12 个月平均每月 7.0 件（标准差 0.0），往年同月"
    )
    assert "偶然达到这么多的概率" in one.words
    assert "按同时检验 2 组修正后" in one.words
    assert one.place == {"category": ("邻里纠纷",)}
    assert one.figure == "registered"
    assert [count for _month, count in one.history] == [7] * 12


def test_without_history_nothing_is_said_and_why(rules: RiseRules) -> None:
    months = months_for(MONTH, 202607, months_end(), rules)
    found = rises([(KIND, {("类",): {MONTH: 99}})], months, rules, lambda _name, value: str(value))

    assert found.rises == ()
    assert found.note == "历史只有 3 个整月，不到 6 个月，还不能比较。"


def test_few_cases_and_small_rises_are_not_told(rules: RiseRules) -> None:
    assert rules.times == Decimal("1.5")
    months = months_for(MONTH, BEGINS, months_end(), rules)
    few = {MONTH: rules.least - 1}
    small = dict.fromkeys(months.every, 1000) | {MONTH: 1300}

    assert looked({("少",): few, ("小",): small}, rules).rises == ()


def test_an_unknown_place_is_no_place_to_be_warned_of(rules: RiseRules) -> None:
    months = months_for(MONTH, BEGINS, months_end(), rules)
    found = looked({("",): dict.fromkeys(months.every, 1) | {MONTH: 50}}, rules)

    assert (found.rises, found.tests) == ((), 0)
