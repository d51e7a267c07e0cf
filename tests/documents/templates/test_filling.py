"""Filling: rows repeat, names stay literal, nothing is printed by halves, both formats say the same."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from docx import Document
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from PIL import Image

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents import service
from mediation_desk.documents.content import Template
from mediation_desk.documents.flow import plain_text
from mediation_desk.documents.forms.background import Background
from mediation_desk.documents.registry import FORMS, available
from mediation_desk.documents.service import render
from mediation_desk.documents.templates.checking import check
from mediation_desk.documents.templates.fields import catalogue
from mediation_desk.documents.templates.starters import field_table, starter
from mediation_desk.parties.model import Side
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.text import folded
from mediation_desk.shared.track import Track
from tests.documents.dispute import case, company, group, person
from tests.documents.offices import told_case
from tests.documents.promised import promised
from tests.documents.reading import docx_text, pdf_pages, pdf_text
from tests.documents.sent import each_kind, referred
from tests.documents.templates.making import all_words, document, paper, papers, saved

PARTIES = [["姓名", "电话"], ["{当事人.姓名}", "{当事人.电话}"]]
HOSTILE = (
    "<b>&\"'</b>",
    "{编号}",
    "{{当事人.电话}}",
    "]]>&#x41;%s\\n${x}",
    "𬱖㛃䶮",
    "甲" * 300,
)


def test_a_row_repeats_for_every_entry_of_its_list() -> None:
    made = Document(io.BytesIO(render(paper(document(rows=PARTIES)), "docx")))

    assert [[cell.text for cell in row.cells] for row in made.tables[0].rows] == [
        ["姓名", "电话"],
        ["孟兰", "13800000101"],
        ["测试物业有限公司", "13800000103"],
    ]


def test_a_paragraph_repeats_too_and_instalments_follow_their_clause() -> None:
    words = plain_text(paper(document("{条款.序号}、{条款.全文}", "{分期.条}之{分期.期}：{分期.金额}元")))

    assert words.splitlines()[1:3] == [
        "第1期：2026年4月20日前支付人民币2,025.00元（大写：人民币贰仟零贰拾伍元整）。",
        "第2期：2026年5月20日前支付人民币2,025.00元（大写：人民币贰仟零贰拾伍元整）。",
    ]
    assert words.splitlines()[-2:] == ["一之1：2,025.00元", "一之2：2,025.00元"]


def test_an_empty_list_takes_its_row_away_and_leaves_a_sound_file() -> None:
    docx = render(paper(document("前", rows=[["{证据.名称}", "{证据.页数}"]])), "docx")

    assert docx_text(docx) == "前"
    assert Document(io.BytesIO(docx)).tables == []


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_printed_as_it_is_and_never_read_as_a_field(name: str) -> None:
    file = replace(case(), parties=(person("A1", name), company("B1", "乙公司")))
    made = paper(document("{申请人姓名}", "{编号}", rows=PARTIES), file)
    docx, pdf = render(made, "docx"), render(made, "pdf")

    assert docx_text(docx).startswith(folded(name) + "（2026）测人调字第31号姓名电话" + folded(name))
    assert pdf_text(pdf) == docx_text(docx)


@pytest.mark.parametrize("name", ["אברהם", "مريم"])
def test_a_script_without_a_face_is_named_and_not_printed_as_boxes(name: str) -> None:
    file = replace(case(), parties=(person("A1", name), company("B1", "乙公司")))

    with pytest.raises(InputError, match="没有字体能打印"):
        render(paper(document("{申请人姓名}"), file), "pdf")


def test_a_direction_override_is_refused_by_name() -> None:
    file = replace(case(), parties=(person("A1", "甲\u202e乙"), company("B1", "乙公司")))

    with pytest.raises(InputError, match="申请人姓名"):
        paper(document("{申请人姓名}"), file)


def test_what_is_missing_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    file = replace(case(), mediators=(), agreement=None, outcome=None)
    docx = document("{受理日期}", "{主持调解员}", "{条款.内容}")
    background = Background(template=Template(id=1, docx=docx))

    with pytest.raises(RuleError, match=r"“主持调解员”、“条款\.内容”"):
        service.print_form(file, "rights", ("pdf", "docx"), tmp_path, background=background)
    assert list(tmp_path.iterdir()) == []


def test_what_may_be_empty_prints_as_declared() -> None:
    file = replace(case(), recorder=None, claims_total=None)

    assert folded(plain_text(paper(document("记{记录人}", "共{请求金额}", "第{第三人姓名}三"), file))) == (
        "记________共________第三"
    )


def test_a_group_needs_its_roll_in_the_agreement() -> None:
    party, members = group("A1", 3)
    file = replace(case(), parties=(party, company("B1", "乙公司")), group_members=members)

    with pytest.raises(RuleError, match="群体成员"):
        paper(document("{编号}"), file)
    words = plain_text(
        paper(document(rows=[["{群体成员.序号}", "{群体成员.姓名}", "{群体成员.金额}"]]), file)
    )
    assert words.splitlines() == ["1 组员1 300.00", "2 组员2 300.00", "3 组员3 300.00"]


@pytest.mark.parametrize("form", [form.key for form in FORMS])
def test_the_starter_of_every_form_is_a_good_template(form: str) -> None:
    assert check(starter(form), "起始.docx").sentences == ()


@pytest.mark.parametrize("form", ["agreement", "acceptance", "rights", "record", "application"])
def test_a_starter_says_what_our_own_form_says(form: str) -> None:
    (made,) = papers(starter(form), form=form)
    (own,) = service.compose(case(), form)
    docx = render(made, "docx")

    assert docx_text(docx) == folded(plain_text(own))
    assert pdf_text(render(made, "pdf")) == docx_text(docx)


def test_the_words_of_a_notice_end_before_its_stub_and_ruled_cells_are_told_with_their_captions() -> None:
    (first, *_others) = papers(starter("accepted"), told_case(), "accepted")
    assert "特此通知。" in plain_text(first)
    assert "存根" not in plain_text(first)
    (report,) = papers(starter("closing_report"), promised(), "closing_report")
    assert "承办单位：测试人民调解委员会；" in plain_text(report)


@pytest.mark.parametrize("file", [each_kind(), referred(), promised()], ids=["sent", "referred", "promised"])
def test_the_starter_of_every_form_a_case_has_can_be_printed(file: CaseFile) -> None:
    for form in available(file):
        for made in papers(starter(form.key), file, form.key):
            assert "{" not in plain_text(made), form.key


def test_every_field_can_be_filled_and_both_formats_say_it() -> None:
    alone = [entry.written for entry in catalogue() if not entry.of]
    lists: dict[str, list[str]] = {}
    for entry in catalogue():
        if entry.of:
            lists.setdefault(entry.of, []).append(entry.written)
    wanted = [word for word in alone if word != "{结束原因}"]  # told of a case without agreement only
    draft = Document()
    for text in (*wanted, *("，".join(words) for words in lists.values())):
        draft.add_paragraph(text)
    made = paper(saved(draft))
    docx = render(made, "docx")

    assert pdf_text(render(made, "pdf")) == docx_text(docx)
    assert "{" not in docx_text(docx)


def test_no_field_reads_private_talk() -> None:
    file = case()
    private = file.sessions[0].private_notes[0].text
    words = ["，".join(e.written for e in catalogue() if e.of == "调解会"), "{文书正文}"]

    for form in ("record", "agreement"):
        assert private not in plain_text(papers(document(*words), file, form)[0])


def test_the_field_table_names_every_field() -> None:
    words = docx_text(field_table())

    assert [entry.written for entry in catalogue() if entry.written not in words] == []


def test_the_paper_remembers_the_template_and_its_mark_follows_the_words() -> None:
    one, other = paper(document("{编号}甲")), paper(document("{编号}乙"))

    assert one.filled is not None
    assert one.filled.template == 7
    assert one.mark is not None
    assert other.mark is not None
    assert one.mark.version != other.mark.version
    assert render(one, "pdf") == render(one, "pdf")
    assert render(one, "docx") == render(one, "docx")


def test_merged_cells_headers_breaks_and_tabs_read_alike_in_both_formats() -> None:
    draft = Document()
    draft.sections[0].header.paragraphs[0].text = "{调解组织}"
    draft.sections[0].footer.paragraphs[0].text = "云川市测试路"
    table = draft.add_table(3, 3, style="Table Grid")
    table.cell(0, 0).merge(table.cell(0, 2)).text = "登记表"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "当事人"
    table.cell(1, 1).text, table.cell(1, 2).text = "申请人", "{申请人姓名}"
    table.cell(2, 1).text, table.cell(2, 2).text = "被申请人", "{被申请人姓名}"
    table.rows[0].height = Pt(40)
    last = draft.add_paragraph("甲方：\t乙方：")
    last.add_run().add_break(WD_BREAK.PAGE)
    last.add_run("第二页")
    underlined = draft.add_paragraph("姓名")
    underlined.add_run("      ").underline = True
    made = paper(saved(draft))
    pages = pdf_pages(render(made, "pdf"))

    assert len(pages) == 2
    assert sorted("".join(pages)) == sorted(all_words(render(made, "docx")))
    assert "申请人孟兰被申请人测试物业有限公司甲方：乙方：" in pages[0]
    assert pages[1].startswith("第二页")


def test_page_numbers_of_a_footer_are_counted_in_the_pdf() -> None:
    draft = Document()
    footer = draft.sections[0].footer.paragraphs[0]
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    footer._p.append(field)
    for _ in range(120):
        draft.add_paragraph("{纠纷经过}")
    made = saved(draft)

    assert check(made, "a.docx").good
    assert len(pdf_pages(render(paper(made), "pdf"))) > 2


def test_a_very_long_cell_runs_over_the_page_or_is_refused_by_a_sentence() -> None:
    file = replace(case(), facts="长" * 6000)
    made = paper(document(rows=[["经过", "{纠纷经过}"]]), file)

    assert len(pdf_pages(render(made, "pdf"))) > 1


def test_templates_serve_every_track() -> None:
    for track in Track:
        made = paper(starter("rights", track), replace(case(), track=track), "rights")
        assert "权利义务告知书" in plain_text(made)


def test_a_side_without_anybody_is_empty() -> None:
    assert all(party.side is not Side.THIRD for party in case().parties)
    assert plain_text(paper(document("第三人：{第三人姓名}。"))) == "第三人：。\n"


def badge(size: tuple[int, int] = (40, 40), kind: str = "PNG") -> io.BytesIO:
    stream = io.BytesIO()
    Image.new("1", size).save(stream, kind)
    stream.seek(0)
    return stream


def test_a_badge_in_a_line_of_its_own_is_printed() -> None:
    draft = Document()
    draft.sections[0].header.paragraphs[0].add_run().add_picture(badge(), height=Pt(30))
    draft.add_paragraph().add_run().add_picture(badge(kind="JPEG"), height=Pt(30))
    draft.add_paragraph("{编号}")
    pdf = render(paper(saved(draft)), "pdf")

    assert check(saved(draft), "a.docx").good
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages[0].images) == 3  # and the code of the paper


@pytest.mark.parametrize(("size", "text"), [((5000, 5000), ""), ((40, 40), "旁边有字")])
def test_a_huge_picture_and_one_among_words_are_told(size: tuple[int, int], text: str) -> None:
    draft = Document()
    draft.add_paragraph(text).add_run().add_picture(badge(size), height=Pt(30))

    assert "印不了的图片" in "".join(check(saved(draft), "a.docx").troubles)


def test_a_red_head_keeps_its_colour_and_its_line() -> None:
    draft = Document()
    run = draft.add_paragraph().add_run("{调解组织}")
    run.font.color.rgb = RGBColor(255, 0, 0)
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for key, value in (("w:val", "single"), ("w:sz", "12"), ("w:color", "FF0000")):
        line.set(qn(key), value)
    borders.append(line)
    draft.paragraphs[0]._p.get_or_add_pPr().append(borders)
    pdf = render(paper(saved(draft)), "pdf")
    content = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].get_contents()

    assert content is not None
    assert b"1 0 0 rg" in content.get_data()
    assert b"1 0 0 RG" in content.get_data()
