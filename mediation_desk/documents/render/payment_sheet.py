"""The payment list of a month as a workbook: A4 across, to be printed and signed; its cases on a second sheet."""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal
from typing import cast

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from mediation_desk.documents.forms.subsidy_list import CASES, FREE, TITLE, drawn, ground, standing
from mediation_desk.documents.render.sheet import write_cell
from mediation_desk.shared.dates import cn_date
from mediation_desk.subsidy.model import BatchSheet, in_capitals

FACE, TITLE_FACE = "宋体", "黑体"
A4 = 9  # ST_PaperSize of ECMA-376
HEAD = 3
MONEY = "#,##0.00"
_PAYEES = (("序号", 8), ("姓名", 18), ("等级", 24), ("案件数", 12), ("金额（元）", 20), ("签收", 34))
_LINES = (
    ("序号", 7),
    ("案件编号", 30),
    ("调解组织", 26),
    ("纠纷种类", 20),
    ("办结", 16),
    ("类别和依据的条款", 42),
    ("调解员（元）", 34),
    ("金额（元）", 16),
)

_LINE = Side(style="thin")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)

Value = str | int | Decimal


def workbook(centre: str, sheet: BatchSheet) -> bytes:
    """The bytes of the XLSX file."""
    book = Workbook()
    book.properties.creator = "调解台"
    book.properties.title = f"{TITLE} {sheet.batch.name}"
    first = book.worksheets[0]
    first.title = "发放表"
    _payees(first, centre, sheet)
    _cases(book.create_sheet("案件明细"), centre, sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _payees(page: Worksheet, centre: str, sheet: BatchSheet) -> None:
    payees = sheet.payees
    rows: list[Sequence[Value]] = [
        (place, one.name, one.grade or "—", one.cases, one.amount, "")
        for place, one in enumerate(payees, start=1)
    ]
    rows.append(("", "合计", "", f"{sum(one.cases for one in payees)}件次", sheet.total, ""))
    last = _table(page, f"{centre}{TITLE}", f"{sheet.batch.name}　{standing(sheet)}", _PAYEES, rows)
    width = len(_PAYEES)
    for line, text in (
        (last + 1, f"合计金额：{in_capitals(sheet.total)}"),
        (last + 2, FREE),
        (
            last + 3,
            "编制人：　　　　　　　　审批人：　　　　　　　　发放人：　　　　　　　　　　　年　　月　　日",
        ),
    ):
        _put(page, line, 1, text, alignment=_LEFT, boxed=False)
        page.merge_cells(start_row=line, start_column=1, end_row=line, end_column=width)
        page.row_dimensions[line].height = 26
    _print_setup(page, width, last + 3)


def _cases(page: Worksheet, centre: str, sheet: BatchSheet) -> None:
    rows: list[Sequence[Value]] = [
        (
            place,
            one.number or one.case_key,
            one.body,
            one.category,
            cn_date(one.concluded_on),
            ground(one),
            drawn(one),
            one.amount,
        )
        for place, one in enumerate(sheet.counted, start=1)
    ]
    last = _table(page, f"{centre}{CASES}", sheet.batch.name, _LINES, rows)
    _print_setup(page, len(_LINES), last)


def _table(
    page: Worksheet,
    title: str,
    note: str,
    columns: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[Value]],
) -> int:
    """Title, note, headings and rows; the last line used."""
    for line, text, size in ((1, title, 18), (2, note, 11)):
        face = TITLE_FACE if line == 1 else FACE
        _put(page, line, 1, text, font=Font(name=face, size=size), boxed=False)
        page.merge_cells(start_row=line, start_column=1, end_row=line, end_column=len(columns))
    page.row_dimensions[1].height = 34
    page.row_dimensions[2].height = 22
    for place, (name, width) in enumerate(columns, start=1):
        _put(page, HEAD, place, name, font=Font(name=TITLE_FACE, size=11))
        page.column_dimensions[get_column_letter(place)].width = width
    page.row_dimensions[HEAD].height = 26
    for line, row in enumerate(rows, start=HEAD + 1):
        page.row_dimensions[line].height = 30
        for place, value in enumerate(row, start=1):
            _put(page, line, place, value)
    return HEAD + len(rows)


def _print_setup(page: Worksheet, width: int, last: int) -> None:
    page.freeze_panes = f"A{HEAD + 1}"
    page.print_area = f"A1:{get_column_letter(width)}{last}"
    page.print_title_rows = f"1:{HEAD}"
    setup = page.page_setup
    setup.orientation, setup.paperSize, setup.fitToWidth, setup.fitToHeight = "landscape", A4, 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_options.horizontalCentered = True


def _put(
    page: Worksheet,
    line: int,
    place: int,
    value: Value,
    *,
    font: Font | None = None,
    alignment: Alignment = _MIDDLE,
    boxed: bool = True,
) -> None:
    cell = cast("Cell", page.cell(line, place))  # nothing is written below a merged heading
    write_cell(cell, value)
    cell.font = font or Font(name=FACE, size=11)
    cell.alignment = alignment
    if isinstance(value, Decimal):
        cell.number_format = MONEY
    if boxed:
        cell.border = _BOX
