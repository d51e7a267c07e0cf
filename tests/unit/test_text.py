"""What may be stored, and in which form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.shared.errors import InputError
from mediation_desk.shared.text import canonical, fold_width, folded

REFUSED = [
    "a\x00b",
    "a\x1bb",
    "a\x7fb",
    "a\ud800b",
    "a\u202eb",
    "a\u2066b",
    "a\u200eb",
    "a\ufeffb",
    "a\u3164b",
    "a\u034fb",
    "a\u200bb",
    "a\uffffb",
    "a\U000e0041b",
]


@pytest.mark.parametrize("text", REFUSED, ids=ascii)
def test_invisible_and_broken_characters_are_refused_with_the_field(text: str) -> None:
    with pytest.raises(InputError) as refused:
        canonical(text, "姓名")
    assert refused.value.field == "姓名"
    assert "姓名" in refused.value.message
    assert "第2个字" in refused.value.message


@pytest.mark.parametrize("text", ["<b>", "=cmd|' /C calc'!A0", "&amp;", "王·𬱖", "㛃䶮", "קטן", "٣"])
def test_hostile_looking_but_plain_text_stays_as_typed(text: str) -> None:
    assert canonical(text, "姓名") == text


def test_line_ends_and_composition_are_made_one() -> None:
    assert canonical("一\r\n二\r三\u2028四\u0085五", "事实") == "一\n二\n三\n四\n五"
    assert canonical("e\u0301", "姓名") == "é"


def test_names_stay_on_one_line() -> None:
    with pytest.raises(InputError):
        canonical("张\n三", "姓名", multiline=False)


def test_too_long_text_is_refused() -> None:
    with pytest.raises(InputError, match="最多5个"):
        canonical("一二三四五六", "备注", longest=5)


@given(st.text(max_size=60))
def test_canonical_text_stays_as_it_is(text: str) -> None:
    try:
        once = canonical(text, "x")
    except InputError:
        return
    assert canonical(once, "x") == once
    once.encode("utf-8")


def test_full_width_digits_and_letters_fold() -> None:
    assert fold_width("１１０ＡＢｘ，（张三）") == "110ABx，（张三）"


def test_folding_white_space() -> None:
    assert folded(" 一\u3000二\n三\t") == "一二三"
