"""Letters as GB/T 9704 asks: 22 lines of 28 characters, red line, signature, page numbers, imprint; in PDF and DOCX."""

from __future__ import annotations

import io
import itertools
import zipfile
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import docx
import pypdfium2
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents import service
from mediation_desk.documents.content import Heading, Label, Paper, paragraph
from mediation_desk.documents.forms.letter import letter
from tests.documents.reading import docx_text, pdf_text
from tests.documents.sent import referred

MM = 72 / 25.4
ORDER = (
    *(
        "pStyle",
        "keepNext",
        "keepLines",
        "pageBreakBefore",
        "framePr",
        "widowControl",
        "numPr",
        "suppressLineNumbers",
    ),
    *("pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct"),
    *(
        "autoSpaceDE",
        "autoSpaceDN",
        "bidi",
        "adjustRightInd",
        "snapToGrid",
        "spacing",
        "ind",
        "contextualSpacing",
    ),
    *("mirrorIndents", "suppressOverlap", "jc"),
)
"""Of paragraph properties, ECMA-376 part 1, 17.3.1."""
LONG = "协议自各方签名盖章或者按指印之日起生效并由双方全面履行" * 40


def _file() -> CaseFile:
    base = referred(told=True)
    body = replace(base.organisation, name="清平区人民调解委员会", short="清平人调")
    return replace(base, organisation=body)


def _letter(**more: object) -> Paper:
    values: dict[str, object] = {
        "heading": Heading(form="函", title="关于协助提供检修记录的函"),
        "to": "云川市测试区人民法院",
        "words": (
            Label(text="一、基本情况"),
            Label(text="（一）经过", second=True),
            paragraph(LONG),
        ),
        "day": date(2026, 3, 6),
        "enclosed": ("调解记录", "检修报告"),
        "copies_to": ("测试街道办事处", "测试区司法局"),
        "serial": "5",
        "remark": "联系人：赵宁",
    }
    return letter(_file(), **values | more)  # type: ignore[arg-type]


def _lines(page: pypdfium2.PdfPage) -> list[tuple[float, float, float, str]]:
    """Left, baseline-near bottom, right in millimetres from the left and upper edge, and words of each line."""
    text = page.get_textpage()
    found: dict[int, list[tuple[float, float, float, str]]] = {}
    for place in range(text.count_chars()):
        char = text.get_text_range(place, 1)
        if char.strip():
            left, bottom, right, top = text.get_charbox(place, loose=True)
            found.setdefault(round((bottom + top) / 2), []).append((left, bottom, right, char))
    rows = []
    for _, chars in sorted(found.items(), reverse=True):
        words = "".join(char for *_, char in chars)
        bottom = (page.get_height() - min(b for _, b, _, _ in chars)) / MM
        rows.append(
            (min(left for left, *_ in chars) / MM, bottom, max(r for _, _, r, _ in chars) / MM, words)
        )
    return rows


def _pages(paper: Paper) -> list[list[tuple[float, float, float, str]]]:
    return [_lines(page) for page in pypdfium2.PdfDocument(service.render(paper, "pdf"))]


def test_a_full_page_has_twenty_two_lines_of_twenty_eight_characters() -> None:
    pages = _pages(_letter())
    assert len(pages) > 2
    full = [row for row in pages[1] if "—" not in row[3]]
    assert len(full) == 22
    assert {len(row[3]) for row in full} == {28}
    assert min(row[0] for row in full) == pytest.approx(28, abs=0.5)
    assert max(row[2] for row in full) == pytest.approx(210 - 26, abs=1)
    pitches = {round(after[1] - before[1], 1) for before, after in itertools.pairwise(full)}
    assert all(pitch == pytest.approx(225 / 22, abs=0.2) for pitch in pitches)
    assert full[0][1] - 16 / MM >= 37
    assert full[-1][1] <= 297 - 35


def test_the_head_stands_above_the_title_and_the_addressee_is_flush_left() -> None:
    first = _pages(_letter())[0]
    words = [row[3] for row in first]
    assert words[:4] == [
        "清平区人民调解委员会",
        "清平人调函〔2026〕5号",
        "关于协助提供检修记录的函",
        "云川市测试区人民法院：",
    ]
    assert first[3][0] == pytest.approx(28, abs=0.5)
    for row in first[:3]:
        assert (row[0] + row[2]) / 2 == pytest.approx(28 + 78, abs=1)
    assert first[2][1] - first[1][1] > 2 * 225 / 22


def test_the_date_ends_four_characters_from_the_edge_under_the_body() -> None:
    last = [row for page in _pages(_letter()) for row in page]
    day = next(row for row in last if row[3] == "2026年3月6日")
    body = next(row for row in last[4:] if row[3] == "清平区人民调解委员会" and row[1] < day[1])
    assert 210 - 26 - day[2] == pytest.approx(4 * 16 / MM, abs=0.6)
    assert day[1] - body[1] == pytest.approx(225 / 22, abs=0.3)
    assert "（盖章）" not in "".join(row[3] for row in last)


def test_page_numbers_stand_right_on_odd_pages_and_left_on_even_ones() -> None:
    for number, page in enumerate(_pages(_letter()), start=1):
        (row,) = [row for row in page if row[3] == f"—{number}—"]
        if number % 2:
            assert 210 - 26 - row[2] == pytest.approx(14 / MM, abs=0.5)
        else:
            assert row[0] - 28 == pytest.approx(14 / MM, abs=0.5)
        assert 297 - 35 + 6 < row[1] < 297 - 35 + 14


def test_the_imprint_ends_the_last_page_and_no_other() -> None:
    *others, last = _pages(_letter())
    said = [row[3] for row in last if "—" not in row[3]]
    assert said[-2:] == ["抄送：测试街道办事处，测试区司法局。", "清平区人民调解委员会2026年3月6日印发"]
    assert not any("印发" in row[3] for page in others for row in page)
    bottom = next(row[1] for row in last if "印发" in row[3])
    assert 297 - 35 - 8 < bottom <= 297 - 35


@pytest.mark.parametrize("length", range(0, 40 * 28, 85))
def test_a_letter_of_any_length_ends_with_its_imprint(length: int) -> None:
    words = (paragraph(("协议履行" * 300)[:length]),)
    pages = _pages(_letter(words=words))
    assert [row[3] for row in pages[-1] if "—" not in row[3]][-1].endswith("印发")


def test_enclosures_are_numbered_where_there_are_several() -> None:
    rows = [row for page in _pages(_letter()) for row in page]
    one, two = (next(row for row in rows if row[3].endswith(name)) for name in ("调解记录", "检修报告"))
    assert (one[3], two[3]) == ("附件：1.调解记录", "2.检修报告")
    assert one[0] - 28 == pytest.approx(2 * 16 / MM, abs=0.5)
    single = [row[3] for page in _pages(_letter(enclosed=("调解记录",))) for row in page]
    assert "附件：调解记录" in single


def test_both_formats_say_the_same() -> None:
    paper = _letter()
    assert docx_text(service.render(paper, "docx")) == pdf_text(service.render(paper, "pdf"))


def test_the_word_file_has_the_grid_the_red_line_and_two_footers() -> None:
    draft = docx.Document(io.BytesIO(service.render(_letter(), "docx")))
    section = draft.sections[0]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert grid is not None
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "580")
    tracking = draft.styles["文书正文"].element.rPr.find(qn("w:spacing"))
    assert 28 * (16 + int(tracking.get(qn("w:val"))) / 20) == pytest.approx(442.2, abs=1.5)  # 156 mm
    assert draft.settings.odd_and_even_pages_header_footer
    sides = [footer.paragraphs[0].alignment for footer in (section.footer, section.even_page_footer)]
    assert sides == [WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT]
    number = next(paragraph for paragraph in draft.paragraphs if "〔2026〕" in paragraph.text)
    (edge,) = number._p.xpath("w:pPr/w:pBdr/w:bottom")
    assert edge.get(qn("w:color")) == "D90000"
    imprint = [paragraph for paragraph in draft.paragraphs if paragraph._p.xpath("w:pPr/w:framePr")]
    assert len(imprint) == 2


def test_paragraph_properties_keep_the_order_the_format_asks_for() -> None:
    """Word calls a file damaged whose elements stand in another order."""
    with zipfile.ZipFile(io.BytesIO(service.render(_letter(), "docx"))) as file:
        parts = [name for name in file.namelist() if name.startswith("word/") and name.endswith(".xml")]
        texts = [file.read(name) for name in parts if "document" in name or "footer" in name]
    for text in texts:
        for properties in ElementTree.fromstring(text).iter(qn("w:pPr")):
            names = [child.tag.partition("}")[2] for child in properties]
            known = [ORDER.index(name) for name in names if name in ORDER]
            assert known == sorted(known), names


def test_a_body_without_a_code_has_a_red_line_and_no_number() -> None:
    base = referred(told=True)
    (paper,) = service.compose(base, "reply")
    assert "〔" not in pdf_text(service.render(paper, "pdf"))
    pixels = pypdfium2.PdfDocument(service.render(paper, "pdf"))[0].render(scale=1).to_pil().convert("RGB")
    across = [[pixels.getpixel((x, y)) for x in range(120, 480, 12)] for y in range(pixels.height)]
    assert any(all(dot[0] > 180 > dot[1] for dot in line if isinstance(dot, tuple)) for line in across)
