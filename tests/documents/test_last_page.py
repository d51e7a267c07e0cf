"""The end of a paper does not stand alone: it is set closer, a stub stays whole, names go with the words above."""

from __future__ import annotations

import io

import pytest
from docx import Document
from docx.shared import Pt

from mediation_desk.documents.content import (
    Block,
    Heading,
    Paper,
    Perforation,
    Profile,
    SealPlace,
    SignatureArea,
    SignaturePlace,
    paragraph,
)
from mediation_desk.documents.form_grid import FormGrid, caption, row, value
from mediation_desk.documents.render.docx import render_docx
from mediation_desk.documents.render.pdf import closeness, render_pdf
from tests.documents.reading import pdf_pages

SEAL = SealPlace(body="测试人民调解委员会", day="2026年3月5日")


def _paper(lines: int, *end: Block, profile: Profile = Profile.SMALL) -> Paper:
    words = (paragraph(f"第{no}行。") for no in range(lines))
    return Paper(heading=Heading(form="试", title="试"), blocks=(*words, *end), profile=profile)


def test_a_seal_that_would_stand_on_a_page_of_its_own_is_drawn_up() -> None:
    paper = _paper(30, SEAL)
    assert len(pdf_pages(render_pdf(paper))) == 1
    assert closeness(paper) == 1


def test_the_word_file_follows() -> None:
    close, wide = (Document(io.BytesIO(render_docx(_paper(n, SEAL)))) for n in (30, 10))
    leading = [draft.styles["文书正文"].paragraph_format.line_spacing for draft in (close, wide)]
    assert leading == [Pt(20), Pt(22)]


@pytest.mark.parametrize("lines", [10, 50])
def test_a_paper_with_room_keeps_its_measures(lines: int) -> None:
    assert closeness(_paper(lines, SEAL)) == 0


def test_the_words_above_go_with_the_first_name() -> None:
    names = tuple(SignaturePlace(by=f"当事人{no}") for no in range(12))
    *_, last = pdf_pages(render_pdf(_paper(30, paragraph("以上核对无误。"), SignatureArea(places=names))))
    assert last.index("以上核对无误") < last.index("当事人0")


def test_a_stub_is_torn_off_in_one_piece() -> None:
    stub = FormGrid(columns=(24, 120), rows=tuple(row(caption(f"栏{no}"), value("字")) for no in range(5)))
    for lines in range(18, 40):
        pages = pdf_pages(render_pdf(_paper(lines, Perforation(number="1号"), stub)))
        assert "栏0" in pages[-1]
        assert "栏4" in pages[-1]
