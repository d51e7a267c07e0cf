"""The register of work as a workbook, ready to print on A4 across; voided lines stand in it and do not add up."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from mediation_desk.documents.render.sheet import write_cell
from mediation_desk.statistics.work.kinds import WorkRules
from mediation_desk.statistics.work.model import WorkEntry, WorkSums
from mediation_desk.statistics.work.words import category_text, state_text

_A4 = 9  # ST_PaperSize of ECMA-376
_BOLD, _STRUCK = Font(bold=True), Font(strike=True)
_WRAPPED = Alignment(vertical="center", wrap_text=True)
_FORMATS = {"金额（元）": "#,##0.00"}

_SUMMED = {
    "次（期）数": "times",
    "纠纷（件）": "disputes",
    "转为案件（件）": "handed",
    "人次": "people",
    "金额（元）": "yuan",
}


def workbook(entries: Iterable[WorkEntry], sums: WorkSums, rules: WorkRules) -> bytes:
    """The bytes of the XLSX file."""
    book = Workbook(write_only=True)
    book.properties.creator = "调解台"
    book.properties.title = "工作记录"
    register: Any = book.create_sheet("工作记录")  # the write-only kind; the stubs only know the full one
    columns = _columns(rules)
    _page(register, [width for _, width, _ in columns])
    register.append([_cell(register, title, title, _BOLD) for title, _, _ in columns])
    for entry in entries:
        font = None if entry.counts else _STRUCK
        register.append([_cell(register, title, read(entry), font) for title, _, read in columns])
    last = [_total(title, place, sums) for place, (title, _, _) in enumerate(columns)]
    register.append([_cell(register, columns[place][0], value, _BOLD) for place, value in enumerate(last)])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _columns(rules: WorkRules) -> tuple[tuple[str, float, Callable[[WorkEntry], Any]], ...]:
    return (
        ("序号", 7, lambda one: one.id),
        ("种类", 20, lambda one: rules.name(one.kind)),
        ("单位", 24, lambda one: one.unit_name),
        ("自", 12, lambda one: one.first),
        ("至", 12, lambda one: one.last),
        ("次（期）数", 9, lambda one: one.times),
        ("纠纷（件）", 9, lambda one: one.disputes),
        ("转为案件（件）", 9, lambda one: one.handed),
        ("人次", 9, lambda one: one.people),
        ("金额（元）", 14, lambda one: one.yuan),
        ("综治类别", 16, category_text),
        ("备注", 30, lambda one: one.note),
        ("记录人", 10, lambda one: one.clerk),
        ("作废", 30, state_text),
    )


def _total(title: str, place: int, sums: WorkSums) -> Any:
    if place == 0:
        return "合计"
    if title == "种类":
        return f"计数的{sums.entries}条"
    return getattr(sums, _SUMMED[title]) if title in _SUMMED else None


def _cell(register: Any, title: str, value: Any, font: Font | None) -> Any:
    if value is None or value == "":
        return None
    cell = WriteOnlyCell(register)
    write_cell(cell, value)
    cell.alignment = _WRAPPED
    if font is not None:
        cell.font = font
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    elif not isinstance(value, str):
        cell.number_format = _FORMATS.get(title, "0")
    return cell


def _page(register: Any, widths: Iterable[float]) -> None:
    letters = []
    for place, width in enumerate(widths, start=1):
        letters.append(get_column_letter(place))
        register.column_dimensions[letters[-1]].width = width
    register.freeze_panes = "C2"
    register.print_title_rows = "1:1"
    register.page_setup.orientation, register.page_setup.paperSize = "landscape", _A4
    register.page_setup.fitToWidth, register.page_setup.fitToHeight = 1, 0
    register.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    register.auto_filter.ref = f"A1:{letters[-1]}1"
