"""Files that hold a register, or pretend to: read, or refused in one sentence that ends with a full stop."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from mediation_desk.interchange.ledger.columns import ledger_columns
from mediation_desk.interchange.sheets.rows import State
from mediation_desk.interchange.sheets.sheet import read_sheet
from mediation_desk.interchange.sheets.table import ImportStopped
from tests.unit.cells import any_cell
from tests.unit.register import GOOD, TITLES, blocking, entry, made, outcome, rows_of, staged, with_cells
from tests.unit.roster import edited, packed, workbook

_GOOD_FILE = workbook(TITLES, GOOD, GOOD, arrange=lambda sheet: sheet.merge_cells("B2:B3"))


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b" " * (60 * 1024 * 1024))
    return stream.getvalue()


def hidden() -> bytes:
    book = Workbook()
    book.worksheets[0].append(list(TITLES))
    book.create_sheet("空")
    book.worksheets[0].sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def without(part: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_GOOD_FILE)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
    return stream.getvalue()


SHEET, BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
BAD: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "text": "登记日期,申请人\n".encode,
    "an old workbook": lambda: b"\xd0\xcf\x11\xe0" + b"0" * 600,
    "half a workbook": lambda: _GOOD_FILE[:900],
    "the head of a zip": lambda: b"PK\x03\x04",
    "a zip of something else": lambda: packed_text("a.txt", b"a"),
    "a bomb": bomb,
    "too large": lambda: b"PK" + b"0" * (21 * 1024 * 1024),
    "entities": lambda: edited(_GOOD_FILE, b"<worksheet ", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet '),
    "no sheet in sight": hidden,
    "an empty sheet": workbook,
    "without its sheet": lambda: without(SHEET),
    "without its book": lambda: without(BOOK),
    "without its types": lambda: without("[Content_Types].xml"),
    "a sheet that is no XML": lambda: packed(_GOOD_FILE, SHEET, b"<worksheet"),
    "a book that is no XML": lambda: packed(_GOOD_FILE, BOOK, b"{}"),
    "a sheet of nothing": lambda: packed(_GOOD_FILE, SHEET, b""),
    "a sheet of noise": lambda: packed(_GOOD_FILE, SHEET, bytes(range(256)) * 9),
    "another root": lambda: packed(_GOOD_FILE, SHEET, b"<html><body>1</body></html>"),
    "a page instead": lambda: b"<html><body><table><tr><td>1</td></tr></table></body></html>",
    "merged without end": lambda: edited(
        workbook(TITLES, *[GOOD] * 3_000, arrange=lambda sheet: sheet.merge_cells("B2:B3")),
        b'ref="B2:B3"',
        b'ref="A1:XFD1048576"',
    ),
    "a merge that is none": lambda: edited(_GOOD_FILE, b'ref="B2:B3"', b'ref="0:0"'),
    "too many rows": lambda: workbook(TITLES, *([("x",)] * 20_001)),
}
"""Files that are refused whole."""


def packed_text(name: str, content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_refused_in_one_sentence(kind: str) -> None:
    found = outcome(BAD[kind]())
    assert isinstance(found, str), kind
    assert found.endswith("。")
    assert "\n" not in found


ODD: dict[str, tuple[object, str]] = {
    "a formula": ("=1+1", "公式没有保存结果"),
    "an error": ("#N/A", "错误值"),
    "a control character in the XML": ("甲\u0008乙", ""),
    "a turn of direction": ("张\u202e三", "改变文字方向"),
    "a name of a thousand characters": ("张" * 1000, "2至50个字"),
    "a truth": (True, "2至50个字"),
    "a number": (7, "2至50个字"),
    "a mark alone": ("、、", "没有写申请人"),
}
"""Cells in place of a name: the row is held back, the file is read."""


@pytest.mark.parametrize("kind", [kind for kind, (_value, reason) in ODD.items() if reason])
def test_an_odd_cell_holds_back_its_row_alone(kind: str) -> None:
    value, reason = ODD[kind]
    found = rows_of(TITLES, with_cells(申请人=value), with_cells(编号="（2024）清平人调字第2号"))
    (sentence,) = blocking(found)
    assert sentence.startswith("第2行“申请人”（C列）：")
    assert reason in sentence
    assert found.rows[1].state is State.READY


def test_hidden_sheets_and_other_sheets_are_passed_over() -> None:
    book = Workbook()
    book.worksheets[0].append(["填表说明"])
    for name, state in (("旧", "hidden"), ("台账", "visible")):
        sheet = book.create_sheet(name)
        sheet.sheet_state = state
        sheet.append(list(TITLES))
        sheet.append(list(GOOD))
    stream = io.BytesIO()
    book.save(stream)
    found = staged(stream.getvalue())
    assert (found.plan.table.sheet, found.plan.table.sheets) == ("台账", ("Sheet", "台账"))


def test_five_thousand_rows_with_progress_and_a_way_out() -> None:
    rows = [
        with_cells(编号=f"（2024）清平人调字第{place}号", 申请人=f"张{chr(0x4E00 + place)}")
        for place in range(1, 5001)
    ]
    columns, told = ledger_columns(), list[int]()

    def watch(done: int) -> bool:
        told.append(done)
        return True

    data = workbook(TITLES, *rows)
    read_sheet(columns, "x.xlsx", data, watch=watch)
    found = staged(data)
    assert found.count(State.READY) == 5_000
    assert len(told) >= 10
    begun = time.perf_counter()
    assert found.with_cell(2_500, 4, "宇宙").count(State.WRONG) == 1
    assert time.perf_counter() - begun < 2
    with pytest.raises(ImportStopped):
        found.restaged(found.plan, watch=lambda _done: False)


# Properties

CELLS = any_cell(
    *GOOD,
    *TITLES,
    "合计",
    "同上",
    "3月4日",
    "2024.3",
    "=1+1",
    "#N/A",
    "、；\n",
    "9" * 40,
    "张三等0人",
    "（）",
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    titles=st.lists(
        st.one_of(st.sampled_from([column.name for column in ledger_columns().columns]), CELLS), max_size=12
    ),
    rows=st.lists(st.lists(CELLS, max_size=12), max_size=6),
)
def test_any_workbook_is_read_or_refused_in_a_sentence(
    titles: list[object], rows: list[list[object]]
) -> None:
    found = outcome(workbook(titles, *rows))
    if isinstance(found, str):
        assert found.endswith("。")
        return
    for place, row in enumerate(found.rows):
        if row.state is State.READY:
            assert made(found, place).beside.ledger is not None
            assert set(entry(found, place).cells.values())
        for trouble in row.troubles:
            assert trouble.sentence.startswith(f"第{row.number}行")
            assert trouble.sentence.endswith("。")


@settings(max_examples=60, deadline=None)
@given(place=st.integers(min_value=0), noise=st.binary(min_size=1, max_size=40))
def test_a_damaged_register_is_refused_in_a_sentence(place: int, noise: bytes) -> None:
    data = bytearray(_GOOD_FILE)
    start = place % len(data)
    data[start : start + len(noise)] = noise
    found = outcome(bytes(data))
    assert not isinstance(found, str) or found.endswith("。")


def test_a_sheet_far_down_and_far_right_costs_nothing() -> None:
    def far(sheet: Worksheet) -> None:
        sheet["XFD2"].value = "x"
        sheet["C1048576"].value = "周"

    begun = time.perf_counter()
    found = rows_of(TITLES, GOOD, arrange=far)
    assert [row.number for row in found.rows] == [2]
    assert time.perf_counter() - begun < 20
