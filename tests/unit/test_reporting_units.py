"""A unit of the register as a filter, periods with their neighbours, and what a figure says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from mediation_desk.cases.routing.reading import unit_tree
from mediation_desk.shared.assets import asset, use_rules_in
from mediation_desk.shared.errors import InputError
from mediation_desk.statistics.explaining import explained
from mediation_desk.statistics.figures import book
from mediation_desk.statistics.lines import unit_lines
from mediation_desk.statistics.model import Column, Period, StatRow, StatTable
from mediation_desk.statistics.organisations.rules import organisation_rules
from mediation_desk.statistics.organisations.tree import reporting_tree
from mediation_desk.statistics.periods import (
    before,
    elapsed_before,
    fiscal_year,
    following,
    month_of,
    part_of_year,
    week_of,
)
from mediation_desk.statistics.ports import EVERYTHING, Filter
from mediation_desk.statistics.render import told
from mediation_desk.statistics.units import outside, reporting_units, unit_filter, within
from tests.unit.bodies_over_time import JUNE_END, SECOND_HALF, YEAR, register, units

STREET, VILLAGE = "长安街道人民调解委员会", "榆林社区人民调解委员会"


@pytest.fixture
def own_rules(tmp_path: Path) -> Iterator[Path]:
    use_rules_in(tmp_path)
    yield tmp_path
    use_rules_in(tmp_path / "none")


def code_of(short: str) -> str:
    found = unit_tree().named(short)
    assert found is not None
    return found.code


def test_a_unit_is_its_own_bodies_and_those_below_it() -> None:
    assert set(unit_filter(code_of("长安街道"), YEAR).bodies) == {STREET, VILLAGE}
    assert unit_filter(code_of("榆林社区"), YEAR).bodies == (VILLAGE,)


def test_the_root_and_no_unit_let_everybody_through_also_who_stands_in_no_register() -> None:
    asked = Filter(category="邻里纠纷")
    assert unit_filter("", YEAR, asked) == unit_filter(unit_tree().roots[0].code, YEAR, asked) == asked


def test_a_unit_keeps_the_other_conditions_and_narrows_to_a_body_of_its_own() -> None:
    asked = unit_filter(code_of("长安街道"), YEAR, Filter(bodies=(VILLAGE,), people_from=3))
    assert (asked.bodies, asked.people_from) == ((VILLAGE,), 3)


def test_a_body_of_another_unit_and_an_unknown_unit_are_refused_in_words() -> None:
    with pytest.raises(InputError, match=f"{STREET}不属于"):
        unit_filter(code_of("榆林社区"), YEAR, Filter(bodies=(STREET,)))
    with pytest.raises(InputError, match="单位名册里没有“无此”"):
        unit_filter("无此", YEAR)


def test_units_without_bodies_are_not_offered() -> None:
    offered = {unit.code for _depth, unit in reporting_units()}
    tree = unit_tree()
    mediating = {above.code for unit in tree.units if unit.bodies for above in tree.path(unit.code)}
    assert offered == mediating | {root.code for root in tree.roots}
    assert len(offered) < len(tree.units)


def test_names_from_before_a_renaming_count_for_the_unit(own_rules: Path) -> None:
    text = Path(str(asset("rules/centre.toml"))).read_text("utf-8")
    line = f'name = "{STREET}"\n'
    assert line in text
    former = 'former = [{ name = "城关街道人民调解委员会", until = 2025-06-30 }]\n'
    (own_rules / "centre.toml").write_text(text.replace(line, line + former), "utf-8")
    use_rules_in(own_rules)
    former_name = "城关街道人民调解委员会"
    assert former_name in unit_filter(code_of("长安街道"), YEAR).bodies
    assert unit_filter("", YEAR, Filter(bodies=(STREET,))).bodies == (STREET, former_name)
    assert unit_filter(code_of("长安街道"), YEAR, Filter(bodies=(former_name,))).bodies == (
        STREET,
        former_name,
    )
    assert outside([former_name, STREET, "早已撤销的调委会", ""], YEAR) == ("早已撤销的调委会",)


def test_a_unit_asked_for_is_the_bodies_of_its_line_before_and_after_a_merger() -> None:
    over = {"closed_on": JUNE_END}
    told = units({"B": {**over, "merged_into": "A"}}), register({"乙调": {**over, "merged_into": "甲调"}})
    whole, after = (reporting_tree(*told, period) for period in (YEAR, SECOND_HALF))
    for tree in (whole, after):
        by_unit = {line.label: line.place["body"] for line in unit_lines(tree, "")}
        asked = within(tree, "A", EVERYTHING).bodies
        assert asked == by_unit["甲街道办事处"]
        assert ("乙镇人民调解委员会" in asked) == (tree is after)
    with pytest.raises(InputError, match="“B”在统计期间以前已经并入甲街道办事处"):
        within(after, "B", EVERYTHING)


@pytest.mark.parametrize(
    ("period", "after"),
    [
        (month_of(date(2026, 1, 9)), month_of(date(2026, 2, 9))),
        (month_of(date(2026, 12, 9)), month_of(date(2027, 1, 9))),
        (week_of(date(2026, 12, 30)), week_of(date(2027, 1, 6))),
        (part_of_year(2026, 3, 4), part_of_year(2027, 3, 1)),
        (part_of_year(2026, 6, 2), part_of_year(2027, 6, 1)),
        (fiscal_year(2027), fiscal_year(2028)),
        (
            Period(first=date(2026, 3, 5), last=date(2026, 3, 14)),
            Period(first=date(2026, 3, 15), last=date(2026, 3, 24)),
        ),
    ],
)
def test_the_period_after_leads_back_to_the_one_before(period: Period, after: Period) -> None:
    assert following(period) == after
    assert before(after) == period


def table(part: int, whole: int) -> StatTable:
    columns = tuple(
        Column(code=code, name=code, unit=book().find(code).unit, definition="", source="")
        for code in ("success", "concluded", "success_rate")
    )
    values = (part, whole, book().value("success_rate", {"success": part, "concluded": whole}))
    return StatTable(
        code="x",
        title="",
        row_key="x",
        row_title="",
        columns=columns,
        rows=(StatRow(label="甲", values=values),),
        period=fiscal_year(2026),
        as_of=date(2026, 12, 31),
    )


@pytest.mark.parametrize(
    ("part", "whole", "text"), [(7, 9, "7/9"), (7, 10, "70.00%"), (0, 3, "0/3"), (0, 0, "—")]
)
def test_a_rate_of_few_cases_is_written_as_its_counts(part: int, whole: int, text: str) -> None:
    made = table(part, whole)
    assert told(made, made.rows[0], made.columns[2]) == text


def test_other_figures_are_written_as_they_are() -> None:
    made = table(7, 9)
    assert told(made, made.rows[0], made.columns[0]) == "7"


def test_every_figure_says_which_day_places_it_and_what_the_day_of_judging_decides() -> None:
    people = [one.code for one in organisation_rules().figures]
    for code in (*book().counted, *book().derived, *people):
        one = explained(code)
        assert one.placed_by
        assert one.judged
        assert not any(letter.isascii() and letter.isalpha() for letter in one.placed_by + one.judged), one
    assert explained("performed").judged == "履行完毕之日不晚于截至日"
    assert "存量" in explained("open").placed_by
    assert explained("agreed_wan").unit == "万元"
    assert Decimal(explained("handled_rate").version.replace("-", ".")) > 2026


@pytest.mark.parametrize(
    ("as_of", "last"),
    [
        (date(2026, 11, 28), date(2025, 11, 28)),
        (date(2026, 12, 31), date(2025, 12, 31)),
        (date(2027, 3, 1), date(2025, 12, 31)),
    ],
)
def test_a_running_year_is_compared_with_as_many_days_of_the_year_before(as_of: date, last: date) -> None:
    found = elapsed_before(fiscal_year(2026), as_of)
    assert (found.first, found.last) == (date(2025, 1, 1), last)
