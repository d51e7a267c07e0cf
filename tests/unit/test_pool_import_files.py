"""Files that hold a roster: workbooks good, strange and hostile, JSON, and anything at all."""

from __future__ import annotations

import io
import json
import time
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from mediation_desk.interchange.pool.columns import column_rules
from mediation_desk.interchange.pool.objects import read_objects
from mediation_desk.interchange.pool.staging import plan_for, read_sheet, stage
from mediation_desk.interchange.pool.twins import known
from mediation_desk.interchange.sheets.rows import State
from mediation_desk.interchange.sheets.splitting import items, join_items, join_words, words
from mediation_desk.interchange.sheets.table import ImportStopped, Table, column_letter
from mediation_desk.shared.errors import InputError
from tests.unit.cells import any_cell
from tests.unit.roster import (
    GOOD,
    ID_NO,
    ON,
    TITLES,
    ZHOU,
    edited,
    made,
    outcome,
    packed,
    reasons,
    staged,
    workbook,
)

_GOOD_FILE = workbook(TITLES, GOOD, arrange=lambda sheet: sheet.merge_cells("A1:A1"))


def test_what_is_no_workbook_is_refused_in_one_sentence() -> None:
    for data in (
        b"",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0" + b"0" * 600,
        b"name,phone\n",
        workbook(TITLES)[:900],
    ):
        with pytest.raises(InputError, match=r"。$"):
            read_sheet("x.xlsx", data)


def test_a_zip_bomb_is_refused_before_it_is_opened() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b" " * (60 * 1024 * 1024))
    assert len(stream.getvalue()) < 100_000
    with pytest.raises(InputError, match="展开后超过50兆"):
        read_sheet("x.xlsx", stream.getvalue())


def test_entities_are_refused() -> None:
    data = edited(workbook(TITLES, GOOD), b"<worksheet ", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet ')
    with pytest.raises(InputError, match="DOCTYPE"):
        read_sheet("x.xlsx", data)


def test_a_sheet_merged_into_one_is_refused() -> None:
    rows = [GOOD] * 3_000
    data = workbook(TITLES, *rows, arrange=lambda sheet: sheet.merge_cells("H1:I1"))
    with pytest.raises(InputError, match="合并的单元格太多"):
        read_sheet("x.xlsx", edited(data, b'ref="H1:I1"', b'ref="H1:XFD1048576"'))


def test_too_many_rows_are_refused() -> None:
    data = workbook(TITLES, *([("周",)] * 20_001))
    with pytest.raises(InputError, match="超过20000行"):
        read_sheet("x.xlsx", data)


def test_a_sheet_far_down_and_far_right_costs_nothing() -> None:
    def far(sheet: Worksheet) -> None:
        sheet["XFD2"].value = "x"
        sheet["A1048576"].value = "周"

    begun = time.perf_counter()
    found = staged(workbook(TITLES, GOOD, arrange=far))
    assert [row.number for row in found.rows] == [2, 1048576]
    assert time.perf_counter() - begun < 20


def test_the_sheet_that_looks_like_a_roster_is_chosen() -> None:
    book = Workbook()
    book.worksheets[0].append(["说明"])
    roster = book.create_sheet("名册")
    roster.append(list(TITLES))
    roster.append(list(GOOD))
    stream = io.BytesIO()
    book.save(stream)
    table = read_sheet("x.xlsx", stream.getvalue())
    assert (table.sheet, table.sheets) == ("名册", ("Sheet", "名册"))
    assert read_sheet("x.xlsx", stream.getvalue(), sheet="Sheet").lines[0].cells == ("说明",)
    with pytest.raises(InputError, match="没有工作表"):
        read_sheet("x.xlsx", stream.getvalue(), sheet="别的")


def test_ten_thousand_rows_with_progress_and_a_way_out() -> None:
    rows = [
        (f"张{chr(0x4E00 + place)}", "男", "", 13800000000 + place, f"第{place % 300}调委会", "专职", "邻里")
        for place in range(10_000)
    ]
    told: list[int] = []

    def watch(done: int) -> bool:
        told.append(done)
        return True

    table = read_sheet("x.xlsx", workbook(TITLES, *rows), watch=watch)
    found = stage(plan_for(table), known(()), ON, watch=watch)
    assert found.count(State.READY) == 10_000
    assert len(told) > 20
    found = found.with_cell(5000, 5, "临时")
    assert found.count(State.WRONG) == 1
    with pytest.raises(ImportStopped):
        stage(plan_for(table), known(()), ON, watch=lambda _done: False)


# JSON


def test_json_with_our_fields_or_titles_and_the_mediators_of_a_case() -> None:
    by_field = {"name": "周敬安", "id_no": ID_NO, "organisation": "某调委会", "employment": "专职",
                "specialties": ["邻里", "合同、借贷"], "role": "主持"}  # fmt: skip
    for data in ([by_field], {"mediators": [by_field]}, by_field):
        found = stage(plan_for(read_objects("x.json", json.dumps(data).encode())), known(()), ON)
        assert reasons(found) == []
        assert made(found).card.specialties == ("邻里", "合同、借贷")
        assert found.strange == ()
    titled = [dict(zip(TITLES, GOOD, strict=True))]
    assert (
        made(stage(plan_for(read_objects("x.json", json.dumps(titled).encode())), known(()), ON)).name
        == "周敬安"
    )


def test_json_names_entry_and_key() -> None:
    data = json.dumps([{"name": "周敬安", "grades": [{"levle": "一级"}], "gender": {"a": 1}}]).encode()
    found = stage(plan_for(read_objects("x.json", data)), known(()), ON)
    assert "第1条“grades”：不认识“levle”这个键。" in reasons(found)
    assert "第1条“gender”：应为文字，不是对象。" in reasons(found)
    for wrong in (b"[1]", b"{", b"[]", b'"x"', b"\xff"):
        with pytest.raises(InputError):
            read_objects("x.json", wrong)


# Properties

CELLS = any_cell(
    *GOOD, *TITLES, "2024.3", "M07", "=1+1", "#N/A", "\u202e", "、；｜\\", "9" * 40, "邻里｜a｜b"
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    titles=st.lists(
        st.one_of(st.sampled_from([column.name for column in column_rules().columns]), CELLS), max_size=9
    ),
    rows=st.lists(st.lists(CELLS, max_size=9), max_size=6),
)
def test_any_workbook_is_read_or_refused_in_a_sentence(
    titles: list[object], rows: list[list[object]]
) -> None:
    found = outcome(workbook(titles, *rows), ZHOU)
    if isinstance(found, str):
        assert found.endswith("。")
        return
    for row in found.rows:
        assert row.state is not State.READY or row.mediator is not None
        for trouble in row.troubles:
            assert trouble.sentence.startswith(f"第{row.number}行")
            assert trouble.sentence.endswith("。")


@settings(max_examples=60, deadline=None)
@given(place=st.integers(min_value=0), noise=st.binary(min_size=1, max_size=40))
def test_a_damaged_workbook_is_refused_in_a_sentence(place: int, noise: bytes) -> None:
    data = bytearray(_GOOD_FILE)
    start = place % len(data)
    data[start : start + len(noise)] = noise
    found = outcome(bytes(data))
    assert not isinstance(found, str) or found.endswith("。")


@settings(max_examples=60, deadline=None)
@given(part=st.sampled_from(("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml")), data=st.data())
def test_damage_inside_the_package_is_refused_in_a_sentence(part: str, data: st.DataObject) -> None:
    whole = zipfile.ZipFile(io.BytesIO(_GOOD_FILE)).read(part)
    start = data.draw(st.integers(min_value=0, max_value=len(whole)))
    noise = data.draw(st.binary(max_size=12) | st.sampled_from((b"<a/>", b"9", b'"', b"\xff", b"<v>")))
    cut = data.draw(st.integers(min_value=0, max_value=30))
    found = outcome(packed(_GOOD_FILE, part, whole[:start] + noise + whole[start + cut :]))
    assert not isinstance(found, str) or found.endswith("。")


@given(
    st.lists(st.text(alphabet="甲乙 、，;；｜|\\/\n1", min_size=1, max_size=6).map(str.strip).filter(bool))
)
def test_lists_of_words_survive_the_cell(found: list[str]) -> None:
    assert words(join_words(found)) == tuple(found)


FIELD = st.text(alphabet="甲乙、，;；｜|\\\n1", max_size=6).map(str.strip)


@given(st.lists(st.lists(FIELD, min_size=1, max_size=4).filter(lambda fields: bool(fields[-1])), max_size=4))
def test_lists_of_parts_survive_the_cell(found: list[list[str]]) -> None:
    assert items(join_items(found)) == tuple(tuple(fields) for fields in found)


def test_letters_of_columns() -> None:
    assert [column_letter(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_an_empty_table_has_no_rows() -> None:
    assert stage(plan_for(Table(file="x", titles=("姓名",))), known(()), ON).rows == ()
