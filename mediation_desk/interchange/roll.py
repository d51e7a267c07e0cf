"""The roll of a group out of an .xlsx sheet: who, number, telephone, sum; every row as the sheet numbers it."""

from __future__ import annotations

from pathlib import Path

from mediation_desk.interchange.sheets.columns import SheetColumn, SheetColumns, names_of
from mediation_desk.interchange.sheets.table import Line, Table
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record
from mediation_desk.shared.uploads.names import clean_name
from mediation_desk.shared.uploads.whole import read_whole

LARGEST = 16 * 1024 * 1024
MOST = 2_000
"""Members of one group; the largest cases on record have some hundreds."""
_SEARCHED = 20
_TITLES = {
    "name": ("姓名", "名字", "成员", "户主"),
    "id_no": ("身份证", "证件号", "公民身份号码"),
    "phone": ("电话", "手机", "联系方式"),
    "amount": ("金额", "欠薪", "拖欠", "应付", "工资", "数额", "请求"),
    "representative": ("代表",),
}
_SERIALS = ("合计", "总计", "小计", "共计")


@record
class RollRow:
    """One member as the sheet has it; ``row`` as Excel shows it, ``flaw`` why a cell of it cannot be used."""

    row: int
    name: str = ""
    id_no: str = ""
    phone: str = ""
    amount: str = ""
    representative: str = ""
    flaw: str = ""


def read_roll(path: Path) -> tuple[RollRow, ...]:
    """The members in the workbook at ``path``.

    Raises ``InputError`` with one sentence for a file that is no workbook, damaged, locked or too large, for a
    sheet without a heading that names 姓名, and for more members than :data:`MOST`.
    """
    from mediation_desk.interchange.sheets.sheet import (
        read_sheet,
    )  # loaded late: only an import needs the library

    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        raise InputError("只能导入.xlsx工作簿；别的表格请先另存为.xlsx。")
    data = read_whole(path, LARGEST)
    return rows_of(read_sheet(_known_columns(), clean_name(path.name), data))


def _known_columns() -> SheetColumns:
    """By which the sheet of a workbook that holds the roll is told."""
    columns = tuple(
        SheetColumn(field=field, name=titles[0], aliases=titles, width=0, shared=False, words={})
        for field, titles in _TITLES.items()
    )
    by_field = {column.field: column for column in columns}
    return SheetColumns(columns=columns, by_field=by_field, names=names_of(columns), ignored=frozenset())


def rows_of(table: Table) -> tuple[RollRow, ...]:
    """The rows below the heading. Raises ``InputError`` where there is none."""
    heading = next((line for line in table.lines[:_SEARCHED] if "name" in _columns(line).values()), None)
    if heading is None:
        raise InputError("表格里没有“姓名”一栏，请在第一行写上：姓名、身份证号、电话、金额。")
    columns = _columns(heading)
    below = [line for line in table.lines if line.number > heading.number and line.cells != heading.cells]
    rows = [_row(line, columns) for line in below]
    wanted = tuple(row for row in rows if (row.name or row.id_no) and row.name not in _SERIALS)
    if len(wanted) > MOST:
        raise InputError(f"名单有{len(wanted)}人，一次最多{MOST}人，请核对是不是选错了文件。")
    return wanted


def _columns(line: Line) -> dict[int, str]:
    """Which column holds what; the first title of a kind counts."""
    found: dict[int, str] = {}
    for column, cell in enumerate(line.cells):
        title = "".join(cell.split())
        field = next((key for key, words in _TITLES.items() if any(word in title for word in words)), None)
        if field is not None and field not in found.values() and len(title) <= _SEARCHED:
            found[column] = field
    return found


def _row(line: Line, columns: dict[int, str]) -> RollRow:
    values = {field: line.cell(column).strip() for column, field in columns.items()}
    flaw = next((flaw.reason for flaw in line.flaws if flaw.column in columns), "")
    if len(values.get("id_no", "")) > 15 and "E+" in values["id_no"].upper():
        flaw = flaw or "身份证号被表格变成了数字，请把这一列设为文本后重新填写"
    return RollRow(row=line.number, flaw=flaw, **values)
