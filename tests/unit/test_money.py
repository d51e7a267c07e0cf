"""Amounts in figures and capitals, and how they are shared out."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.shared.errors import InputError
from mediation_desk.shared.money import (
    CEILING,
    capitals,
    distribute,
    figures,
    in_full,
    parse_yuan,
    round_fen,
)

# domain.md §6.8, the project's fixed form
CAPITALS = {
    "0": "人民币零元整",
    "0.05": "人民币伍分",
    "0.50": "人民币伍角整",
    "10": "人民币壹拾元整",
    "105": "人民币壹佰零伍元整",
    "1409.50": "人民币壹仟肆佰零玖元伍角整",
    "6007.14": "人民币陆仟零柒元壹角肆分",
    "1680.32": "人民币壹仟陆佰捌拾元叁角贰分",
    "107000.53": "人民币壹拾万柒仟元伍角叁分",
    "16409.02": "人民币壹万陆仟肆佰零玖元零贰分",
    "325.04": "人民币叁佰贰拾伍元零肆分",
    "100010": "人民币壹拾万零壹拾元整",
    "10000001": "人民币壹仟万零壹元整",
    "100100000": "人民币壹亿零壹拾万元整",
    "200000000": "人民币贰亿元整",
}
amounts = st.decimals(min_value=0, max_value=CEILING - 1, places=2, allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(("amount", "words"), CAPITALS.items())
def test_capitals_follow_the_rule_for_bills(amount: str, words: str) -> None:
    assert capitals(Decimal(amount)) == words


def test_capitals_round_half_up_to_the_fen() -> None:
    assert capitals(Decimal("0.005")) == "人民币壹分"
    assert capitals(Decimal("1264.645")) == capitals(Decimal("1264.65"))


@pytest.mark.parametrize("amount", ["-1", "1000000000000"])
def test_amounts_without_agreed_wording_are_refused(amount: str) -> None:
    with pytest.raises(InputError):
        capitals(Decimal(amount))


@given(amounts)
def test_capitals_say_how_they_end(amount: Decimal) -> None:
    """整 after 元 and 角, nothing after 分; never a gap, a simplified digit or two zeros in a row."""
    words = capitals(amount)
    assert words.startswith("人民币")
    assert words.endswith("分") == bool(amount * 100 % 10)
    assert words.endswith(("分", "元整", "角整"))
    assert "零零" not in words
    assert not set(words) & set("一二三四五六七八九十百千〇 毛另")


def test_figures_are_grouped_with_two_decimals() -> None:
    assert figures(Decimal("1234567.5")) == "1,234,567.50"
    assert figures(Decimal(0)) == "0.00"
    assert in_full(Decimal(8100)) == "人民币8,100.00元（大写：人民币捌仟壹佰元整）"


@pytest.mark.parametrize("typed", ["8100.5", "８，１００．５", "¥8,100.50元", " 8,100.5 "])
def test_amounts_are_read_as_people_type_them(typed: str) -> None:
    assert parse_yuan(typed) == Decimal("8100.50")


@pytest.mark.parametrize("typed", ["", "八千", "1.005", "-1", "NaN", "Infinity", "1e30", "=1+1", "1 2"])
def test_what_is_no_amount_is_refused_with_the_field(typed: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_yuan(typed, field="赔偿款")
    assert refused.value.field == "赔偿款"


@given(amounts, st.integers(min_value=1, max_value=400))
def test_parts_add_up_and_are_never_negative(total: Decimal, parts: int) -> None:
    shares = distribute(total, parts)
    assert len(shares) == parts
    assert sum(shares) == total
    assert min(shares) >= 0
    assert all(share == round_fen(share) for share in shares)


def test_the_last_part_takes_the_remainder() -> None:
    assert distribute(Decimal(100), 3) == (Decimal("33.33"), Decimal("33.33"), Decimal("33.34"))
    assert distribute(Decimal("2529.29"), 2) == (Decimal("1264.65"), Decimal("1264.64"))
