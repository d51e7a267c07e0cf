"""A statistical table as a workbook: laid out as the official sheet, definitions on a sheet of their own."""

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
from mediation_desk.statistics.layout import MARGIN, Box, Layout, Look, is_number
from mediation_desk.statistics.model import StatTable, Value

FACE, TITLE_FACE = "宋体", "黑体"
A3, A4 = 8, 9  # ST_PaperSize of ECMA-376

_LINE = Side(style="thin")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_FITTED = Alignment(horizontal="center", vertical="center", shrink_to_fit=True)
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
_RIGHT = Alignment(horizontal="right", vertical="center")
_EXPLAINED = (("栏次", 8), ("代码", 26), ("指标", 40), ("单位", 8), ("口径", 80), ("依据", 30))
_FORMATS = {"%": "0.00", "万元": "#,##0.00", "元": "#,##0.00", "天": "0.0"}
_ALIGNED = {Look.LABEL: _LEFT, Look.FIGURE: _FITTED}
_CHARACTER = 1.9  # millimetres of the unit Excel measures columns in, 宋体 11
_FOOT, _ROW = 24, 21  # heights in points
_SIZE, _SMALL = 11, 9
_ROOM = 1.1  # Excel sets 宋体 a little higher
_INCH = 25.4


def workbook(table: StatTable, layout: Layout) -> bytes:
    """The bytes of the XLSX file."""
    book = Workbook()
    book.properties.creator = "调解台"
    book.properties.title = table.title
    sheet = book.worksheets[0]
    sheet.title = "统计表"
    first = _above(sheet, layout)
    size = round(layout.size) + 1
    for box in layout.boxes:
        _draw(sheet, box, first, size)
    _below(sheet, layout, first + layout.rows)
    _page(sheet, layout, first)
    _definitions(book.create_sheet("指标说明"), table)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _above(sheet: Worksheet, layout: Layout) -> int:
    """Title and the lines of the reporting unit; the first line of the table."""
    last = len(layout.widths)
    _put(sheet, 1, 1, layout.title, font=Font(name=TITLE_FACE, size=18))
    _merge(sheet, 1, 1, 1, last)
    half = _middle(layout.widths)
    for line, (left, right) in enumerate(layout.over, start=2):
        _put(sheet, line, 1, left, alignment=_LEFT)
        _merge(sheet, line, 1, line, half)
        _put(sheet, line, half + 1, right, alignment=_RIGHT)
        _merge(sheet, line, half + 1, line, last)
    return 2 + len(layout.over)


def _middle(widths: tuple[float, ...]) -> int:
    """How many columns make up the left part of the line above the table, a good half of it."""
    taken = 0.0
    for place, width in enumerate(widths[:-1], start=1):
        taken += width
        if taken >= 0.55 * sum(widths):
            return place
    return len(widths) - 1


def _draw(sheet: Worksheet, box: Box, first: int, size: int) -> None:
    line, place = first + box.row, box.column + 1
    value: str | Value = box.text
    if box.look is Look.FIGURE and is_number(box):
        value = box.value
    font = Font(name=FACE, size=size, bold=box.strong)
    if box.look is Look.NUMBER and box.text.isdigit():
        value = int(box.text)
    _put(
        sheet,
        line,
        place,
        value,
        font=font,
        alignment=_ALIGNED.get(box.look, _MIDDLE) if box.rows == 1 else _MIDDLE,
        number_format=_FORMATS.get(box.unit, "0"),
    )
    for more in range(box.rows):
        for across in range(box.columns):
            sheet.cell(line + more, place + across).border = _BOX
    _merge(sheet, line, place, line + box.rows - 1, place + box.columns - 1)


def _below(sheet: Worksheet, layout: Layout, line: int) -> None:
    for more, text in enumerate((layout.foot, *layout.notes)):
        font = Font(name=FACE, size=_SIZE if more == 0 else _SMALL)
        _put(sheet, line + more, 1, text, font=font, alignment=_LEFT)
        _merge(sheet, line + more, 1, line + more, len(layout.widths))
        sheet.row_dimensions[line + more].height = _FOOT if more == 0 else _ROW


def _page(sheet: Worksheet, layout: Layout, first: int) -> None:
    """As wide as one page, with title and headings on each page and the page number at the foot."""
    for place, width in enumerate(layout.widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width / _CHARACTER
    sheet.row_dimensions[1].height = 30
    for line in range(2, first):
        sheet.row_dimensions[line].height = _ROW
    for line, height in enumerate(layout.heights(), start=first):
        sheet.row_dimensions[line].height = height * _ROOM
    head = first + layout.heads
    sheet.freeze_panes = f"{get_column_letter(layout.labels + 1)}{head}"
    sheet.print_area = f"A1:{get_column_letter(len(layout.widths))}{sheet.max_row}"
    sheet.print_title_rows = f"1:{head - 1}"
    setup = sheet.page_setup
    setup.orientation = "landscape" if layout.landscape else "portrait"
    setup.paperSize, setup.fitToWidth, setup.fitToHeight = A3 if layout.is_a3 else A4, 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = margins.top = MARGIN / _INCH
    margins.bottom, margins.footer = (MARGIN + 5) / _INCH, MARGIN / 2 / _INCH
    sheet.oddHeader.center.text = layout.across or None  # type: ignore[union-attr]  # as the footer
    sheet.oddFooter.center.text = "第&P页 共&N页"  # type: ignore[union-attr]  # made by the library for each sheet


def _definitions(sheet: Worksheet, table: StatTable) -> None:
    for place, (text, width) in enumerate(_EXPLAINED, start=1):
        _put(sheet, 1, place, text, font=Font(name=FACE, size=_SIZE, bold=True), boxed=True)
        sheet.column_dimensions[get_column_letter(place)].width = width
    for line, column in enumerate(table.columns, start=2):
        name = f"{column.group}：{column.name}" if column.group else column.name
        texts = (column.number, column.code, name, column.unit, column.definition, column.source)
        for place, text in enumerate(texts, start=1):
            _put(sheet, line, place, text, alignment=_LEFT, boxed=True)
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    setup = sheet.page_setup
    setup.orientation, setup.paperSize, setup.fitToWidth, setup.fitToHeight = "landscape", A4, 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _put(
    sheet: Worksheet,
    line: int,
    place: int,
    value: str | Value,
    *,
    font: Font | None = None,
    alignment: Alignment = _MIDDLE,
    number_format: str = "General",
    boxed: bool = False,
) -> None:
    cell = cast("Cell", sheet.cell(line, place))  # nothing is written below a merged heading
    write_cell(cell, value)
    cell.font = font or Font(name=FACE, size=_SIZE)
    cell.alignment = alignment
    if isinstance(value, int | Decimal):
        cell.number_format = number_format
    if boxed:
        cell.border = _BOX


def _merge(sheet: Worksheet, top: int, left: int, bottom: int, right: int) -> None:
    if (top, left) != (bottom, right):
        sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
