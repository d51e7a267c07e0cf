"""An old case register: what is read, what is held back with row and column, what is never invented."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from mediation_desk.agreements.model import AgreementForm
from mediation_desk.cases.checks import problems
from mediation_desk.cases.ledger import KnownCase
from mediation_desk.cases.lifecycle import State as CaseState
from mediation_desk.cases.lifecycle import state_of
from mediation_desk.cases.vocabulary import Category, Result, SourceStat
from mediation_desk.interchange.ledger.columns import ledger_columns
from mediation_desk.interchange.ledger.parties import names
from mediation_desk.interchange.sheets.columns import plain_title
from mediation_desk.interchange.sheets.rows import State
from mediation_desk.interchange.sheets.twins import Choice
from mediation_desk.parties.model import PartyKind, Side
from tests.unit.register import (
    GOOD,
    ON,
    TITLES,
    blocking,
    entry,
    made,
    notices,
    one,
    rows_of,
    staged,
    with_cells,
)
from tests.unit.roster import MIDNIGHT, ZHOU, workbook

ID_NO = "110101195904121375"


def test_a_good_row_becomes_an_old_case_that_passes_every_check() -> None:
    found = one()
    assert blocking(found) == []
    file, kept = made(found), entry(found)
    assert problems(file) == ()
    assert state_of(file) is CaseState.ON_LEDGER
    assert [(party.side, party.name) for party in file.parties] == [
        (Side.APPLICANT, "孟庆兰"),
        (Side.RESPONDENT, "田志远"),
    ]
    assert (file.intake.number, file.intake.received_on) == ("（2024）清平人调字第1号", date(2024, 3, 4))
    assert (file.dispute.category, file.intake.channel) == (Category.NEIGHBOUR, "窗口来访")
    assert (kept.result, kept.concluded_on, kept.mediator) == (Result.AGREED, date(2024, 3, 20), "周敬安")


def test_nothing_is_invented() -> None:
    file = made(one(来源="", 纠纷简要情况=""))
    assert (file.sessions, file.agreement, file.outcome, file.mediators) == ((), None, None, ())
    assert (file.intake.accepted_on, file.intake.decision, file.intake.mediation_due_on) == (None, None, None)
    assert (file.intake.channel, file.intake.registrar) == ("台账未载", "台账未载")
    assert file.facts == "（台账没有写纠纷经过）"


def test_every_cell_is_kept_word_for_word_also_of_columns_nobody_reads() -> None:
    kept = entry(one(网格="东三网格", 调解结果="成  功了吧"))
    assert kept.cells["网格"] == "东三网格"
    assert kept.cells["调解结果"] == "成  功了吧"
    assert kept.cells["登记日期"] == "2024-03-04"
    assert (kept.file, kept.sheet, kept.row) == ("台账.xlsx", "Sheet", 2)


def test_no_two_columns_share_a_name() -> None:
    columns = ledger_columns().columns
    titles = [plain_title(title) for one in columns for title in (one.name, *one.aliases)]
    assert len(set(titles)) == len(titles)


# Days


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2024.3.4", date(2024, 3, 4)),
        ("２０２４年３月４日", date(2024, 3, 4)),
        ("20240304", date(2024, 3, 4)),
        ("24.3.4", date(2024, 3, 4)),
        ("3月4日", date(2024, 3, 4)),
        ("2024年3月4日上午9时", date(2024, 3, 4)),
        (datetime.combine(date(2024, 3, 4), MIDNIGHT), date(2024, 3, 4)),
        (45355, date(2024, 3, 4)),
    ],
)
def test_days_as_people_write_them(written: object, read: date) -> None:
    found = one(登记日期=written, 结案日期="")
    assert blocking(found) == []
    assert made(found).intake.received_on == read


@pytest.mark.parametrize("where", ["title", "sheet", "file", "banner"])
def test_the_year_may_stand_elsewhere(where: str) -> None:
    row = with_cells(编号="", 登记日期="3月4日", 结案日期="3月20日")

    def arrange(sheet: Worksheet) -> None:
        if where == "sheet":
            sheet.title = "2023年"

    above = {"title": [("某区2023年度人民调解登记台账",)], "banner": []}.get(where, [])
    below = [("2023年3月",)] if where == "banner" else []
    data = workbook(*above, TITLES, *below, row, arrange=arrange)
    found = staged(data, file="2023年台账.xlsx" if where == "file" else "台账.xlsx")
    assert made(found).intake.received_on == date(2023, 3, 4)
    assert entry(found).concluded_on == date(2023, 3, 20)
    assert any("没有写年份，按台账别处的2023年登记" in said for said in notices(found))


def test_a_day_without_any_year_holds_the_row_back() -> None:
    assert blocking(one(编号="", 登记日期="3月4日")) == [
        "第2行“登记日期”（B列）：没有写年份，台账别处也没有。"
    ]


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "没有写登记日期"),
        ("2024年13月4日", "不是日期"),
        ("2027-01-01", "日期还没有到"),
        (3.1, "分不清是几月几日"),
    ],
)
def test_days_that_cannot_be_hold_the_row_back(written: object, reason: str) -> None:
    (sentence,) = blocking(one(登记日期=written, 结案日期=""))
    assert sentence.startswith("第2行“登记日期”（B列）：")
    assert reason in sentence


def test_a_closing_day_before_the_beginning_is_kept_in_words_only() -> None:
    found = one(结案日期="2024-02-01")
    assert blocking(found) == []
    assert entry(found).concluded_on is None
    assert entry(found).cells["结案日期"] == "2024-02-01"
    assert notices(found) == ["第2行“结案日期”（J列）：早于登记日期，只保留原文。"]


# People


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("张三、李四", ["张三", "李四"]),
        ("张三\n李四", ["张三", "李四"]),
        ("张　三", ["张三"]),
        ("张三  李四", ["张三", "李四"]),
        ("1.张三 2.李四", ["张三", "李四"]),
        ("张三（男，45岁）", ["张三"]),
        ("云川（北京）物业服务有限公司", ["云川（北京）物业服务有限公司"]),
    ],
)
def test_several_names_in_one_cell(written: str, read: list[str]) -> None:
    assert [named.name for named in names(written)] == read


def test_a_crowd_is_a_group_and_a_company_is_one() -> None:
    file = made(one(申请人="张三等15人", 被申请人="云川安居物业服务有限公司"))
    first, second = file.parties
    assert (first.kind, first.headcount, first.name) == (PartyKind.GROUP, 15, "张三等15人")
    assert second.kind is PartyKind.COMPANY
    assert file.people_involved == 16


@pytest.mark.parametrize(
    "written", ["张三与李四", "申请人：张三；被申请人：李四", "张三 诉 李四", "甲方:张三 乙方:李四"]
)
def test_one_column_may_name_everybody(written: str) -> None:
    titles = ("登记日期", "当事人", "纠纷类型", "调解结果")
    file = made(rows_of(titles, (date(2024, 3, 4), written, "邻里", "成功")))
    assert [(party.side, party.name) for party in file.parties] == [
        (Side.APPLICANT, "张三"),
        (Side.RESPONDENT, "李四"),
    ]


def test_sides_that_cannot_be_told_apart_are_said_to_be_assumed() -> None:
    titles = ("登记日期", "当事人", "纠纷类型", "调解结果")
    found = rows_of(titles, (date(2024, 3, 4), "张三、李四、王五", "邻里", "成功"))
    assert "没有分清双方，“张三”作为申请人" in notices(found)[0]
    assert len(made(found).parties) == 3


def test_telephones_and_numbers_go_to_their_people_or_stay_words() -> None:
    found = one(联系电话="13800000101、13800000102", 身份证号=ID_NO)
    first, second = made(found).parties
    assert (first.phone, second.phone) == ("13800000101", "13800000102")
    assert (first.id_no, first.birth_date) == (ID_NO, date(1959, 4, 12))
    found = one(联系电话="1380", 身份证号="110101195904121376")
    assert blocking(found) == []
    assert made(found).parties[0].id_no is None
    assert [said.endswith("只保留原文。") for said in notices(found)] == [True, True]


def test_an_identity_number_turned_into_a_number_is_not_believed() -> None:
    found = one(身份证号=110101195904121375)
    assert made(found).parties[0].id_no is None
    assert blocking(found) == []
    assert "丢失" in notices(found)[0]


def test_a_child_of_an_old_case_has_no_guardian_on_record_and_is_taken_all_the_same() -> None:
    found = one(身份证号="110101201003078515")
    assert blocking(found) == []
    assert made(found).parties[0].birth_date is None
    assert "未满十八周岁" in notices(found)[0]


@pytest.mark.parametrize(("field", "who"), [("申请人", "申请人"), ("被申请人", "被申请人")])
def test_a_missing_side_holds_the_row_back(field: str, who: str) -> None:
    (sentence,) = blocking(one(**{field: ""}))
    assert sentence.endswith(f"没有写{who}。")


# Words


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("邻里", Category.NEIGHBOUR),
        ("邻里纠纷", Category.NEIGHBOUR),
        ("婚姻", Category.FAMILY),
        ("民间借贷", Category.CONTRACT),
        ("拖欠农民工工资", Category.WAGES),
        ("交通事故", Category.TRAFFIC),
        ("其它", Category.OTHER),
    ],
)
def test_kinds_of_dispute_in_other_words(written: str, read: Category) -> None:
    assert made(one(纠纷类型=written)).dispute.category is read


def test_a_kind_nobody_knows_holds_back_and_a_missing_one_is_read_from_the_facts() -> None:
    (sentence,) = blocking(one(纠纷类型="宇宙"))
    assert sentence.startswith("第2行“纠纷类型”（E列）：不认识“宇宙”")
    found = one(纠纷类型="", 纠纷简要情况="物业费多年未交")
    assert made(found).dispute.category is Category.PROPERTY
    assert "按“" in notices(found)[0]
    assert blocking(one(纠纷类型="", 纠纷简要情况="甲乙丙丁"))


@pytest.mark.parametrize(
    ("written", "result"),
    [
        ("调解成功", Result.AGREED),
        ("达成协议", Result.AGREED),
        ("未成功", Result.FAILED),
        ("调解不成，引导诉讼", Result.FAILED),
        ("申请人撤回", Result.WITHDRAWN),
        ("不予受理", Result.NOT_ACCEPTED),
        ("部分达成协议", Result.PARTLY),
        ("终止调解", Result.TERMINATED),
        ("是", Result.AGREED),
        ("否", Result.FAILED),
    ],
)
def test_what_the_register_says_of_the_end(written: str, result: Result) -> None:
    found = one(调解结果=written)
    assert entry(found).result is result
    assert state_of(made(found)) is CaseState.ON_LEDGER


def test_a_result_may_tell_form_day_and_sum() -> None:
    kept = entry(one(调解结果="达成书面协议 2024-03-05，12,000元", 结案日期=""))
    assert (kept.form, kept.concluded_on, kept.amount) == (
        AgreementForm.WRITTEN,
        date(2024, 3, 5),
        Decimal("12000.00"),
    )


def test_a_case_under_way_is_a_registered_case() -> None:
    file = made(one(调解结果="正在调解", 结案日期=""))
    assert state_of(file) is CaseState.REGISTERED
    assert problems(file) == ()


@pytest.mark.parametrize(
    ("received", "state"),
    [(date(2026, 6, 1), CaseState.REGISTERED), (date(2024, 3, 4), CaseState.ON_LEDGER)],
)
def test_without_a_result_the_age_decides_and_it_is_said(received: date, state: CaseState) -> None:
    found = one(编号="", 登记日期=received, 调解结果="", 结案日期="")
    assert state_of(made(found)) is state
    assert any("看不出结果" in said for said in notices(found))


@pytest.mark.parametrize(
    ("title", "written", "yuan"),
    [
        ("涉及金额", "12,000元", "12000.00"),
        ("涉及金额（万元）", 1.2, "12000.00"),
        ("涉及金额（万元）", "5000元", "5000.00"),
        ("涉及金额", "１．２万", "12000.00"),
        ("涉及金额", 860, "860.00"),
    ],
)
def test_sums_in_yuan_and_ten_thousands(title: str, written: object, yuan: str) -> None:
    assert entry(one(**{title: written})).amount == Decimal(yuan)


def test_a_sum_that_is_none_stays_words() -> None:
    found = one(涉及金额="约3万，分期")
    assert entry(found).amount is None
    assert entry(found).cells["涉及金额"] == "约3万，分期"
    assert "只保留原文" in notices(found)[0]


def test_a_source_of_another_office_stays_as_written() -> None:
    file = made(one(来源="市长热线"))
    assert (file.intake.channel, file.intake.source_stat) == ("市长热线", SourceStat.APPLICATION)
    assert made(one(来源="排查")).intake.source_stat is SourceStat.OWN_MOTION


def test_a_mediator_is_found_in_the_pool_by_name_or_stays_a_word() -> None:
    data = workbook(TITLES, GOOD)
    assert entry(staged(data, cards=(ZHOU.card,))).mediator_no == "M07"
    assert entry(staged(data)).mediator_no is None
    twice = staged(data, cards=(ZHOU.card, ZHOU.card))
    assert (entry(twice).mediator_no, entry(twice).mediator) == (None, "周敬安")


# Lines


def test_totals_and_signatures_are_no_cases() -> None:
    found = rows_of(TITLES, GOOD, ("合计", "", "1件"), ("填表人：张某", "", "审核人：李某"))
    assert [row.number for row in found.rows] == [2]
    assert found.left_out == ((3, "合计"), (4, "填表人：张某"))
    assert "第3行“合计”" in found.notes[-1]


def test_a_line_without_a_beginning_goes_on_with_the_one_above() -> None:
    more = ["", None, None, "王五", "", "另有加班费", "", "", "", None]
    found = rows_of(("序号", *TITLES), (1, *GOOD), ("", *more))
    assert [row.number for row in found.rows] == [2]
    assert [party.name for party in made(found).parties] == ["孟庆兰", "田志远", "王五"]
    assert made(found).facts == "楼上漏水，吊顶泡坏\n另有加班费"
    assert entry(found).cells["被申请人"] == "田志远\n王五"
    assert "第2行：第3行接着这一行。" in notices(found)


def test_an_empty_day_and_ditto_marks_mean_as_above() -> None:
    second = with_cells(
        编号="（2024）清平人调字第2号", 登记日期=None, 申请人="赵一", 调解员="同上", 结案日期=None
    )
    found = rows_of(TITLES, GOOD, second)
    assert made(found, 1).intake.received_on == date(2024, 3, 4)
    assert entry(found, 1).mediator == "周敬安"
    assert entry(found, 1).cells["调解员"] == "同上"
    assert sum("同上，按“" in said for said in notices(found)) == 2


def test_merged_days_count_for_every_row() -> None:
    second = with_cells(编号="（2024）清平人调字第2号", 登记日期=None, 申请人="赵一")
    found = rows_of(TITLES, GOOD, second, arrange=lambda sheet: sheet.merge_cells("B2:B3"))
    assert blocking(found) == []
    assert made(found, 1).intake.received_on == date(2024, 3, 4)


def test_the_heading_is_found_below_titles() -> None:
    found = rows_of(("某区人民调解登记台账",), ("单位：某调委会",), TITLES, GOOD)
    assert (found.plan.heading.row, found.rows[0].number) == (3, 4)
    assert blocking(found) == []


# Twice


def known_case(**wanted: object) -> KnownCase:
    told: dict[str, object] = {
        "case_key": "AJ2024000009",
        "number": None,
        "received_on": date(2024, 3, 4),
        "party_names": "田志远、孟庆兰",
        "category": Category.NEIGHBOUR,
    }
    return KnownCase(**(told | wanted))  # type: ignore[arg-type]  # a factory


def test_the_same_number_twice_is_named() -> None:
    found = rows_of(TITLES, GOOD, with_cells(编号="(2024)清平人调字第1号", 申请人="赵一"))
    assert found.rows[1].state is State.SKIPPED
    assert found.rows[1].twin_sentence == "与第2行孟庆兰、田志远编号相同。"
    assert found.rows[1].choices == (Choice.SKIP,)
    known = staged(workbook(TITLES, GOOD), known_case(number="（2024）清平人调字第1号"))
    assert "（2024）清平人调字第1号（田志远、孟庆兰）编号相同" in known.rows[0].twin_sentence


def test_the_same_people_on_the_same_day_about_the_same_are_named_and_may_still_be_two() -> None:
    data = workbook(TITLES, with_cells(编号=""))
    found = staged(data, known_case())
    assert found.rows[0].state is State.SKIPPED
    assert found.with_choice(2, Choice.NEW).rows[0].state is State.READY
    assert staged(data, known_case(category=Category.CONTRACT)).rows[0].twin is None


def test_what_came_from_this_very_line_is_not_taken_in_again() -> None:
    data = workbook(TITLES, with_cells(编号=""))
    found = staged(data, known_case(line=("台账.xlsx", "Sheet", 2)))
    assert found.rows[0].choices == (Choice.SKIP,)


def test_a_number_without_a_year_is_kept_in_words_only() -> None:
    found = one(编号="12")
    assert made(found).intake.number is None
    assert "里没有年份" in notices(found)[0]
    assert entry(found).cells["编号"] == "12"


# Put right


def test_a_cell_put_right_settles_its_row() -> None:
    found = one(纠纷类型="宇宙")
    assert found.rows[0].state is State.WRONG
    right = found.with_cell(2, 4, "邻里")
    assert right.rows[0].state is State.READY
    assert made(right).dispute.category is Category.NEIGHBOUR
    twice = right.with_cell(2, 4, "物业")
    assert (entry(twice).cells["纠纷类型"], entry(twice).cells["纠纷类型（原文）"]) == ("物业", "宇宙")


def test_one_value_may_stand_for_a_column_the_register_lacks() -> None:
    titles = ("登记日期", "申请人", "被申请人")
    found = rows_of(titles, (date(2024, 3, 4), "张三", "李四"))
    assert found.needed == ("kind", "result")
    filled = found.with_fill("kind", "邻里纠纷").with_fill("result", "调解成功")
    assert filled.rows[0].state is State.READY
    assert entry(filled).result is Result.AGREED


def test_a_row_may_be_left_out() -> None:
    found = one().with_choice(2, Choice.SKIP)
    assert found.rows[0].state is State.SKIPPED
    assert made(found).intake.received_on < ON
