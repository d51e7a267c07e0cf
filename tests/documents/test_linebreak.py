"""No line of a paper starts with a closing mark, ends with an opening one, or cuts a number in two."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.documents.content import Run
from mediation_desk.documents.render.linebreak import SetLine, set_lines

SIZE = 16.0
WIDTH = SIZE * 20
CLOSING = "，。、；：？！）」』〕】》〉”’"
OPENING = "（「『〔【《〈“‘"


def _width(char: str, _strong: bool) -> float:
    return SIZE / 2 if char.isascii() else SIZE


def _lines(text: str, *, justify: bool = True) -> list[SetLine[bool]]:
    return set_lines((Run(text=text),), _width, SIZE, WIDTH - 2 * SIZE, WIDTH, justify=justify)


def _texts(lines: list[SetLine[bool]]) -> list[str]:
    return ["".join(piece for piece, _, _ in line.pieces) for line in lines]


@given(
    st.lists(
        st.sampled_from(["漏", "赔偿", "损失，", "（元）", "《约》。", "“甲”"]), min_size=1, max_size=120
    )
)
def test_marks_stand_where_they_belong(words: list[str]) -> None:
    lines = _texts(_lines("".join(words)))
    assert "".join(lines) == "".join(words)
    assert not any(line.startswith(tuple(CLOSING)) for line in lines)
    assert not any(line.endswith(tuple(OPENING)) for line in lines)


def test_a_comma_takes_its_character_along() -> None:
    lines = _texts(_lines("一" * 18 + "，" + "二" * 30))
    assert lines[0] == "一" * 17
    assert lines[1].startswith("一，")


def test_the_white_half_of_a_closing_mark_hangs_over_the_edge() -> None:
    full, *_ = _lines("一" * 17 + "，" + "二" * 30)
    text = "".join(piece for piece, _, _ in full.pieces)
    assert text.endswith("，")
    assert full.width > WIDTH - 2 * SIZE


def test_a_box_to_tick_stays_with_its_words() -> None:
    for before in range(20):
        lines = _texts(_lines("一" * before + "，□③调解不成；■④有待继续调解"))
        assert any("■④有待继续调解" in line for line in lines)


def test_amounts_and_dates_stay_whole() -> None:
    text = "付款" * 7 + "人民币1,234,567.89元，于2026年12月31日前" * 20
    for line in _texts(_lines(text))[:-1]:
        assert not line.endswith(tuple("0123456789"))
        assert not line.startswith(("元", "年", "月", "日", ","))


def test_a_word_longer_than_a_line_is_cut_rather_than_lost() -> None:
    lines = _texts(_lines("A" * 500))
    assert "".join(lines) == "A" * 500
    assert all(len(line) <= 42 for line in lines)


@given(st.text(alphabet="漏水 ab12，。（）", max_size=200))
def test_no_line_is_wider_than_the_paper(text: str) -> None:
    for line in _lines(text):
        assert line.width <= WIDTH + SIZE


def test_justified_lines_end_at_the_edge_and_the_last_one_does_not() -> None:
    lines = _lines("调解员讲解相邻关系和过错责任规则" * 10)
    assert all(abs(line.width - WIDTH) < 0.1 for line in lines[1:-1])
    assert all(space == 0 for _, _, space in lines[-1].pieces)
