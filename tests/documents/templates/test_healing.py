"""Whatever a word processor makes of ``{字段名}``, the field is found and nothing around it is lost."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mediation_desk.documents.service import render
from mediation_desk.documents.templates.checking import check
from mediation_desk.documents.templates.fields import Values
from mediation_desk.documents.templates.grammar import fields_in, normal, stray_braces
from mediation_desk.documents.templates.word.filling import fill
from tests.documents.reading import docx_text, pdf_text
from tests.documents.templates.making import END, START, document, in_runs, paper

NUMBER = "（2026）测人调字第31号"
WAYS = (
    "{编号}",
    "{ 编号 }",
    "｛编号｝",
    "｛编 号}",
    "{{编号}}",
    "“{”编号“}”",
    "{“编号”}",
    "{'编号'}",
    "{\u200b编号\ufeff}",
    "﹛编号﹜",
)


WORDS = Values(plain={"编号": NUMBER, "登记人": "许宁"}, rows={})


def filled(*pieces: str) -> str:
    """What a paragraph cut into these runs says once it is filled."""
    return docx_text(fill(in_runs(*pieces), WORDS, ""))


@pytest.mark.parametrize("written", WAYS)
def test_every_way_of_writing_it_is_the_same_field(written: str) -> None:
    made = paper(document(f"前{written}后"))

    assert docx_text(render(made, "docx")) == f"前{NUMBER}后"


def test_quotation_marks_around_a_field_stay() -> None:
    assert docx_text(render(paper(document("称“{编号}”。")), "docx")) == f"称“{NUMBER}”。"


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(WAYS), st.lists(st.integers(0, 12), max_size=6))
def test_a_field_cut_into_runs_anywhere_is_healed(written: str, cuts: list[int]) -> None:
    places = sorted({0, len(written), *(cut for cut in cuts if cut < len(written))})
    pieces = [written[a:b] for a, b in pairwise(places)]

    assert filled(*pieces) == f"{START}{NUMBER}{END}"


@settings(max_examples=15, deadline=None)
@given(st.integers(1, 9), st.integers(1, 9))
def test_two_fields_beside_each_other_share_runs(first: int, second: int) -> None:
    text = "{编号}{登记人}"
    cuts = sorted({0, first, second, len(text)})
    pieces = [text[a:b] for a, b in pairwise(cuts)]

    assert filled(*pieces) == f"{START}{NUMBER}许宁{END}"


@given(st.text(alphabet="{}｛｝“”‘’ 编号当事人.姓名\n\tab", max_size=40))
def test_any_text_can_be_looked_through(text: str) -> None:
    found = fields_in(text)

    assert all(text[one.start] in "{｛“‘\"'" and one.start < one.end <= len(text) for one in found)
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert set(stray_braces(text)) <= {place for place, char in enumerate(text) if char in "{}｛｝"}


def test_names_are_compared_in_one_form() -> None:
    assert normal(" 当事人 ．姓 名") == "当事人.姓名"
    assert normal("“当事人·电话”") == "当事人.电话"


def test_an_unknown_field_is_told_with_its_place_and_what_was_meant() -> None:
    found = check(document("{编号}", "受理于{受理时间}", rows=[["姓名"], ["{当事人.名字}"]]), "a.docx")

    assert [(one.name, one.place, one.suggestion) for one in found.unknown] == [
        ("受理时间", "第2段", "受理日期"),
        ("当事人.名字", "第1张表第2行第1格", "当事人.姓名"),
    ]
    assert not found.good


def test_nothing_is_suggested_where_nothing_is_close() -> None:
    (one,) = check(document("{今日天气预报}"), "a.docx").unknown

    assert one.suggestion == ""
    assert "字段表里没有" in one.sentence


@pytest.mark.parametrize("text", ["只有{一半", "一半}也没有", "{}{"])
def test_a_brace_alone_is_told(text: str) -> None:
    assert not check(document(text), "a.docx").good


def test_pdf_and_docx_say_the_same_after_healing() -> None:
    made = paper(in_runs("{", "编", " 号", "}"))

    assert pdf_text(render(made, "pdf")) == docx_text(render(made, "docx"))
