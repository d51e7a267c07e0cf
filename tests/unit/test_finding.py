"""Text taken apart, what was typed made a question, hits marked: without any database."""

from __future__ import annotations

import dataclasses
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.cases.finding import tokens
from mediation_desk.cases.finding.marking import HIDDEN, snippet, words_in
from mediation_desk.cases.finding.query import Question, asked, nearly
from mediation_desk.cases.finding.said import Group, Kind, Passage, indexed, said
from mediation_desk.hearings.model import PrivateNote, Session
from tests.unit.finding_material import PARTIES, dispute, hostile

MARKER = "只对调解员说的话"


def found(typed: str, text: str, kind: Kind = Kind.TEXT) -> str:
    """What a search for ``typed`` marks in ``text``, marks joined by a stroke."""
    passage = Passage(group=Group.FACTS, label="事由", text=text, kind=kind)
    piece = snippet(passage, words_in(passage, asked(typed)))
    return "|".join(piece.text[start:end] for start, end in piece.marks)


def is_indexed(typed: str, name: str, *, near: bool = False) -> bool:
    """Whether a name's tokens answer what was typed, as a database would."""
    question = nearly(asked(typed)) if near else asked(typed)
    have = tokens.of_name(name)
    return all(
        any(
            any(
                token.startswith(term.tokens[0]) if term.open_end else token == term.tokens[0]
                for token in have
            )
            if len(term.tokens) == 1
            else "".join(term.tokens) in "".join(have)
            for term in word.terms
        )
        for word in question.words
    )


# Tokens


def test_chinese_is_taken_apart_by_characters_and_latin_stays_whole() -> None:
    assert tokens.words("京A·12345撞了Toyota，赔12,150.50元") == [
        *("京", "a12345", "撞", "了", "toyota", "赔", "12", "150", "50", "元")
    ]


def test_width_and_case_do_not_count() -> None:
    assert tokens.words("ＡＢＣ１２３　Ⅳ") == ["abc123", "iv"]


@pytest.mark.parametrize("rare", ["㛃", "䶮", "𬱖", "𫖮"])
def test_a_character_beyond_the_basic_block_is_a_token_like_any_other(rare: str) -> None:
    assert tokens.words(f"李{rare}") == ["李", rare]


def test_a_token_has_an_end() -> None:
    assert max(map(len, tokens.words("x" * 3000))) == tokens.LONGEST


@given(st.text(alphabet="张三·Ａa1é，𫖮ﬁ①'’ ", max_size=40))
def test_tokens_with_places_are_the_tokens(text: str) -> None:
    placed = tokens.placed(text)

    assert [token.word for token in placed] == tokens.words(text)
    assert all(text[token.start : token.end] for token in placed)


# Names


@pytest.mark.parametrize("typed", ["张三", "zhangsan", "zhangs", "zs", "Zhang", "张", "ZHANGSAN"])
def test_a_name_is_found_by_characters_pinyin_and_initials(typed: str) -> None:
    assert is_indexed(typed, "张三")


@pytest.mark.parametrize("typed", ["shanyuming", "danyuming", "sym", "yuming"])
def test_every_reading_of_a_surname_finds_the_name(typed: str) -> None:
    assert is_indexed(typed, "单于明")


def test_one_wrong_character_is_forgiven_only_on_demand() -> None:
    assert is_indexed("孟庆蓝", "孟庆兰", near=True)
    assert is_indexed("孟清兰", "孟庆兰", near=True)
    assert is_indexed("章三", "张三", near=True)
    assert not is_indexed("孟庆蓝", "孟庆兰")
    assert not is_indexed("孟清蓝竹", "孟庆兰", near=True)
    assert not is_indexed("李四", "张三", near=True)


def test_an_organisation_is_found_by_the_sound_of_its_beginning() -> None:
    assert is_indexed("yunchuan", "云川安居物业有限公司")
    assert is_indexed("ycaj", "云川安居物业有限公司")


def test_a_name_with_a_dot_is_found_with_and_without_it() -> None:
    assert is_indexed("买买提艾力", "买买提·艾力")
    assert is_indexed("买买提·艾力", "买买提·艾力")


# What a case says


def test_a_case_says_everything_but_the_notes_of_caucuses() -> None:
    private = PrivateNote(of="A1", by="M01", text=MARKER, share_consent=True)
    meeting = Session(
        no=1,
        date=dispute().intake.received_on,
        start=time(9),
        place="调解室",
        presided_by="M01",
        record="双方各让一步",
        private_notes=(private,),
    )
    file = dataclasses.replace(dispute(), sessions=(meeting,))
    passages = said(file, ["调解协议书"])

    assert {passage.label for passage in passages} >= {
        "案件代码",
        "申请人",
        "事由",
        "第1次调解记录",
        "已打印",
    }
    assert not [passage for passage in passages if MARKER in passage.text]
    assert "让" in indexed(passages)[Group.RECORDS]


def test_identity_numbers_are_indexed_by_their_tails() -> None:
    words = indexed(said(dispute()))[Group.PEOPLE]

    assert PARTIES[0].id_no in words
    assert tokens.tail(PARTIES[0].id_no or "") in words
    assert tokens.tail(PARTIES[0].phone) in words


# Questions


def test_words_between_blanks_are_separate() -> None:
    assert len(asked("孟庆兰 锦园　渗水").words) == 3


def test_of_many_words_the_first_are_asked() -> None:
    assert len(asked("一 " * 50).words) == 8


@given(st.text(max_size=60))
def test_any_text_becomes_tokens_and_nothing_else(typed: str) -> None:
    only_tokens(typed)


def test_ten_thousand_hostile_questions_become_tokens_and_nothing_else() -> None:
    for typed in hostile(10_000):
        only_tokens(typed)


def only_tokens(typed: str) -> None:
    for word in (*asked(typed).words, *nearly(asked(typed)).words):
        for term in word.terms:
            assert term.tokens
            assert all(char.isalnum() or char == tokens.ANY for token in term.tokens for char in token)


def test_punctuation_asks_for_nothing() -> None:
    assert asked('"（）*:^-+ \0') == Question()


# Marks


@pytest.mark.parametrize(
    ("typed", "text", "marked"),
    [
        ("渗水", "卫生间渗水，吊顶受损，又渗水", "渗水|渗水"),
        ("吊顶 渗水", "卫生间渗水，吊顶受损", "渗水|吊顶"),
        ("京A123", "轿车京A·12345左转", "京A·123"),
        ("toy", "丰田TOYOTA轿车", "TOY"),
        ("31", "（2026）安和人调字第31号", "31"),
        ("没有的", "卫生间渗水", ""),
        ("12345", "轿车京A12345左转", "12345"),
    ],
)
def test_what_is_found_is_marked_in_the_text_itself(typed: str, text: str, marked: str) -> None:
    assert found(typed, text) == marked


def test_a_name_found_by_sound_is_marked_whole() -> None:
    assert found("zhangs", "张三", Kind.NAME) == "张三"


def test_of_a_number_only_the_part_asked_for_is_shown() -> None:
    passage = Passage(group=Group.PEOPLE, label="证件", text="110101199001010015", kind=Kind.NUMBER)
    piece = snippet(passage, words_in(passage, asked("0015")))

    assert piece.text == HIDDEN * 14 + "0015"


def test_a_long_text_is_cut_around_the_first_mark() -> None:
    piece = snippet(
        passage := Passage(group=Group.FACTS, label="事由", text="甲" * 500 + "渗水" + "乙" * 500),
        words_in(passage, asked("渗水")),
    )

    assert len(piece.text) < 70
    assert [piece.text[start:end] for start, end in piece.marks] == ["渗水"]


@given(st.text(alphabet="渗水吊顶a1 ，\n", max_size=200), st.sampled_from(["渗水", "a", "1 吊", "水吊顶"]))
def test_marks_lie_within_the_snippet(text: str, typed: str) -> None:
    passage = Passage(group=Group.FACTS, label="事由", text=text)
    piece = snippet(passage, words_in(passage, asked(typed)))

    assert all(0 <= start < end <= len(piece.text) for start, end in piece.marks)
    assert "\n" not in piece.text
