"""Reads a sheet of an .xlsx workbook cell by cell; the only module of the import that knows the library."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

from mediation_desk.interchange.sheets.columns import SheetColumns
from mediation_desk.interchange.sheets.heading import guess_heading, heading_score
from mediation_desk.interchange.sheets.merging import MOST_COVERED, covered_cells
from mediation_desk.interchange.sheets.package import damaged, require_likely, require_workbook
from mediation_desk.interchange.sheets.table import (
    MOST_COLUMNS,
    MOST_ROWS,
    Flaw,
    Line,
    Merge,
    Table,
    Watch,
    column_letter,
    tell,
)
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.quarantine.parsers import parser
from mediation_desk.shared.quarantine.process import workshop
from mediation_desk.shared.quarantine.refusal import told
from mediation_desk.shared.record import record
from mediation_desk.shared.text import canonical

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

_HEAD_ROWS = 20
_MOST_FILLED, _MOST_SIGNS = 600_000, 12_000_000
"""Thirty cells of twenty letters in each of twenty thousand rows: what crosses has to fit into the desk."""
_EXACT = 10**15
"""Excel keeps 15 digits; the rest of a longer number is lost."""
_STEP = 500
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")  # ST_Xstring of ECMA-376
_FORMULA = "公式没有保存结果，请粘贴为数值"
_LONG_NUMBER = "数字超过15位，表格已丢失末尾几位，请把单元格设为文本后重新填写"
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    SyntaxError,  # what the XML library calls a parse error
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RuntimeError,
    OSError,
    EOFError,
)
"""What the library raises over a damaged file; anything may be missing in one."""


def read_sheet(
    columns: SheetColumns, file: str, data: bytes, *, sheet: str = "", watch: Watch | None = None
) -> Table:
    """The cells of ``sheet``, or of the sheet whose heading names most of ``columns``.

    Raises ``InputError`` with a sentence for a file that is damaged, locked, too large or empty, and for a
    ``sheet`` it does not have; ``ImportStopped`` when ``watch`` says so.
    """
    require_likely(data)
    titles = Titles(names=columns.names, ignored=columns.ignored)
    with told("没有读这份表格"):
        table = workshop.run(
            read_cells, titles=titles, data=data, sheet=sheet, watch=lambda done: _told(watch, done)
        )
    return replace(table, file=file)


def _told(watch: Watch | None, done: int) -> bool:
    tell(watch, done)
    return True


@record
class Titles:
    """By which the sheet of a workbook is told: field by title, and titles of no field."""

    names: Mapping[str, str]
    ignored: frozenset[str]


@parser(loads=("openpyxl", "rapidfuzz"), longer="sheet", alone=True)
def read_cells(titles: Titles, data: bytes, sheet: str, watch: Watch) -> Table:
    """The same, where it may fail: in the worker."""
    columns = SheetColumns(columns=(), by_field={}, names=titles.names, ignored=titles.ignored)
    require_workbook(data)
    with _opened(data, values=False) as book:
        names = tuple(one.title for one in book.worksheets if one.sheet_state == "visible")
        if sheet and sheet not in names:
            raise InputError(f"文件里没有工作表“{sheet}”。")
        if not names:
            raise InputError("文件里没有可见的工作表。")
        chosen = sheet or _most_likely(columns, book, names)
        reader = _Reader(book, chosen)
        lines = reader.lines(watch)
        merges = _merges(data, reader.part)
    if reader.formulas:
        lines = _with_results(data, chosen, lines, reader.formulas)
    if not lines:
        raise InputError(f"工作表“{chosen}”是空的。")
    return Table(
        file="",
        sheet=chosen,
        sheets=names,
        lines=_with_covers(lines, merges),
        merges=merges,
        notes=reader.notes(),
        since_1904=reader.since_1904,
    )


@contextmanager
def _opened(data: bytes, *, values: bool) -> Iterator[Workbook]:
    """The workbook; the library's own errors become one sentence, its warnings are nobody's business here."""
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=values, keep_links=False)
            try:
                yield book
            finally:
                book.close()
    except InputError:
        raise
    except _UNREADABLE as error:
        raise damaged() from error


def _sheet_of(book: Workbook, name: str) -> Any:
    """A read-only sheet; the library's stubs only know the full one."""
    return book[name]


def _most_likely(columns: SheetColumns, book: Workbook, names: tuple[str, ...]) -> str:
    def likeness(name: str) -> int:
        head = _Reader(book, name).lines(None, most=_HEAD_ROWS)
        table = Table(file="", lines=head)
        return heading_score(columns, table, guess_heading(columns, table).row) if head else -1

    return max(names[:10], key=likeness)


class _Reader:
    """One pass over one sheet."""

    def __init__(self, book: Workbook, name: str) -> None:
        self._sheet = _sheet_of(book, name)
        self._wide = (self._sheet.max_column or 0) > MOST_COLUMNS
        self._sheet.reset_dimensions()  # what the file declares is not to be trusted
        self.part = str(self._sheet._worksheet_path)  # noqa: SLF001  # merged cells are only told to full readers
        self.since_1904 = book.epoch.year == 1904
        self.formulas: set[tuple[int, int]] = set()

    def lines(self, watch: Watch | None, *, most: int = 0) -> tuple[Line, ...]:
        """Rows that are not blank; with ``most`` only from the first so many."""
        found: list[Line] = []
        filled = signs = 0
        blank: object = None
        for number, cells in enumerate(self._sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
            if most and number > most:
                break
            if cells is blank:  # the library gives one and the same row for all that are not in the file
                continue
            line = self._line(number, cells)
            if line is None:
                blank = cells
            else:
                found.append(line)
                filled += sum(map(bool, line.cells))
                signs += sum(map(len, line.cells))
            if len(found) > MOST_ROWS:
                raise InputError(f"工作表超过{MOST_ROWS}行，请分成几个文件导入。")
            if filled > _MOST_FILLED or signs > _MOST_SIGNS:
                raise InputError("工作表里填了字的格子太多、太长，请分成几个文件导入。")
            if number % _STEP == 0:
                tell(watch, number)
        return tuple(found)

    def notes(self) -> tuple[str, ...]:
        """What is to be said about the whole sheet."""
        notes = []
        if self.formulas:
            notes.append(
                f"有{len(self.formulas)}个单元格是公式，按上次保存的结果读；没有保存结果的在那一行说明。"
            )
        if self._wide:
            notes.append(f"{column_letter(MOST_COLUMNS - 1)}列以后的内容没有读。")
        return tuple(notes)

    def _line(self, number: int, cells: tuple[Any, ...]) -> Line | None:
        texts: list[str] = []
        numeric: list[int] = []
        flaws: list[Flaw] = []
        for column, cell in enumerate(cells):
            if cell.value is None:
                continue
            text, flaw = self._read(number, column, cell)
            if text or flaw:
                texts.extend("" for _ in range(column - len(texts)))
                texts.append(text)
            if flaw:
                flaws.append(Flaw(column=column, reason=flaw))
            if cell.data_type == "n":
                numeric.append(column)
        if not any(text.strip() for text in texts) and not flaws:
            return None
        return Line(number=number, cells=tuple(texts), numeric=tuple(numeric), flaws=tuple(flaws))

    def _read(self, number: int, column: int, cell: Any) -> tuple[str, str]:
        if cell.data_type == "f":
            self.formulas.add((number, column))
            return "", _FORMULA
        return cell_text(cell.value, is_error=cell.data_type == "e")


def cell_text(value: object, *, is_error: bool = False) -> tuple[str, str]:
    """Text of a cell and, where it cannot be used, a clause why."""
    if is_error:
        return "", f"单元格是错误值{str(value)[:20]}"
    match value:
        case None:
            return "", ""
        case str():
            return _kept(value)
        case bool():
            return ("是" if value else "否"), ""
        case datetime():
            return value.date().isoformat(), ""
        case date():
            return value.isoformat(), ""
        case time():
            return value.strftime("%H:%M"), ""
        case int() | float():
            return _number(value)
        case timedelta():
            return str(value), ""
    return _kept(str(value))


def _number(value: float) -> tuple[str, str]:
    if not abs(value) < _EXACT:  # also for what is no number
        return "", _LONG_NUMBER
    return (str(int(value)) if value == int(value) else repr(value)), ""


def _kept(text: str) -> tuple[str, str]:
    """Text as it may be stored; what may not be is named. Sheets write some characters as ``_x000D_``."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    if text.isascii() and text.isprintable():
        return text, ""
    try:
        return canonical(text.strip("\u200b\ufeff"), "这一格"), ""
    except InputError as error:
        return "", error.message.rstrip("。")


def _with_results(
    data: bytes, name: str, lines: tuple[Line, ...], formulas: set[tuple[int, int]]
) -> tuple[Line, ...]:
    """The results the workbook last saved in place of its formulas; where none was saved the flaw stays."""
    results: dict[tuple[int, int], tuple[str, str]] = {}
    rows = {row for row, _column in formulas}
    with _opened(data, values=True) as book:
        sheet = _sheet_of(book, name)
        sheet.reset_dimensions()
        for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
            if number not in rows:
                continue
            for column, cell in enumerate(cells):
                if (number, column) in formulas and cell.value is not None:
                    results[number, column] = cell_text(cell.value, is_error=cell.data_type == "e")
    return tuple(_with_result(line, results) if line.number in rows else line for line in lines)


def _with_result(line: Line, results: dict[tuple[int, int], tuple[str, str]]) -> Line:
    cells = list(line.cells)
    flaws = []
    for flaw in line.flaws:
        text, reason = results.get((line.number, flaw.column), (cells[flaw.column], flaw.reason))
        cells[flaw.column] = text
        if reason:
            flaws.append(Flaw(column=flaw.column, reason=reason))
    return replace(line, cells=tuple(cells), flaws=tuple(flaws))


def _merges(data: bytes, part: str) -> tuple[Merge, ...]:
    """Merged ranges of a sheet; the library's read-only mode leaves them out."""
    from openpyxl.utils import range_boundaries

    found: list[Merge] = []

    def on_start(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] != "mergeCell":
            return
        if len(found) >= MOST_COVERED:
            raise InputError("工作表里合并的单元格太多，请取消合并后再导入。")
        left, top, right, bottom = range_boundaries(attributes.get("ref", ""))
        if left and top and right and bottom:
            found.append(Merge(top=top, left=left - 1, bottom=bottom, right=min(right - 1, MOST_COLUMNS)))

    parser = expat.ParserCreate()
    parser.StartElementHandler = on_start
    with zipfile.ZipFile(io.BytesIO(data)) as package, package.open(part) as stream:
        parser.ParseFile(stream)
    return tuple(found)


def _with_covers(lines: tuple[Line, ...], merges: tuple[Merge, ...]) -> tuple[Line, ...]:
    covered = covered_cells(merges, frozenset(line.number for line in lines))
    return tuple(
        replace(line, covered=covered[line.number]) if line.number in covered else line for line in lines
    )
