"""Sums shared out: whatever is divided, the parts equal the whole to the fen."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.agreements.sums import (
    annex_by_columns,
    annex_by_rows,
    by_percent,
    by_weights,
    column_sums,
    equally,
    instalments,
    set_off,
)
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.money import FEN

FENS = st.integers(0, 10**11)
YUAN = FENS.map(lambda fen: fen * FEN)
WEIGHTS = st.lists(st.integers(0, 10**6), min_size=1, max_size=60).filter(any)


@st.composite
def percents(draw: st.DrawFn) -> tuple[Decimal, ...]:
    return by_weights(Decimal(100), draw(WEIGHTS))


@st.composite
def annexes(draw: st.DrawFn) -> tuple[list[Decimal], tuple[Decimal, ...]]:
    """Members' sums, and instalments that add up to the same."""
    rows = draw(st.lists(st.integers(0, 10**7).map(lambda fen: fen * FEN), min_size=1, max_size=60))
    weights = draw(st.lists(st.integers(0, 100), min_size=1, max_size=12).filter(any))
    return rows, by_weights(sum(rows, Decimal()), weights)


@given(YUAN, WEIGHTS)
def test_shares_by_weight_equal_the_whole_and_miss_the_exact_share_by_less_than_a_fen(
    total: Decimal, weights: list[int]
) -> None:
    parts = by_weights(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * sum(weights) - total * weight) < FEN * sum(weights)
        assert part == 0 or weight > 0


@given(YUAN, st.integers(1, 200))
def test_equal_shares_differ_by_one_fen_at_most(total: Decimal, count: int) -> None:
    parts = equally(total, count)
    assert sum(parts) == total
    assert max(parts) - min(parts) <= FEN


@given(YUAN, st.integers(1, 120))
def test_instalments_equal_the_whole(total: Decimal, count: int) -> None:
    parts = instalments(total, count)
    assert len(parts) == count
    assert sum(parts) == total
    assert min(parts) >= 0
    assert len(set(parts[:-1])) <= 1, "only the last takes a remainder"


@given(YUAN, percents())
def test_instalments_by_percent_equal_the_whole(total: Decimal, shares: tuple[Decimal, ...]) -> None:
    parts = by_percent(total, shares)
    assert sum(parts) == total
    assert min(parts) >= 0


@given(YUAN, YUAN, st.none() | YUAN)
def test_set_off_leaves_no_debt_below_zero(owed: Decimal, against: Decimal, used: Decimal | None) -> None:
    if used is not None and used > min(owed, against):
        with pytest.raises(InputError, match="抵销"):
            set_off(owed, against, used)
        return
    found = set_off(owed, against, used)
    assert found.used + found.rest == owed
    assert 0 <= found.used <= against
    assert found.rest >= 0


@given(annexes())
def test_an_annex_adds_up_both_ways(given: tuple[list[Decimal], tuple[Decimal, ...]]) -> None:
    rows, columns = given
    annex = annex_by_columns(rows, columns)
    assert [sum(parts) for parts in annex] == rows
    assert column_sums(annex) == columns
    total = sum(rows)
    for row, parts in zip(rows, annex, strict=True):
        for part, column in zip(parts, columns, strict=True):
            assert part >= 0
            assert not total or part - row * column / total < 2 * FEN


@given(st.lists(YUAN, min_size=1, max_size=40), percents())
def test_an_annex_by_percent_adds_up_by_member(rows: list[Decimal], shares: tuple[Decimal, ...]) -> None:
    annex = annex_by_rows(rows, shares)
    assert [sum(parts) for parts in annex] == rows
    assert sum(column_sums(annex)) == sum(rows)


def test_the_fen_left_over_go_to_the_largest_fractions_and_the_earlier_among_equals() -> None:
    assert by_weights(Decimal("100.00"), (1, 1, 1)) == (Decimal("33.34"), Decimal("33.33"), Decimal("33.33"))
    assert by_weights(Decimal("0.05"), (1, 3)) == (Decimal("0.01"), Decimal("0.04"))
    assert by_weights(Decimal("13500.00"), (6, 3, 1)) == (Decimal(8100), Decimal(4050), Decimal(1350))


@pytest.mark.parametrize("weights", [(), (0, 0), (1, -1)])
def test_weights_that_are_none_are_refused(weights: tuple[int, ...]) -> None:
    with pytest.raises(InputError, match="比例"):
        by_weights(Decimal(1), weights)


def test_percents_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(InputError, match=r"100%.*90%"):
        by_percent(Decimal(10), (Decimal(60), Decimal(30)))


def test_an_annex_of_another_total_is_refused() -> None:
    with pytest.raises(InputError, match="不符"):
        annex_by_columns([Decimal(1)], [Decimal(2)])
