"""A statistical table as a workbook: merged headings, A3 landscape, definitions on a sheet of their own."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import cast

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from mediation_desk.documents.render.sheet import write_cell
from mediation_desk.statistics.model import Column, StatTable, Value
from mediation_desk.statistics.render import subtitle

FACE, TITLE_FACE = "宋体", "黑体"
TITLE, NOTE, GROUP, NAME, NUMBER = 1, 2, 3, 4, 5
FIRST = NUMBER + 1
LABEL_WIDTH, NARROW, WIDE = 24, 5.3, 9  # so that 52 columns stay legible on A3
A3 = 8  # ST_PaperSize of ECMA-376

_LINE = Side(style="thin")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
_EXPLAINED = (("栏次", 8), ("指标", 40), ("单位", 8), ("口径", 80), ("依据", 18))
_FORMATS = {"%": "0.00", "万元": "#,##0.00", "元": "#,##0.00"}


def workbook(table: StatTable) -> bytes:
    """The bytes of the XLSX file."""
    book = Workbook()
    book.properties.creator = "调解台"
    book.properties.title = table.title
    sheet = book.worksheets[0]
    sheet.title = "统计表"
    columns = [column for column in table.columns if column.on_sheet]
    _headings(sheet, table, columns)
    _rows(sheet, table, columns)
    _page(sheet, columns)
    _definitions(book.create_sheet("指标说明"), table)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _headings(sheet: Worksheet, table: StatTable, columns: list[Column]) -> None:
    last = len(columns) + 1
    for line, text, font in (
        (TITLE, table.title, Font(name=TITLE_FACE, size=18)),
        (NOTE, subtitle(table), None),
    ):
        _put(sheet, line, 1, text, font=font, boxed=False)
        _merge(sheet, line, 1, line, last)
    _put(sheet, GROUP, 1, table.row_title)
    _merge(sheet, GROUP, 1, NAME, 1)
    _put(sheet, NUMBER, 1, "0")
    for place, column in enumerate(columns, start=2):
        over = GROUP if not column.group else NAME
        _put(
            sheet,
            over,
            place,
            f"{column.name}（{column.unit}）" if column.unit not in column.name else column.name,
        )
        _put(sheet, NUMBER, place, column.number or None)
        if over == GROUP:
            _merge(sheet, GROUP, place, NAME, place)
    place = 2
    for heading in table.groups:
        if heading.title:
            _put(sheet, GROUP, place, heading.title)
            _merge(sheet, GROUP, place, GROUP, place + heading.span - 1)
        place += heading.span


def _rows(sheet: Worksheet, table: StatTable, columns: list[Column]) -> None:
    for line, row in enumerate(table.rows, start=FIRST):
        font = Font(name=FACE, size=11, bold=row.is_total)
        _put(sheet, line, 1, row.label, font=font, alignment=_LEFT)
        for place, (column, value) in enumerate(zip(columns, table.sheet_values(row), strict=True), start=2):
            _put(sheet, line, place, value, font=font, number_format=_FORMATS.get(column.unit, "0"))


def _page(sheet: Worksheet, columns: list[Column]) -> None:
    """Printed on A3 across, as wide as one page, with the headings on each page."""
    sheet.column_dimensions["A"].width = LABEL_WIDTH
    for place, column in enumerate(columns, start=2):
        wide = column.unit in _FORMATS or not column.group
        sheet.column_dimensions[get_column_letter(place)].width = WIDE if wide else NARROW
    for line, height in ((TITLE, 30), (NOTE, 20), (GROUP, 24), (NAME, 125)):
        sheet.row_dimensions[line].height = height
    sheet.freeze_panes = f"B{FIRST}"
    sheet.print_area = f"A1:{get_column_letter(len(columns) + 1)}{sheet.max_row}"
    sheet.print_title_rows = f"{TITLE}:{NUMBER}"
    setup = sheet.page_setup
    setup.orientation, setup.paperSize, setup.fitToWidth, setup.fitToHeight = "landscape", A3, 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True


def _definitions(sheet: Worksheet, table: StatTable) -> None:
    for place, (text, width) in enumerate(_EXPLAINED, start=1):
        _put(sheet, 1, place, text, font=Font(name=FACE, size=11, bold=True))
        sheet.column_dimensions[get_column_letter(place)].width = width
    for line, column in enumerate(table.columns, start=2):
        name = f"{column.group}：{column.name}" if column.group else column.name
        for place, text in enumerate(
            (column.number, name, column.unit, column.definition, column.source), start=1
        ):
            _put(sheet, line, place, text, alignment=_LEFT)


def _put(
    sheet: Worksheet,
    line: int,
    place: int,
    value: str | Value,
    *,
    font: Font | None = None,
    alignment: Alignment = _MIDDLE,
    number_format: str = "General",
    boxed: bool = True,
) -> None:
    cell = cast("Cell", sheet.cell(line, place))  # nothing is written below a merged heading
    write_cell(cell, value)
    cell.font = font or Font(name=FACE, size=11)
    cell.alignment = alignment
    if isinstance(value, int | Decimal):
        cell.number_format = number_format
    if boxed:
        cell.border = _BOX


def _merge(sheet: Worksheet, top: int, left: int, bottom: int, right: int) -> None:
    if (top, left) != (bottom, right):
        sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
