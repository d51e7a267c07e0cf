"""The DOCX itself: official faces in every slot, metadata, page x of y, repeated header rows."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn

from mediation_desk.documents import service
from tests.documents.dispute import case, company, group


def _agreement() -> bytes:
    party, members = group("A1", 12)
    file = replace(case(), parties=(party, company("B1", "测试物业有限公司")), group_members=members)
    (paper,) = service.compose(file, "agreement")
    return service.render(paper, "docx")


def test_every_style_names_an_official_face_for_chinese() -> None:
    draft = docx.Document(io.BytesIO(_agreement()))
    for style in draft.styles:
        if style.type in (WD_STYLE_TYPE.PARAGRAPH, WD_STYLE_TYPE.CHARACTER):
            fonts = style.element.rPr.rFonts
            for slot in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
                assert fonts.get(qn(slot)) in {"仿宋", "宋体", "黑体"}, style.name
            assert fonts.get(qn("w:eastAsiaTheme")) is None


def test_every_paragraph_has_one_of_our_styles() -> None:
    draft = docx.Document(io.BytesIO(_agreement()))
    for paragraph in draft.paragraphs:
        assert paragraph.style is not None
        assert str(paragraph.style.name).startswith("文书")


def test_properties_carry_form_and_number_but_no_name() -> None:
    core = docx.Document(io.BytesIO(_agreement())).core_properties
    assert core.title == "人民调解协议书 （2026）测人调字第31号"
    assert (core.author, core.last_modified_by, core.comments) == ("", "", "")


def test_the_footer_counts_pages() -> None:
    footer = docx.Document(io.BytesIO(_agreement())).sections[0].footer.paragraphs[0]
    fields = [field.get(qn("w:instr")) for field in footer._p.findall(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert footer.text.startswith("（2026）测人调字第31号")


def test_the_annex_repeats_its_header_and_keeps_rows_whole() -> None:
    (table,) = docx.Document(io.BytesIO(_agreement())).tables
    rows = table.rows
    assert len(rows[0]._tr.xpath("w:trPr/w:tblHeader")) == 1
    assert all(len(row._tr.xpath("w:trPr/w:cantSplit")) == 1 for row in rows)


def test_the_file_holds_no_picture_but_its_code_no_macro_and_no_time_stamp() -> None:
    with zipfile.ZipFile(io.BytesIO(_agreement())) as file:
        odd = [name for name in file.namelist() if name.endswith((".bin", ".jpeg", ".png"))]
        assert odd == ["word/media/image1.png"]
        assert {entry.date_time[0] for entry in file.infolist()} == {2000}
