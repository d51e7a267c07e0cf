"""表一: bodies, people, training and money of a period, and what stands behind each figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.cases.vocabulary import BodyType
from mediation_desk.experts.mediator import Post, PostSource, Standing
from mediation_desk.experts.model import Employment
from mediation_desk.parties.model import Gender
from mediation_desk.shared.assets import read_text, use_rules_in
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.track import Track
from mediation_desk.statistics.organisations.facts import organisation_facts, served_on
from mediation_desk.statistics.organisations.rows import BodyRow, MediatorRow
from mediation_desk.statistics.organisations.rules import UNKNOWN, organisation_rules
from mediation_desk.statistics.organisations.table import (
    OWN,
    TOTAL,
    OrganisationTable,
    organisation_table,
    unequal,
)
from mediation_desk.statistics.organisations.tree import reporting_tree
from mediation_desk.statistics.work.model import WorkEntry
from tests.unit.bodies_over_time import JUNE_END, YEAR, register, units

SOMEBODY = MediatorRow(
    pool_no="M01",
    organisation="甲街道人民调解委员会",
    gender=Gender.FEMALE,
    political_status="中共党员",
    education="大学本科",
    employment=Employment.FULL_TIME,
    post=Post.MEMBER,
    post_source=None,
    tracks=(Track.PEOPLES,),
    standing=Standing.ENGAGED,
    standing_on=None,
    standing_reason="",
    filed_on=date(2020, 1, 1),
    term_from=date(2025, 1, 1),
)
DONE = WorkEntry(
    id=1,
    kind="patrol",
    unit="A",
    unit_name="甲街道办事处",
    first=date(2026, 3, 2),
    last=date(2026, 3, 6),
    times=2,
    disputes=5,
    handed=1,
    people=None,
    yuan=None,
    category="02",
    note="",
    account="counter",
    clerk="窗口",
    at=datetime(2026, 3, 6, tzinfo=UTC),
)


def paid(number: int, kind: str, unit: str, yuan: str) -> WorkEntry:
    return replace(
        DONE, id=number, kind=kind, unit=unit, times=None, disputes=None, handed=None, category="",
        yuan=Decimal(yuan),
    )  # fmt: skip


def table(
    people: Sequence[MediatorRow] = (),
    entries: Sequence[WorkEntry] = (),
    *,
    bodies: Sequence[BodyRow] = (),
    under: str = "",
    changes: dict[str, Any] | None = None,
    **more: Any,
) -> OrganisationTable:
    told = register(changes, **more)
    tree = reporting_tree(units(), told, YEAR, known=[one.name for one in bodies])
    return organisation_table(tree, organisation_facts(tree, told, bodies, people, entries), under=under)


def value(made: OrganisationTable, row: str, column: str) -> object:
    return made.table.value(next(one for one in made.table.rows if one.key == row), column)


def test_bodies_are_counted_by_type_where_they_belong() -> None:
    made = table()

    assert tuple(row.key for row in made.table.rows) == ("A", "B", "Y", "某商会人民调解委员会", TOTAL), (
        "an idle department has no row"
    )
    assert value(made, TOTAL, "committees") == 5
    assert value(made, "B", "committees") == 2
    assert (value(made, "B", "committees_township"), value(made, "B", "committees_village")) == (1, 1)
    assert value(made, TOTAL, "committees_social") == 2
    assert (value(made, TOTAL, "professional"), value(made, TOTAL, "professional_medical")) == (1, 1)
    assert made.members("B", "committees") == ("乙镇人民调解委员会", "丙村人民调解委员会")
    assert made.table.rows[-2].remark == "不在单位名册里"


def test_only_bodies_existing_on_the_last_day_count() -> None:
    made = table(changes={"乙调": {"closed_on": JUNE_END}, "丙调": {"founded_on": date(2026, 12, 31)}})
    assert value(made, "B", "committees") == 1
    assert made.members("B", "committees") == ("丙村人民调解委员会",)


def test_a_body_only_cases_know_counts_and_is_told() -> None:
    stranger = BodyRow(id=9, name="丁厂人民调解委员会", type=BodyType.ENTERPRISE)
    agency = BodyRow(id=10, name="某局", type=BodyType.AGENCY)
    made = table(bodies=(stranger, agency))
    assert value(made, TOTAL, "committees_enterprise") == 1
    assert made.table.notes == ("名册（centre.toml）里没有、按案件计入的调委会：丁厂人民调解委员会。",)


def test_people_are_counted_with_their_body_and_in_every_class() -> None:
    others = (
        replace(SOMEBODY, pool_no="M02", gender=Gender.MALE, political_status="群众", education="大学专科"),
        replace(
            SOMEBODY,
            pool_no="M03",
            organisation="丙村人民调解委员会",
            employment=Employment.INVITED,
            post=Post.MEDIATOR,
            post_source=PostSource.ENGAGED,
            education=None,
        ),
        replace(SOMEBODY, pool_no="G01", tracks=(Track.ADMINISTRATIVE,)),
    )
    made = table((SOMEBODY, *others))

    assert [value(made, TOTAL, one) for one in ("mediators", "full_time", "part_time", "women")] == [
        3,
        2,
        1,
        2,
    ]
    assert value(made, TOTAL, "party_members") == 2
    assert made.members(TOTAL, "schooling_degree") == ("M01",)
    assert made.members(TOTAL, "schooling_college") == ("M02",)
    assert made.members(TOTAL, "schooling_unknown") == ("M03",)
    assert made.members("B", "engaged") == ("M03",)
    assert made.table.notes == ("1人没有登记学历或者认不出，请在专家库里补齐：M03。",)


@pytest.mark.parametrize(
    ("education", "wanted"),
    [
        ("大学本科", "本科及以上"),
        ("大学专科", "大专"),
        ("大学", "本科及以上"),
        ("研究生", "本科及以上"),
        ("中专", "高中及以下"),
        ("高中", "高中及以下"),
        ("初中", "高中及以下"),
        ("", UNKNOWN),
        (None, UNKNOWN),
        ("不详", UNKNOWN),
    ],
)
def test_education_falls_into_one_of_three_classes_or_is_said_to_be_unknown(
    education: str | None, wanted: str
) -> None:
    assert organisation_rules().school(education) == wanted


@pytest.mark.parametrize(
    ("changes", "day", "answer"),
    [
        ({}, date(2026, 6, 30), (True, True)),
        ({}, date(2019, 12, 31), (False, True)),
        ({"filed_on": None, "term_from": None}, date(1999, 1, 1), (True, True)),
        ({"standing": Standing.LEFT, "standing_on": JUNE_END}, date(2026, 6, 29), (True, True)),
        ({"standing": Standing.LEFT, "standing_on": JUNE_END}, JUNE_END, (False, True)),
        ({"standing": Standing.SUSPENDED, "standing_on": JUNE_END}, date(2026, 12, 31), (False, True)),
        ({"standing": Standing.LEFT}, date(2026, 1, 1), (False, False)),
        ({"standing_on": JUNE_END}, date(2026, 7, 1), (True, True)),
        ({"standing_on": JUNE_END}, date(2026, 1, 1), (True, False)),
        (
            {"standing": Standing.LEFT, "standing_on": JUNE_END, "standing_reason": "并入M09"},
            date(2026, 1, 1),
            (False, True),
        ),
    ],
)
def test_who_served_on_a_day_in_the_past_follows_from_the_present_record(
    changes: dict[str, Any], day: date, answer: tuple[bool, bool]
) -> None:
    assert served_on(replace(SOMEBODY, **changes), day) == answer


def test_whose_standing_on_the_day_is_not_known_is_told() -> None:
    made = table((replace(SOMEBODY, standing_on=date(2027, 2, 1)),))
    assert value(made, TOTAL, "mediators") == 1
    assert made.table.notes == ("1人的聘任状态在这一天以后改过，以前的状态没有留下，按在聘计：M01。",)


def test_who_belongs_to_no_body_of_the_register_counts_at_the_top_and_is_told() -> None:
    made = table((replace(SOMEBODY, organisation="某律师事务所"),))
    assert made.members(OWN, "mediators") == ("M01",)
    assert made.table.notes == ("1人的所属单位不在名册里，计在最上一级：M01。",)


def test_training_and_money_come_from_the_register_of_work() -> None:
    entries = (
        replace(DONE, id=2, kind="training", times=1, people=40),
        replace(DONE, id=3, kind="training", unit="B1", times=2, people=30),
        paid(4, "committee", "B", "1000.05"),
        paid(5, "committee", "B1", "9000.00"),
        paid(6, "guidance", "Z", "50.00"),
        paid(7, "guidance", "Z", "49.99"),
        replace(paid(8, "guidance", "Z", "70000"), voided_on=JUNE_END, voided_by="窗口", void_reason="错"),
        replace(paid(9, "guidance", "Z", "70000"), last=date(2027, 1, 1)),
    )
    made = table((), entries)

    assert (value(made, TOTAL, "trainings"), value(made, TOTAL, "trained")) == (3, 70)
    assert value(made, "B", "committee_yuan") == Decimal("10000.05")
    assert value(made, "B", "committee_wan") == Decimal("1.00")
    assert value(made, OWN, "guidance_wan") == Decimal("0.01")
    assert made.members(OWN, "guidance_wan") == ("6", "7")
    assert unequal(made.table) == ()


def test_a_township_has_its_own_table() -> None:
    made = table((replace(SOMEBODY, organisation="丙村人民调解委员会"),), under="B")
    assert tuple(row.key for row in made.table.rows) == (OWN, "B1", TOTAL)
    assert made.table.rows[0].label == "乙镇人民政府（本级）"
    assert value(made, TOTAL, "mediators") == 1
    with pytest.raises(InputError, match="没有“Q”"):
        table(under="Q")


def test_a_village_alone_is_a_table_too() -> None:
    assert [row.key for row in table(under="B1").table.rows] == [OWN, TOTAL]


def test_stations_are_no_committees() -> None:
    room = {"name": "驻某法院人民调解室", "kind": "派驻法院", "body": "乙调"}
    gone = {"name": "某某工作室", "kind": "个人调解工作室", "body": "乙调", "closed_on": JUNE_END}
    made = table(station=[room, gone])
    assert (value(made, "B", "stations_court"), value(made, "B", "studios")) == (1, 0)
    assert made.members(TOTAL, "stations_court") == ("驻某法院人民调解室",)
    assert value(made, "B", "committees") == 2


PEOPLE = st.builds(
    replace,
    st.just(SOMEBODY),
    organisation=st.sampled_from(["甲街道人民调解委员会", "丙村人民调解委员会", "某律师事务所"]),
    gender=st.sampled_from(Gender),
    political_status=st.sampled_from([None, "中共党员", "群众"]),
    education=st.sampled_from([None, "高中", "大专", "硕士", "???"]),
    employment=st.sampled_from(Employment),
    post=st.sampled_from(Post),
    post_source=st.sampled_from([None, *PostSource]),
    tracks=st.sampled_from([(Track.PEOPLES,), (Track.PEOPLES, Track.JUDICIAL), (Track.JUDICIAL,)]),
    standing=st.sampled_from(Standing),
    standing_on=st.sampled_from([None, JUNE_END, date(2027, 1, 1)]),
)
ENTRIES = st.builds(
    replace,
    st.just(DONE),
    kind=st.sampled_from(["patrol", "prevention", "training", "guidance", "committee", "allowance", "own"]),
    unit=st.sampled_from(["Z", "A", "B", "B1", "J", "gone"]),
    people=st.integers(0, 900),
    yuan=st.decimals(0, 99_999, places=2),
    last=st.dates(date(2025, 12, 1), date(2027, 1, 31)),
)
BODY_ROWS = st.builds(
    BodyRow, id=st.just(1), name=st.sampled_from(["甲厂", "乙厂", "丙厂"]), type=st.sampled_from(BodyType)
)


@given(st.lists(PEOPLE), st.lists(ENTRIES), st.lists(BODY_ROWS, max_size=3, unique_by=lambda one: one.name))
def test_parts_make_up_their_wholes_and_keys_their_figures(
    people: list[MediatorRow], entries: list[WorkEntry], bodies: list[BodyRow]
) -> None:
    numbered = [replace(one, pool_no=f"M{place}") for place, one in enumerate(people)]
    counted = [replace(one, id=place) for place, one in enumerate(entries)]
    made = table(numbered, counted, bodies=bodies)

    assert unequal(made.table) == ()
    for figure in organisation_rules().figures:
        rows = tuple(one.key for one in made.table.rows)
        for row in rows:
            keys = made.members(row, figure.code)
            assert len(set(keys)) == len(keys)
            if not figure.add:
                assert value(made, row, figure.code) == len(keys)
            elif not figure.wan_of:
                behind = sum(getattr(counted[int(key)], figure.add) for key in keys)
                assert value(made, row, figure.code) == behind
        apart = sorted(key for row in rows if row != TOTAL for key in made.members(row, figure.code))
        assert apart == sorted(made.members(TOTAL, figure.code))


def test_a_whole_that_is_not_its_parts_is_found(tmp_path: Path) -> None:
    text = read_text("rules/organisation_figures.toml")
    broken = text.replace('where = { type = ["村调委会"] }', 'where = { type = ["人民法院"] }')
    (tmp_path / "organisation_figures.toml").write_text(broken, "utf-8")
    use_rules_in(tmp_path)
    try:
        told = [(row, rule) for row, rule, _ in unequal(table().table)]
        assert [rule for _, rule in told] == ["总数等于六类之和"] * 2
        assert told[-1][0] == "合计"
    finally:
        use_rules_in(Path("/nonexistent"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('where = { employed = ["专职"] }', 'where = { wage = ["专职"] }'),
        ('add = "times"', 'add = "wages"'),
        ('wan_of = "guidance_yuan"', 'wan_of = "nothing"'),
        ('whole = "mediators"', 'whole = "nobody"'),
        ('of = "stations"', 'of = "stars"'),
    ],
)
def test_a_figure_that_means_nothing_is_told_with_its_file(tmp_path: Path, old: str, new: str) -> None:
    text = read_text("rules/organisation_figures.toml")
    assert old in text
    (tmp_path / "organisation_figures.toml").write_text(text.replace(old, new), "utf-8")
    use_rules_in(tmp_path)
    try:
        with pytest.raises(InputError, match=r"organisation_figures\.toml"):
            organisation_rules()
    finally:
        use_rules_in(Path("/nonexistent"))
