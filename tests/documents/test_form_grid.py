"""Captions and values in ruled cells: same words in both formats, over as many pages as the words need."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pytest

from mediation_desk.documents.content import Heading, Paper, Title
from mediation_desk.documents.flow import plain_text
from mediation_desk.documents.form_grid import FormGrid, GridRow, caption, row, value
from mediation_desk.documents.render.docx import render_docx
from mediation_desk.documents.render.pdf import render_pdf
from mediation_desk.documents.service import compose
from mediation_desk.shared.text import folded
from tests.documents.proved import proved
from tests.documents.reading import docx_text, pdf_pages, pdf_text

SENTENCE = "双方因装修漏水多次交涉，均没有结果，物业到场看过。"


def sheet(*rows: GridRow) -> Paper:
    grid = FormGrid(columns=(18, 18, 46, 18, 46), rows=rows)
    return Paper(heading=Heading(form="F-99", title="登记表"), blocks=(Title(text="登记表"), grid))


def parties(story: str, opinion: str = "同意立案。") -> Paper:
    return sheet(
        row(caption("申请人", deep=2), caption("姓名"), value("孟兰"), caption("电话"), value("13800000101")),
        row(caption("住址"), value("云川市测试路1号", span=3)),
        row(caption("案情简要"), value(story, span=4), height=60),
        row(caption("负责人意见"), value(opinion, span=4, foot="签名：　　　　年　月　日"), height=35),
    )


@pytest.mark.parametrize("count", [1, 30, 60, 200], ids=["short", "a page", "two pages", "many pages"])
def test_both_formats_hold_every_word_in_one_order(count: int) -> None:
    paper = parties("\n".join(SENTENCE * 3 for _ in range(count)), opinion=SENTENCE * count)
    said = folded(plain_text(paper))
    assert docx_text(render_docx(paper)) == said
    assert pdf_text(render_pdf(paper)) == said


def test_a_long_text_starts_on_the_page_of_its_caption_and_goes_on() -> None:
    pages = pdf_pages(render_pdf(parties(SENTENCE * 100)))
    assert len(pages) == 3
    assert "案情简要" in pages[0]
    assert all(SENTENCE in page for page in pages)


def test_a_short_row_is_not_torn() -> None:
    """The opinion would just begin at the foot of the page: it goes to the next one whole."""
    filler = [row(caption(f"栏{n}"), value("内容", span=4)) for n in range(23)]
    foot = row(caption("负责人意见"), value("同意。", span=4, foot="签名：　　　　年　月　日"), height=35)
    pages = pdf_pages(render_pdf(sheet(*filler, foot)))
    assert len(pages) == 2
    assert "负责人意见同意。签名：年月日" in pages[1]


def test_cells_held_together_stay_on_one_page() -> None:
    filler = [row(caption(f"栏{n}"), value("内容", span=4)) for n in range(23)]
    band = (
        row(caption("申请人", deep=3), caption("姓名"), value("孟兰", span=3)),
        row(caption("住址"), value("云川市", span=3)),
        row(caption("电话"), value("13800000101", span=3)),
    )
    pages = pdf_pages(render_pdf(sheet(*filler, *band)))
    assert len(pages) == 2
    assert "申请人姓名孟兰住址云川市电话13800000101" in pages[1]


def test_markup_and_line_feeds_print_as_they_are() -> None:
    paper = parties('<b>甲</b>&"乙"\n第二行\t完')
    assert '<b>甲</b>&"乙"第二行完' in pdf_text(render_pdf(paper))
    assert '<b>甲</b>&"乙"第二行完' in docx_text(render_docx(paper))


def test_a_long_value_in_a_low_row_goes_on_over_the_page() -> None:
    paper = sheet(
        row(caption("备注"), value(SENTENCE * 120, span=4)), row(caption("结果"), value("有效", span=4))
    )
    said = folded(plain_text(paper))
    assert len(pdf_pages(render_pdf(paper))) == 3
    assert pdf_text(render_pdf(paper)) == docx_text(render_docx(paper)) == said


def test_a_cell_of_a_table_longer_than_a_page_goes_on_in_the_next_row() -> None:
    """F-09: what a piece of evidence proves may be two thousand characters."""
    file = proved()
    long = replace(file.evidence[0], proves="证明受损的部位和范围，" * 180)
    (paper,) = compose(replace(file, evidence=(long, *file.evidence[1:])), "evidence")
    assert sorted(pdf_text(render_pdf(paper))) == sorted(folded(plain_text(paper)))
    assert len(pdf_pages(render_pdf(paper))) > 4


@pytest.mark.parametrize(
    "form", ["identity", "mandate", "investigation", "receipt", "closing_report", "satisfaction", "payments"]
)
def test_hostile_names_print_as_they_are(form: str) -> None:
    file = proved()
    names = ('<b>阿卜杜热合曼·买买提艾力</b>&"', "{{甲}}" + "云川宏图伟业机电设备安装工程（集团）" * 5)
    parties = tuple(replace(party, name=name) for party, name in zip(file.parties, names, strict=True))
    for paper in compose(replace(file, parties=parties), form):
        said = folded(plain_text(paper))
        assert any(folded(name) in said for name in names)
        assert pdf_text(render_pdf(paper)) == docx_text(render_docx(paper)) == said


def test_a_row_that_does_not_fill_its_columns_is_refused() -> None:
    with pytest.raises(AssertionError, match="leaves columns empty"):
        render_pdf(sheet(row(caption("姓名"), value("孟兰"))))


def test_merged_cells_are_merged_in_word_too() -> None:
    table = docx.Document(io.BytesIO(render_docx(parties(SENTENCE)))).tables[0]
    assert table.cell(0, 0).text == table.cell(1, 0).text == "申请人"
    assert table.cell(1, 2).text == table.cell(1, 4).text == "云川市测试路1号"
