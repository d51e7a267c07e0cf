"""A roster from somebody else's table: what is read, what is named as wrong, what is never lost."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from mediation_desk.experts.mediator import Layer
from mediation_desk.experts.model import Employment
from mediation_desk.experts.texts import LABELS
from mediation_desk.interchange.pool.columns import column_rules, field_kinds
from mediation_desk.interchange.sheets.days import read_day
from mediation_desk.interchange.sheets.rows import State
from mediation_desk.interchange.sheets.twins import Choice
from mediation_desk.parties.model import Gender
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.track import Track
from tests.unit.roster import (
    GOOD,
    ID_NO,
    MIDNIGHT,
    TITLES,
    ZHOU,
    edited,
    made,
    one,
    reasons,
    staged,
    with_column,
    workbook,
)


def test_a_good_row_becomes_a_record() -> None:
    found = one(TITLES, GOOD)
    assert reasons(found) == []
    assert found.rows[0].state is State.READY
    card = made(found).card
    assert (card.name, card.gender, card.id_no, card.phone) == ("周敬安", Gender.MALE, ID_NO, "13800000901")
    assert (card.employment, card.specialties) == (Employment.FULL_TIME, ("邻里", "合同"))
    assert card.birth_date == date(1959, 4, 12)
    assert made(found).tracks == (Track.PEOPLES,)


def test_every_field_of_a_record_has_a_column_with_a_name_of_its_own() -> None:
    columns = column_rules().columns
    assert [column.field for column in columns] == list(field_kinds())
    assert {column.name for column in columns} == {LABELS[field] for field in field_kinds()}
    aliases = [alias for column in columns for alias in (column.name, *column.aliases)]
    assert len(set(aliases)) == len(aliases)


# Faults, one by one


def test_a_wrong_identity_number_is_named_with_row_and_column() -> None:
    found = one(TITLES, (*GOOD[:2], "110101195904121376", *GOOD[3:]))
    assert reasons(found) == ["第2行“身份证号”（C列）：居民身份证号码的校验位不对。"]
    assert found.rows[0].state is State.WRONG


def test_an_identity_number_turned_into_a_number_has_lost_digits() -> None:
    for value in (110101195904121375, 1.10101195904121e17, "1.10101E+17"):
        found = one(TITLES, (*GOOD[:2], value, *GOOD[3:]))
        assert "丢失" in reasons(found)[0], value


@pytest.mark.parametrize(
    ("field", "wrong"), [("专兼职", "临时"), ("单位类型", "俱乐部"), ("层级", "国家"), ("性别", "人")]
)
def test_an_unknown_kind_names_what_is_allowed(field: str, wrong: str) -> None:
    titles = TITLES if field in TITLES else (*TITLES, field)
    row = dict(zip(titles, (*GOOD, ""), strict=False)) | {field: wrong}
    (sentence,) = reasons(one(titles, list(row.values())))
    assert f"“{field}”" in sentence
    assert f"不认识“{wrong}”，应为" in sentence


def test_two_rows_for_one_person_are_shown_once() -> None:
    found = staged(workbook(TITLES, GOOD, GOOD))
    first, second = found.rows
    assert (first.state, second.state) == (State.READY, State.SKIPPED)
    assert second.twin_sentence == "与第2行周敬安身份证号相同。"
    assert second.choices == (Choice.SKIP,)


def test_a_wrong_row_does_not_make_the_right_one_a_repetition() -> None:
    found = staged(workbook(TITLES, (*GOOD[:5], "临时", GOOD[6]), GOOD))
    assert [row.state for row in found.rows] == [State.WRONG, State.READY]


def test_somebody_of_the_pool_is_skipped_unless_one_decides() -> None:
    found = staged(workbook(TITLES, GOOD), ZHOU)
    (row,) = found.rows
    assert (row.state, row.twin_sentence) == (State.SKIPPED, "与库中M07周敬安身份证号相同。")
    assert row.choices == (Choice.SKIP, Choice.UPDATE)
    updated = made(found.with_choice(2, Choice.UPDATE))
    assert (updated.pool_no, updated.version, updated.card.specialties) == ("M07", 3, ("邻里", "合同"))
    with pytest.raises(InputError, match="不能选"):
        found.with_choice(2, Choice.NEW)


def test_empty_cells_leave_the_record_as_it_is() -> None:
    found = staged(workbook(("编号", "电话"), ("M07", "13900000001"), ("M08", "x")), ZHOU)
    updated = made(found.with_choice(2, Choice.UPDATE))
    assert updated.card.phone == "13900000001"
    assert updated.card.id_no == ID_NO
    assert updated.card.specialties == ("邻里",)


def test_the_same_name_and_telephone_may_be_two_people() -> None:
    titles = ("姓名", "性别", "电话", "单位", "专兼职", "擅长领域")
    row = ("周敬安", "男", "138 0000 0901", "别处调委会", "兼职", "邻里")
    found = staged(workbook(titles, row), ZHOU)
    assert found.rows[0].twin_sentence == "与库中M07周敬安姓名和电话相同。"
    assert Choice.NEW in found.rows[0].choices
    new = found.with_choice(2, Choice.NEW)
    assert new.rows[0].state is State.READY
    assert made(new).pool_no == ""


def test_a_number_taken_by_somebody_else_is_not_overwritten() -> None:
    found = staged(workbook(("编号", *TITLES), ("M07", "钱和平", "女", "", *GOOD[3:])), ZHOU)
    assert found.rows[0].choices == (Choice.SKIP, Choice.NEW)
    assert made(found.with_choice(2, Choice.NEW)).pool_no == ""


def test_the_same_name_with_another_identity_is_another_person() -> None:
    other = "11010119900307571X"
    row = ("周敬安", "男", other, "13800000901", GOOD[4], "专职", "邻里")
    assert staged(workbook(TITLES, row), ZHOU).rows[0].twin is None


def test_formulas_are_named_unless_their_result_was_saved() -> None:
    data = workbook(TITLES, (*GOOD[:4], '="安和"&"调委会"', *GOOD[5:]))
    assert reasons(staged(data)) == ["第2行“所属调委会”（E列）：公式没有保存结果，请粘贴为数值。"]
    with_result = "<v>安和</v>".encode()
    saved = edited(data, b'<c r="E2">', b'<c r="E2" t="str">', b"<v></v>", with_result, b"<v />", with_result)
    found = staged(saved)
    assert reasons(found) == []
    assert made(found).card.organisation == "安和"
    assert "公式" in found.plan.table.notes[0]


def test_text_that_looks_like_a_formula_stays_text() -> None:
    def as_text(sheet: Worksheet) -> None:
        sheet["H2"].value = "=HYPERLINK(1)"
        sheet["H2"].data_type = "s"

    found = staged(workbook((*TITLES, "简介"), (*GOOD, ""), arrange=as_text))
    assert made(found).introduction == "=HYPERLINK(1)"


def test_an_error_value_is_named() -> None:
    def spoilt(sheet: Worksheet) -> None:
        sheet["G2"].value = "#N/A"

    assert reasons(staged(workbook(TITLES, GOOD, arrange=spoilt)))[0] == (
        "第2行“擅长领域”（G列）：单元格是错误值#N/A。"
    )


def test_a_merged_column_of_bodies_is_filled_down() -> None:
    second = ("钱和平", "女", "", "13800000902", None, "兼职", "婚姻家庭")
    found = staged(workbook(TITLES, GOOD, second, arrange=lambda sheet: sheet.merge_cells("E2:E3")))
    assert reasons(found) == []
    assert made(found, 1).card.organisation == "安和区人民调解委员会"


def test_other_merged_cells_are_named() -> None:
    second = (None, "女", "", "13800000902", "某调委会", "兼职", "婚姻家庭")
    found = staged(workbook(TITLES, GOOD, second, arrange=lambda sheet: sheet.merge_cells("A2:A3")))
    assert reasons(found) == ["第3行“姓名”（A列）：与第2行的单元格合并成一格，请取消合并、分别填写。"]
    across = staged(workbook(TITLES, GOOD, arrange=lambda sheet: sheet.merge_cells("E2:F2")))
    assert any("与E列的单元格合并成一格" in reason for reason in reasons(across))


def test_a_heading_of_two_rows_below_a_title_is_found() -> None:
    def merged(sheet: Worksheet) -> None:
        for cells in ("A1:I1", "H2:I2", *(f"{letter}2:{letter}3" for letter in "ABCDEFG")):
            sheet.merge_cells(cells)

    data = workbook(
        ("安和区人民调解员花名册",),
        ("姓  名", "性别", "公民身份号码", "联系电话（手机）", "所属调委会", "专/兼职", "擅长领域", "聘期"),
        (None,) * 7 + ("起", "止"),
        (*GOOD, "2024.3.1", "2027年2月"),
        arrange=merged,
    )
    found = staged(data)
    assert (found.plan.heading.row, found.plan.heading.last) == (2, 3)
    assert (made(found).term_from, made(found).term_to) == (date(2024, 3, 1), date(2027, 2, 28))
    assert [row.number for row in found.rows] == [4]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-03-01", date(2024, 3, 1)),
        ("2024.3.1", date(2024, 3, 1)),
        ("2024/3/1 00:00:00", date(2024, 3, 1)),
        ("20240301", date(2024, 3, 1)),
        ("２０２４年３月１日", date(2024, 3, 1)),
        ("2024年3月", date(2024, 3, 1)),
        ("2024.03", date(2024, 3, 1)),
        ("202403", date(2024, 3, 1)),
        ("45352", date(2024, 3, 1)),
        ("'2024-3-1", date(2024, 3, 1)),
    ],
)
def test_days_in_many_hands(text: str, day: date) -> None:
    assert read_day(text).on == day


@pytest.mark.parametrize(
    "text", ["2024.2.30", "2024-13-01", "三月", "1.3.2024", "2024", "99999999", "3024-01-01"]
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        read_day(text)


def test_the_last_day_of_a_month_ends_a_term() -> None:
    assert read_day("2024年2月", last=True).on == date(2024, 2, 29)
    assert read_day("长期", last=True).on is None


@pytest.mark.parametrize(
    "value", [datetime.combine(date(2024, 3, 1), MIDNIGHT), date(2024, 3, 1), 20240301, 45352, "2024.3.1"]
)
def test_days_as_dates_numbers_or_text(value: object) -> None:
    assert made(with_column("聘任日期", value)).term_from == date(2024, 3, 1)


def test_a_month_that_may_be_january_or_october_is_asked_about() -> None:
    (sentence,) = reasons(with_column("聘任日期", 2024.1))
    assert "分不清是1月还是10月" in sentence
    assert made(with_column("聘任日期", "2024.10")).term_from == date(2024, 10, 1)


def test_a_workbook_counting_from_1904() -> None:
    day = date(2024, 3, 1)
    since = datetime.combine(date(1904, 1, 1), MIDNIGHT)

    def counted(sheet: Worksheet) -> None:
        book: Any = sheet.parent
        book.epoch = since
        sheet["H2"].value = (day - since.date()).days

    assert made(staged(workbook((*TITLES, "聘任日期"), (*GOOD, None), arrange=counted))).term_from == day


def test_a_birth_month_takes_its_day_from_the_identity_number() -> None:
    assert made(with_column("出生年月", "1959.4")).card.birth_date == date(1959, 4, 12)
    assert reasons(with_column("出生年月", "1959.4")) == []
    without = one((*TITLES, "出生年月"), (*GOOD[:2], "", *GOOD[3:], "1959.4"))
    assert made(without).card.birth_date == date(1959, 4, 1)
    assert "只写到月份" in reasons(without)[0]
    assert without.rows[0].state is State.READY


def test_width_blanks_apostrophes_and_marks_do_not_count() -> None:
    row = ("周 敬 安 ", "男性", f"'{ID_NO[:6]} {ID_NO[6:]}", "＋86１３８-0000-0901", " 某 调委会", "专职调解员",
           "邻里；婚姻家庭，合同/劳动 物业")  # fmt: skip
    found = one(TITLES, row)
    assert reasons(found) == []
    card = made(found).card
    assert (card.name, card.id_no, card.phone) == ("周敬安", ID_NO, "13800000901")
    assert card.specialties == ("邻里", "婚姻家庭", "合同", "劳动", "物业")


def test_invisible_characters_are_named() -> None:
    assert "改变文字方向的字符" in reasons(with_column("简介", "好\u202e人"))[0]


def test_an_unknown_column_is_listed_and_a_number_column_is_expected() -> None:
    found = one((*TITLES, "血型", "序号"), (*GOOD, "A", 1))
    assert found.strange == ("血型",)
    assert [title for _place, title in found.unknown] == ["血型", "序号"]


def test_columns_are_known_by_what_stands_in_them() -> None:
    titles = ("甲", "乙", "姓名", "性别", "单位", "专兼职", "擅长领域")
    first = (ID_NO, "13800000901", "周敬安", "男", "某调委会", "专职", "邻里")
    second = ("11010119900307571X", "13800000902", "钱和平", "男", "某调委会", "专职", "邻里")
    found = staged(workbook(titles, first, second))
    assert found.plan.mapping[0] == "id_no"
    assert found.plan.mapping[1] == "phone"
    assert reasons(found) == []


def test_a_repeated_heading_and_blank_rows_are_no_rows() -> None:
    found = staged(workbook(TITLES, GOOD, (), TITLES, ("钱和平", "女", "", "", "某调委会", "兼职", "邻里")))
    assert [row.number for row in found.rows] == [2, 5]


# Putting right


def test_typing_into_a_cell_reads_its_row_again() -> None:
    found = staged(workbook(TITLES, (*GOOD[:2], "110101195904121376", *GOOD[3:]), GOOD))
    assert [row.state for row in found.rows] == [State.WRONG, State.READY]
    right = found.with_cell(2, 2, ID_NO)
    assert [row.state for row in right.rows] == [State.READY, State.SKIPPED]
    assert right.row(3).twin_sentence == "与第2行周敬安身份证号相同。"
    assert found.rows[0].state is State.WRONG
    with pytest.raises(InputError):
        found.with_cell(9, 2, "")


def test_a_missing_column_is_filled_for_all() -> None:
    titles, row = TITLES[:5], GOOD[:5]
    found = one(titles, row)
    assert found.count(State.WRONG) == 1
    filled = found.with_fill("employment", "兼职").with_fill("specialties", "邻里")
    assert reasons(filled) == []
    assert made(filled).card.employment is Employment.PART_TIME
    assert filled.plan.heading.fingerprint == found.plan.heading.fingerprint


def test_a_column_can_be_given_another_meaning() -> None:
    found = one((*TITLES, "备注"), (*GOOD, "村"))
    assert made(found.with_mapping(7, "layer")).layer is Layer.VILLAGE
    assert found.with_mapping(6, "").rows[0].state is State.WRONG
    moved = found.with_mapping(7, "specialties")
    assert 6 not in moved.plan.mapping


def test_another_row_may_be_the_heading() -> None:
    found = staged(workbook(("甲", "乙"), TITLES, GOOD))
    assert found.plan.heading.row == 2
    assert found.with_heading(1).plan.heading.titles[:2] == ("甲", "乙")
