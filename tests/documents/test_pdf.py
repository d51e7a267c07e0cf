"""The PDF itself: fonts, metadata, rare characters, hostile text, the same bytes every time."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdf
import pypdfium2
import pytest

from mediation_desk.documents import service
from mediation_desk.documents.render.typeface import unprintable
from mediation_desk.shared.errors import InputError
from tests.documents.dispute import case, company, group, oral_case, person
from tests.documents.reading import docx_text, embedded_fonts, pdf_text

RARE = "㛃䶮𬱖𫖮"
HOSTILE = (
    "<b>粗</b><img src='/etc/passwd'/>",
    "& &amp; <para> </font>",
    "=cmd|' /C calc'!A0",
    "{{ 7*7 }} {% raise %}",
    "\\(反斜杠)(()",
    "很长的名字" * 400,
    "A" * 3000,
    "，。；：" * 200,
    "“”（（（（）））" * 100,
)


def test_all_fonts_are_embedded_subsets() -> None:
    party, members = group("A1", 60)
    file = replace(case(), parties=(party, company("B1", "测试物业有限公司")), group_members=members)
    fonts = embedded_fonts(service.preview_pdf(file, "agreement"))
    assert fonts
    for name, embedded in fonts.items():
        assert embedded, name
        assert name[1:7].isupper(), name
        assert name[7] == "+", name


def test_a_paper_does_not_miss_characters_of_an_earlier_one() -> None:
    """ReportLab keeps the first font registered under a name; each paper needs its own."""
    service.preview_pdf(case(), "rights")
    data = service.preview_pdf(case(facts="鹦鹉螺蟠桃"), "agreement")
    fresh = pypdfium2.PdfDocument(data)
    assert "鹦鹉螺蟠桃" in "".join(page.get_textpage().get_text_bounded() for page in fresh)
    assert _box(data) != _box(service.preview_pdf(case(facts="蟠桃螺鹦鹉"), "agreement"))


def test_the_same_paper_gives_the_same_bytes() -> None:
    (paper,) = service.compose(case(), "agreement")
    first = service.render(paper, "pdf")
    service.preview_pdf(oral_case(), "oral")
    assert service.render(paper, "pdf") == first
    assert service.render(paper, "docx") == service.render(paper, "docx")


def test_metadata_carries_form_and_number_but_no_name() -> None:
    reader = pypdf.PdfReader(io.BytesIO(service.preview_pdf(case(), "agreement")))
    assert reader.metadata is not None
    assert reader.metadata.title == "人民调解协议书 （2026）测人调字第31号"
    said = "".join(str(value) for value in reader.metadata.values())
    assert not any(name in said for name in ("孟兰", "测试物业", "周敬", "赵宁"))
    assert not reader.outline


@pytest.mark.parametrize("char", RARE)
def test_rare_characters_show_their_glyphs(char: str) -> None:
    """The page differs from one with another character and from one with an empty box."""
    file = case(parties=(person("A1", f"孟{char}"), company("B1", "测试物业有限公司")))
    data = service.preview_pdf(file, "agreement")
    assert f"孟{char}" in pdf_text(data)
    other = case(parties=(person("A1", "孟兰"), company("B1", "测试物业有限公司")))
    assert _box(data) != _box(service.preview_pdf(other, "agreement"))


def test_a_character_no_face_has_is_named_not_printed_as_a_box() -> None:
    assert unprintable("孟\U00020000\U0003134a") == ("\U00020000", "\U0003134a") or unprintable("\U0003134a")
    file = case(parties=(person("A1", "孟\U0003134a"), company("B1", "测试物业有限公司")))
    with pytest.raises(InputError, match="U\\+3134A"):
        service.preview_pdf(file, "agreement")


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_printed_as_typed(text: str) -> None:
    plain = "".join(text.split())
    file = case(facts=text, parties=(person("A1", text[:300]), company("B1", text[:300])))
    for form in ("agreement", "record", "application", "rights", "choice", "acceptance"):
        for paper in service.compose(file, form):
            pdf, docx = pdf_text(service.render(paper, "pdf")), docx_text(service.render(paper, "docx"))
            assert pdf == docx
    assert plain in pdf_text(service.preview_pdf(file, "agreement"))


@pytest.mark.parametrize("text", ["反\u202e向", "断\x00开", "残\ud800缺"], ids=ascii)
def test_text_that_cannot_stand_on_paper_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        service.preview_pdf(case(facts=text), "agreement")


def _box(data: bytes) -> bytes:
    """The first page as pixels."""
    return bytes(pypdfium2.PdfDocument(data)[0].render(scale=1).to_pil().tobytes())
