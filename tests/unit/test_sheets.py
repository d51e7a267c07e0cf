"""The printed sheet of a table as XLSX, PDF and DOCX: the same words, headings, numbers and foot in all three."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import docx
import openpyxl
import pypdfium2
import pytest
from docx.oxml.ns import qn
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from mediation_desk.statistics.layout import Look, Reported, laid_out
from mediation_desk.statistics.model import Column, StatRow, StatTable
from mediation_desk.statistics.render import to_docx, to_json, to_pdf, to_text, to_xlsx
from mediation_desk.statistics.tables import tables
from tests.unit.test_publishing import MONTH, YEAR, made, to_date

HOSTILE = "=1+1[红]村调委会"
REPORTED = Reported(unit="清平区综治中心", made_on=date(2026, 11, 3))
CODES = list(tables().listed)


def table(code: str, lines: int = 2) -> StatTable:
    sums: dict[str, int | Decimal] = {
        "registered": 12_345,
        "concluded": 1234,
        "success": 1000,
        "persons": 2500,
        "agreed_yuan": Decimal("1481289.65"),
        "days_sum": 20_000,
    }
    found = made(code, [sums] * lines, turned=tables().listed[code].turned)
    rows = (replace(found.rows[0], label=HOSTILE), *found.rows[1:])
    found = replace(found, rows=rows)
    if code == "administrative":
        place = {"body": ("甲局",), "category": ("邻里纠纷",)}
        rows = tuple(
            row if row.is_total else replace(row, label=f"甲局　第{number}类", place=place)
            for number, row in enumerate(found.rows)
        )
        found = replace(found, rows=rows)
    return to_date(found, MONTH, {"concluded": 5}) if code == "screening" else found


def first_sheet(data: bytes) -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


def merged(sheet: Worksheet) -> set[str]:
    return {str(one) for one in sheet.merged_cells.ranges}


def pdf_text(data: bytes) -> list[str]:
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data)]


def folded(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("code", CODES)
def test_boxes_neither_overlap_nor_leave_holes(code: str) -> None:
    layout = laid_out(table(code), REPORTED)

    covered = [
        (box.row + more, box.column + across)
        for box in layout.boxes
        for more in range(box.rows)
        for across in range(box.columns)
    ]

    assert len(covered) == len(set(covered))
    assert len(covered) == layout.rows * len(layout.widths)
    assert sum(layout.widths) <= layout.page[0] - 27


def test_paper_is_chosen_by_the_table() -> None:
    papers = {code: (laid_out(table(code)).is_a3, laid_out(table(code)).landscape) for code in CODES}

    assert papers["cases"] == (True, True)
    assert papers["tracks"] == (True, True)
    assert papers["administrative"] == papers["court"] == (False, True)
    assert papers["screening"] == (False, False)


@pytest.mark.parametrize("code", CODES)
def test_workbook_is_ready_to_print(code: str) -> None:
    one = table(code)
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(one, REPORTED)))
    sheet, definitions = book.worksheets
    layout = laid_out(one, REPORTED)
    last = get_column_letter(len(layout.widths))

    assert sheet["A1"].value == one.title
    assert sheet["A2"].value == "填报单位：清平区综治中心"
    assert f"A1:{last}1" in merged(sheet)
    assert sheet.print_area.replace("$", "").endswith(f"A1:{last}{sheet.max_row}")
    assert sheet.print_title_rows == f"$1:${3 + layout.heads}"
    setup = sheet.page_setup
    assert setup.orientation == ("landscape" if layout.landscape else "portrait")
    assert str(setup.paperSize) == ("8" if layout.is_a3 else "9")
    assert (setup.fitToWidth, setup.fitToHeight) == (1, 0)
    words = [str(cell.value) for line in sheet.iter_rows() for cell in line if cell.value is not None]
    assert any(word.startswith("单位负责人：") for word in words)
    assert any(word.startswith("填表日期：2026年11月3日") for word in words)
    assert [cell.value for cell in definitions[1]] == ["栏次", "代码", "指标", "单位", "口径", "依据"]
    assert definitions.max_row == len(one.columns) + 1
    assert all(definitions.cell(line, 5).value for line in range(2, definitions.max_row + 1))


def test_headings_of_table_two_have_three_storeys_and_a_line_of_numbers() -> None:
    sheet = first_sheet(to_xlsx(table("cases"), REPORTED))

    assert sheet["A4"].value == "填报单位"
    assert {"A4:A6", "G4:L4", "P5:T5"} <= merged(sheet)
    assert sheet["G4"].value == "按调解组织分"
    assert sheet["P5"].value == "其中"
    assert [sheet.cell(6, place).value for place in range(16, 21)] == [
        "法院",
        "检察院",
        "公安机关",
        "信访部门",
        "其他部门",
    ]
    assert [sheet.cell(7, place).value for place in range(1, 45)] == list(range(44))


def test_figures_are_figures_and_names_are_text() -> None:
    sheet = first_sheet(to_xlsx(table("cases"), REPORTED))

    assert (sheet["A8"].value, sheet["A8"].data_type) == (HOSTILE, "s")
    assert [sheet.cell(8, place).value for place in range(2, 7)] == [1234, 2500, 1000, 0, 148.13]
    assert sheet["F8"].number_format == "#,##0.00"
    assert sheet["A10"].value == "合计"
    assert sheet["A10"].font.bold
    assert sheet["B10"].font.bold
    assert not sheet["B8"].font.bold


def test_two_dimensions_stand_in_two_merged_columns() -> None:
    sheet = first_sheet(to_xlsx(table("administrative", lines=3), REPORTED))

    assert (sheet["A4"].value, sheet["B4"].value) == ("部门", "类别")
    assert {"A6:A8", "A9:B9"} <= merged(sheet)
    assert [sheet.cell(line, 2).value for line in (6, 7, 8)] == ["第0类", "第1类", "第2类"]
    assert (sheet["A6"].value, sheet["A9"].value) == ("甲局", "合计")


def test_a_turned_table_has_its_figures_down() -> None:
    sheet = first_sheet(to_xlsx(table("screening"), REPORTED))

    assert [cell.value for cell in sheet[4]] == ["项目", None, HOSTILE, "第1行", "合计", "年度累计"]
    assert "A5:A9" in merged(sheet)
    assert (sheet["A5"].value, sheet["B6"].value) == ("总况", "调处数")
    assert [sheet.cell(6, place).value for place in range(3, 7)] == [1234, 1234, 2468, 2473]
    assert sheet["C7"].number_format == "0.00"


@pytest.mark.parametrize("code", CODES)
def test_pdf_and_docx_say_what_the_sheet_says(code: str) -> None:
    one = table(code)
    layout = laid_out(one, REPORTED)
    pdf = folded("".join(pdf_text(to_pdf(one, REPORTED))))
    draft = docx.Document(io.BytesIO(to_docx(one, REPORTED)))
    grid = draft.tables[0]
    words = folded(
        "".join(paragraph.text for paragraph in draft.paragraphs)
        + "".join(
            paragraph.text
            for part in grid._tbl.iter(qn("w:tc"))
            for paragraph in docx.table._Cell(part, grid).paragraphs
        )
    )

    for text in (one.title, layout.foot, *layout.notes, *(word for pair in layout.over for word in pair)):
        assert folded(text) in pdf
        assert folded(text) in words
    for box in layout.boxes:
        if box.look in (Look.FIGURE, Look.LABEL):
            assert folded(box.text) in words
        if box.look is Look.FIGURE:
            assert box.text in pdf
    assert "第1页共1页" in pdf


def test_nothing_of_a_wide_table_leaves_its_box() -> None:
    """Every word of the PDF lies on the page, within its margins; 51 columns fit on A3."""
    document = pypdfium2.PdfDocument(to_pdf(table("cases"), REPORTED))
    page = document[0]
    width, height = page.get_size()
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (420, 297)
    text = page.get_textpage()
    for number in range(text.count_chars()):
        left, _, right, _ = text.get_charbox(number)
        assert left >= 28
        assert right <= width - 28


def test_a_long_table_repeats_its_headings_on_each_page() -> None:
    pages = pdf_text(to_pdf(table("cases", lines=90), REPORTED))

    assert len(pages) >= 3
    for number, page in enumerate(pages, start=1):
        assert "按调解组织分" in page
        assert f"第{number}页共{len(pages)}页" in folded(page)
    assert "单位负责人" not in pages[0]
    assert "单位负责人" in pages[-1]
    assert "合计" in pages[-1]
    draft = docx.Document(io.BytesIO(to_docx(table("cases", lines=3), REPORTED)))
    heads = [row for row in draft.tables[0].rows if row._tr.trPr.find(qn("w:tblHeader")) is not None]
    assert len(heads) == 4


def test_the_same_table_gives_the_same_bytes() -> None:
    one = table("court")
    assert to_pdf(one, REPORTED) == to_pdf(one, REPORTED)
    assert to_docx(one, REPORTED) == to_docx(one, REPORTED)


def test_a_table_of_another_kind_is_laid_out_too() -> None:
    """Columns no figure of cases stands behind, such as those of 表一, and no lines at all."""
    one = table("court")
    column = replace(one.columns[0], code="committees", name="调委会总数", unit="个", number="1")
    row = StatRow(label="合计", values=(17,), is_total=True)
    odd = replace(one, code="organisations", columns=(column,), rows=(row,))
    sheet = first_sheet(to_xlsx(odd, REPORTED))
    assert [sheet.cell(6, place).value for place in (1, 2)] == ["合计", 17]
    assert "17" in pdf_text(to_pdf(odd, REPORTED))[0]


def test_a_period_over_two_statistical_years_says_so() -> None:
    one = replace(table("court"), period=replace(YEAR, first=date(2025, 12, 1)))
    assert "本期间跨统计年度。" in laid_out(one).notes


def test_a_unit_all_columns_share_stands_once_in_the_heading_over_them() -> None:
    columns = three_columns()
    found = replace(table("court"), columns=columns, rows=(StatRow(label="本级", values=(0, 0, 0)),))
    words = {box.text for box in laid_out(found, REPORTED).boxes}
    assert {"组织（个）", "村", "居"} <= words
    assert not [word for word in words if word.startswith("村") and word != "村"]


def three_columns() -> tuple[Column, ...]:
    names = (("bodies", "调委会总数"), ("village", "村"), ("residents", "居"))
    return tuple(
        Column(code=f"x_{code}", name=name, unit="个", definition="", source="", group="组织")
        for code, name in names
    )


def test_a_table_that_counts_no_cases_says_nothing_of_their_performance() -> None:
    plain = replace(
        table("court"),
        columns=three_columns(),
        rows=(StatRow(label="本级", values=(0, 0, 0)),),
    )
    assert not [note for note in laid_out(plain, REPORTED).notes if "履行" in note]
    assert "履行" not in to_text(plain)
    assert "履行" in to_text(table("court"))


def test_what_has_to_be_known_of_a_line_stands_under_the_table() -> None:
    found = table("cases")
    rows = (replace(found.rows[0], label="甲调委会", remark="原名乙调委会"), *found.rows[1:])
    found = replace(found, rows=rows)
    words = "备注：甲调委会，原名乙调委会。"
    assert words in to_text(found)
    assert words in json.loads(to_json(found))["notes"]
    assert words in folded("".join(pdf_text(to_pdf(found, REPORTED))))
    assert words in [
        str(cell.value) for line in first_sheet(to_xlsx(found, REPORTED)).iter_rows() for cell in line
    ]
