"""Bodies are founded, renamed, merged and closed; every report says so and loses nobody's cases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.cases.bodies import body_register, demand_open
from mediation_desk.cases.lives import Life, read_life
from mediation_desk.shared.assets import read_text, use_rules_in
from mediation_desk.shared.errors import InputError
from mediation_desk.statistics.model import Period
from mediation_desk.statistics.organisations.tree import Level, ReportingTree, lines_of, reporting_tree
from tests.unit.bodies_over_time import BODIES, JUNE_END, SECOND_HALF, UNITS, YEAR, register, units

RENAMED = {"医调": {"former": [{"name": "某县医患纠纷人民调解委员会", "until": JUNE_END}]}}
MERGED = {"乙调": {"closed_on": JUNE_END, "merged_into": "甲调"}}
TOWNSHIP_MERGED = {"B": {"closed_on": JUNE_END, "merged_into": "A"}}


def label(tree: ReportingTree, code: str) -> str:
    line = tree.line(code)
    assert line is not None
    return line.label


def remark(tree: ReportingTree, code: str) -> str:
    line = tree.line(code)
    assert line is not None
    return line.remark


def test_townships_lie_under_the_county_and_villages_under_townships() -> None:
    tree = reporting_tree(units(), register(), YEAR)

    assert [(one.depth, one.code) for one in tree.lines] == [
        (0, "Z"), (1, "A"), (1, "B"), (2, "B1"), (1, "Y"), (1, "J"), (1, "某商会人民调解委员会"),
    ]  # fmt: skip
    assert [one.level for one in tree.under("B")] == [Level.TOWNSHIP, Level.VILLAGE]
    assert tree.names_under("B") == ("乙镇人民调解委员会", "丙村人民调解委员会")
    assert tree.units_under("B") == ("B", "B1")


def test_a_body_no_unit_has_hangs_under_the_root_and_says_so() -> None:
    tree = reporting_tree(units(), register(), YEAR, known=("谁也不知道的调委会", "乙镇人民调解委员会"))

    assert remark(tree, "某商会人民调解委员会") == "不在单位名册里"
    assert tree.of_body("谁也不知道的调委会").parent == "Z"
    assert tree.of_body("乙镇人民调解委员会").code == "B"


def test_a_body_renamed_within_the_period_is_one_line_under_its_present_name() -> None:
    tree = reporting_tree(units(), register(RENAMED), YEAR)

    assert label(tree, "Y") == "某县医疗纠纷人民调解委员会"
    assert remark(tree, "Y") == "原名某县医患纠纷人民调解委员会（至2026-06-30）"
    assert tree.of_body("某县医患纠纷人民调解委员会").code == tree.of_body("某县医疗纠纷人民调解委员会").code


def test_before_the_new_name_a_report_bears_the_old_one_and_after_it_no_remark() -> None:
    first_half = Period(first=date(2026, 1, 1), last=JUNE_END)
    assert label(reporting_tree(units(), register(RENAMED), first_half), "Y") == "某县医患纠纷人民调解委员会"
    assert remark(reporting_tree(units(), register(RENAMED), first_half), "Y") == ""
    assert remark(reporting_tree(units(), register(RENAMED), SECOND_HALF), "Y") == ""


def test_a_renamed_committee_of_a_township_is_told_on_the_line_of_the_township() -> None:
    former = {"甲调": {"former": [{"name": "甲镇人民调解委员会", "until": JUNE_END}]}}
    tree = reporting_tree(units(), register(former), YEAR)
    assert remark(tree, "A") == "甲街道人民调解委员会原名甲镇人民调解委员会（至2026-06-30）"


def test_in_the_period_of_the_merger_its_cases_stay_with_the_body_that_mediated() -> None:
    tree = reporting_tree(units(), register(MERGED), YEAR)

    assert tree.of_body("乙镇人民调解委员会").code == "B"
    assert remark(tree, "B") == "乙镇人民调解委员会2026-06-30并入甲街道人民调解委员会"
    assert remark(tree, "A") == ""


def test_after_the_merger_it_counts_under_its_successor() -> None:
    tree = reporting_tree(units(), register(MERGED), SECOND_HALF)

    assert tree.of_body("乙镇人民调解委员会").code == "A"
    assert remark(tree, "A") == "含乙镇人民调解委员会（2026-06-30并入）"
    assert tree.line("B") is not None, "the township itself goes on"


def test_a_township_that_merged_takes_its_villages_along() -> None:
    tree = reporting_tree(units(TOWNSHIP_MERGED), register(MERGED), SECOND_HALF)

    assert tree.line("B") is None
    village = tree.line("B1")
    assert village is not None
    assert (village.parent, village.level) == ("A", Level.VILLAGE)
    assert tree.of_unit("B").code == "A"
    assert remark(tree, "A") == "含乙镇人民政府（2026-06-30并入）；含乙镇人民调解委员会（2026-06-30并入）"


def test_a_merger_may_be_followed_by_another() -> None:
    chain = {**MERGED, "甲调": {"closed_on": date(2026, 9, 30), "merged_into": "医调"}}
    later = Period(first=date(2026, 10, 1), last=date(2026, 12, 31))
    assert reporting_tree(units(), register(chain), SECOND_HALF).of_body("乙镇人民调解委员会").code == "A"
    assert reporting_tree(units(), register(chain), later).of_body("乙镇人民调解委员会").code == "Y"


def test_what_was_closed_without_a_successor_keeps_a_line_so_that_late_cases_are_not_lost() -> None:
    tree = reporting_tree(units(), register({"医调": {"closed_on": JUNE_END}}), SECOND_HALF)
    line = tree.of_body("某县医疗纠纷人民调解委员会")
    assert (line.code, line.remark, line.stands) == ("Y", "2026-06-30撤销", False)


def test_the_shipped_register_is_sound() -> None:
    assert all(one.parent or one is tree.root for tree in (lines_of(YEAR),) for one in tree.lines)
    assert {one.kind.value for one in body_register().stations} == {"派驻法院", "派驻公安", "派驻信访"}


@given(
    st.dictionaries(
        st.sampled_from([one["short"] for one in BODIES]),
        st.tuples(st.integers(0, 500), st.sampled_from([one["short"] for one in BODIES])),
        max_size=4,
    ),
    st.integers(0, 500),
    st.integers(0, 200),
)
def test_whatever_merged_every_body_and_unit_counts_on_exactly_one_line(
    mergers: dict[str, tuple[int, str]], begins: int, lasts: int
) -> None:
    start = date(2026, 1, 1)
    changes = {
        short: {"closed_on": start + timedelta(days=days), "merged_into": into}
        for short, (days, into) in mergers.items()
    }
    try:
        bodies = register(changes)
    except InputError:
        return  # a circle, or a successor that ended before
    first = start + timedelta(days=begins)
    tree = reporting_tree(units(), bodies, Period(first=first, last=first + timedelta(days=lasts)))
    names = [name for line in tree.lines for name in line.names]
    assert sorted(names) == sorted(str(one["name"]) for one in BODIES)
    assert sorted(code for line in tree.lines for code in line.units) == sorted(
        str(one["code"]) for one in UNITS
    )
    assert set(tree.names_under(tree.root.code)) == set(names)


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"founded_on": date(2026, 5, 1), "closed_on": date(2026, 4, 1)}, "撤销日期2026-04-01早于设立日期"),
        ({"merged_into": "甲"}, "还要写 closed_on"),
        ({"founded_on": "去年"}, "founded_on 应写成"),
        ({"former": [{"name": "", "until": date(2026, 1, 1)}]}, "没有写 name"),
        ({"former": [{"name": "甲"}]}, "until 应写成"),
        (
            {
                "former": [
                    {"name": "甲", "until": date(2026, 2, 1)},
                    {"name": "乙", "until": date(2026, 1, 1)},
                ]
            },
            "按先后写",
        ),
        ({"closed_on": date(2026, 1, 1), "former": [{"name": "甲", "until": date(2026, 2, 1)}]}, "撤销以后"),
    ],
)
def test_a_life_that_cannot_be_is_told_by_name(entry: Mapping[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=r"centre\.toml：某调委会") as told:
        read_life(entry, name="某调委会", file="centre.toml")
    assert words in told.value.message


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"乙调": {"closed_on": JUNE_END, "merged_into": "丁调"}}, "并入的“丁调”不在名册里"),
        ({"乙调": {"closed_on": JUNE_END, "merged_into": "乙调"}}, "绕回了自己"),
        (
            {**MERGED, "甲调": {"closed_on": JUNE_END, "merged_into": "乙调"}},
            "绕回了自己",
        ),
        ({**MERGED, "甲调": {"closed_on": date(2026, 1, 1)}}, "后者已经撤销"),
        ({"甲调": {"former": [{"name": "乙镇人民调解委员会", "until": JUNE_END}]}}, "名称或原名"),
    ],
)
def test_a_register_that_contradicts_itself_is_refused(
    changes: dict[str, dict[str, Any]], words: str
) -> None:
    with pytest.raises(InputError) as told:
        register(changes)
    assert words in told.value.message


@pytest.mark.parametrize(
    ("station", "words"),
    [
        ({"kind": "派驻法院", "body": "甲调"}, "没有写 name"),
        ({"name": "某室", "kind": "派驻海关", "body": "甲调"}, "类别“派驻海关”不认识"),
        ({"name": "某室", "kind": "派驻法院", "body": "丁调"}, "不是哪个调解组织的简称"),
    ],
)
def test_a_station_nobody_knows_is_refused(station: dict[str, str], words: str) -> None:
    with pytest.raises(InputError) as told:
        register(station=[station])
    assert words in told.value.message


def test_a_body_that_is_over_takes_no_new_case_and_names_its_successor(tmp_path: Path) -> None:
    text = read_text("rules/centre.toml")
    gone = 'short = "长安人调"\nclosed_on = 2026-06-30\nmerged_into = "柳湾人调"\n'
    (tmp_path / "centre.toml").write_text(text.replace('short = "长安人调"\n', gone), "utf-8")
    use_rules_in(tmp_path)
    try:
        demand_open("长安街道人民调解委员会", JUNE_END)
        demand_open("谁也不知道的调委会", date(2026, 7, 1))
        with pytest.raises(InputError, match="在2026-06-30以后已经并入柳湾镇人民调解委员会，请选柳湾镇"):
            demand_open("长安街道人民调解委员会", date(2026, 7, 1))
    finally:
        use_rules_in(Path("/nonexistent"))


@pytest.mark.parametrize(
    ("day", "there"),
    [(date(2026, 1, 31), False), (date(2026, 2, 1), True), (JUNE_END, True), (date(2026, 7, 1), False)],
)
def test_a_body_is_there_from_its_first_to_its_last_day(day: date, there: bool) -> None:
    assert Life(founded_on=date(2026, 2, 1), closed_on=JUNE_END).exists_on(day) is there
