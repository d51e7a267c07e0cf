"""What a report says of numbers: rise, fall, the same, from and to nothing, few, none; and faulty sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from mediation_desk.documents.content import Table
from mediation_desk.documents.flow import plain_text
from mediation_desk.shared.assets import read_text, use_rules_in
from mediation_desk.shared.errors import InputError
from mediation_desk.statistics.model import Period
from mediation_desk.statistics.periods import parse_period
from mediation_desk.statistics.reporting.composing import TO_WRITE, compose
from mediation_desk.statistics.reporting.conditions import condition, holds
from mediation_desk.statistics.reporting.material import Material, Source
from mediation_desk.statistics.reporting.naming import names_of
from mediation_desk.statistics.reporting.numbers import Style
from mediation_desk.statistics.reporting.rules import report_rule
from mediation_desk.statistics.reporting.sentences import Voice, said, sentence
from tests.unit.report_material import OCTOBER, Lines, material, people


@pytest.fixture
def rules_of_the_centre(tmp_path: Path) -> Iterator[Path]:
    use_rules_in(tmp_path)
    yield tmp_path
    use_rules_in(tmp_path / "none")


def told(text: str, of: Material) -> str:
    return said(
        sentence(text), of, Voice(style=Style(few=10, withheld="若干"), top=3, names=names_of(of.period))
    )


def changed(now: Lines, then: Lines, code: str = "registered") -> str:
    return told(f"数，{{change:{code}}}。", material(now, then))


@pytest.mark.parametrize(
    ("now", "then", "words"),
    [
        (25, 20, "数，比上月增加5件，上升25.00%。"),
        (15, 20, "数，比上月减少5件，下降25.00%。"),
        (20, 20, "数，与上月持平。"),
        (0, 0, "数，与上月持平。"),
        (5, 0, "数，上月没有。"),
        (0, 20, "数，比上月减少20件。"),
        (12, 9, "数，比上月增加3件。"),
        (2, 9, "数，比上月减少7件。"),
        (1234, 10, "数，比上月增加1224件，上升12,240.00%。"),
    ],
)
def test_a_change_is_said_by_its_direction_and_never_by_a_negative_number(
    now: int, then: int, words: str
) -> None:
    assert changed(people(now), people(then)) == words
    assert "-" not in words


def test_money_is_compared_in_wan_and_days_without_a_percentage() -> None:
    now = people(20, 20, 15, agreed_yuan=Decimal("1500000.00"), days_sum=240)
    then = people(20, 20, 15, agreed_yuan=Decimal("1000000.00"), days_sum=200)
    assert changed(now, then, "agreed_wan") == "数，比上月增加50.00万元，上升50.00%。"
    assert changed(now, then, "average_days") == "数，比上月增加2.0天。"
    assert changed(now, people(), "agreed_wan") == "数，上月没有。"
    assert changed(now, people(), "average_days") == "数。"


@pytest.mark.parametrize(
    ("now", "then", "words"),
    [
        (people(0, 20, 15), people(0, 20, 10), "成功率为75.00%，比上月提高25.00个百分点。"),
        (people(0, 20, 10), people(0, 20, 15), "成功率为50.00%，比上月降低25.00个百分点。"),
        (people(0, 20, 10), people(0, 40, 20), "成功率为50.00%，与上月持平。"),
        (people(0, 9, 9), people(0, 40, 20), "办结不足10件，不计成功率。"),
        (people(0, 20, 10), people(0, 9, 9), "成功率为50.00%。"),
        (people(0, 0, 0), people(0, 40, 20), "没有办结的，不计成功率。"),
        (people(0, 20, 10), people(), "成功率为50.00%。"),
    ],
)
def test_rates_differ_by_points_and_those_of_few_cases_are_not_said(
    now: Lines, then: Lines, words: str
) -> None:
    assert told("{rate:success_rate}，{change:success_rate}。", material(now, then)) == words


def test_a_year_is_compared_once_because_the_year_before_is_the_period_before() -> None:
    year = material(people(30), people(20), people(20), period=parse_period("2025"))
    assert told("数，{change:registered}，{annual:registered}。", year) == "数，比上年增加10件，上升50.00%。"
    month = material(people(30), people(20), people(60))
    assert told("{annual:registered}。", month) == "比上年同期减少30件，下降50.00%。"


def test_lines_are_named_without_those_that_have_nothing() -> None:
    now = {"人民调解": {"concluded": 3}, "行政调解": {"concluded": 2}}
    kinds = {
        name: {"concluded": number}
        for name, number in (("甲", 1), ("乙", 5), ("未填", 9), ("丙", 3), ("丁", 2))
    }
    of = material(now, kinds=kinds)
    assert told("有{list:concluded}。", of) == "有人民调解3件、行政调解2件。"
    assert told("较多的是{top:kinds.concluded}。", of) == "较多的是乙5件、丙3件、丁2件。"
    assert told("较多的是{top:areas.registered}。", of) == ""


def test_what_a_public_table_withholds_is_neither_told_nor_compared() -> None:
    of = material(people(20, 15, 12), people(18, 14, 3))

    def hidden(one: Material, source: Source, code: str) -> Material:
        table = one.now[source]
        rows = tuple(_Hiding(row, frozenset((code,))) for row in table.rows)
        return replace(one, now={**one.now, source: replace(table, rows=rows)})  # type: ignore[arg-type]  # stands for a row

    assert told("成功{success}，{change:success}。", hidden(of, Source.TRACKS, "success")) == "成功若干件。"
    assert told("{rate:success_rate}。", hidden(of, Source.TRACKS, "success")) == "件数少，不公布成功率。"
    assert holds(condition("success > 0"), hidden(of, Source.TRACKS, "success"), frozenset())


class _Hiding:
    """A line that withholds figures, as the public tables make them."""

    def __init__(self, row: object, withheld: frozenset[str]) -> None:
        self._row, self.withheld = row, withheld

    def __getattr__(self, name: str) -> object:
        return getattr(self._row, name)


def test_a_word_in_braces_within_a_name_stays_a_name() -> None:
    of = material(people(1), centre="恶意{registered}中心“%s”<b>")
    assert told("{centre}登记{registered}。", of) == "恶意{registered}中心“%s”<b>登记1件。"


def test_a_month_without_cases_says_so_and_divides_by_nothing() -> None:
    words = plain_text(compose(material()))
    assert "2026年10月，本中心没有登记矛盾纠纷。上期登记0件，上年同期登记0件。" in words
    assert "本期没有办结的案件，成功率、平均办理天数不作统计。" in words
    assert "图1" not in words
    assert "None" not in words


def test_an_unfinished_period_says_until_when_it_goes() -> None:
    words = plain_text(compose(material(people(3), as_of=date(2026, 10, 20))))
    assert "本期尚未结束，以上数字截至2026年10月20日" in words
    assert "尚未结束" not in plain_text(compose(material(people(3))))


def test_the_comparison_stands_in_a_table_with_few_cases_as_a_fraction() -> None:
    paper = compose(material(people(25, 9, 5), people(20, 20, 10), people(0)))
    first = next(block for block in paper.blocks if isinstance(block, Table))
    rows = {row[0]: row[1:] for row in first.rows}
    assert rows["登记（件）"] == ("25", "20", "增加5件，上升25.00%", "0", "增加25件")
    assert rows["成功率（%）"] == ("5/9", "50.00", "—", "—", "—")


def test_a_person_is_left_room_to_write() -> None:
    words = plain_text(compose(material(people(1))))
    assert f"存在的主要问题：{TO_WRITE}" in words
    assert f"下一步工作安排：{TO_WRITE}" in words


@pytest.mark.parametrize(
    ("text", "period", "before"),
    [
        ("2026-10", "2026年10月", "上月"),
        ("2026Q3", "2026年第三季度", "上季度"),
        ("2026H2", "2026年下半年", "上一个半年"),
        ("2026", "2026年", "上年"),
        ("2026-10-03..2026-10-09", "2026年10月3日至2026年10月9日", "上期"),
    ],
)
def test_periods_have_names(text: str, period: str, before: str) -> None:
    names = names_of(parse_period(text))
    assert (names.period, names.before) == (period, before)


@pytest.mark.parametrize(
    ("old", "new", "section", "what"),
    [
        ("{change:registered}", "{change:registred}", "总体情况", "{change:registred}"),
        ("{change:registered}", "{changes:registered}", "总体情况", "{changes:registered}"),
        ("{rate:success_rate@行政调解}", "{rate:success_rate@行政}", "三类调解", "{rate:success_rate@行政}"),
        ("{cases.prevented_suicide_cases}", "{case.prevented_suicide_cases}", "群体、重复和风险", "{case."),
        ('when = "success = 0"', 'when = "sucess = 0"', "协议履行和司法确认", "sucess"),
        ('when = "concluded = 0"', 'when = "concluded"', "总体情况", "concluded"),
        ('"average_days"]', '"average_day"]', "总体情况", "average_day"),
        ('chart = "lines"', 'chart = "pie"', "总体情况", "pie"),
        ('title = "{period}矛盾', 'title = "{perod}矛盾', "标题", "{perod}"),
        ("转办{handed_over}", "转办{handed_over", "总体情况", "{handed_over"),
    ],
)
def test_a_faulty_sentence_is_told_by_file_section_and_placeholder(
    rules_of_the_centre: Path, old: str, new: str, section: str, what: str
) -> None:
    words = read_text("rules/report.toml")
    body = words[words.index("version =") :]
    assert old in body
    (rules_of_the_centre / "report.toml").write_text(body.replace(old, new, 1), "utf-8")
    use_rules_in(rules_of_the_centre)
    with pytest.raises(InputError) as caught:
        report_rule()
    for word in ("report.toml", f"“{section}”", what):
        assert word in caught.value.message


def test_a_centre_may_write_its_own_report(rules_of_the_centre: Path) -> None:
    (rules_of_the_centre / "report.toml").write_text(
        'version = "我们的"\ntitle = "简报"\nfew = 1\ntop = 1\nwithheld = "少量"\n'
        '[[section]]\ntitle = "只有一段"\n[[section.part]]\ntext = "成功{success}，{rate:success_rate}。"\n',
        "utf-8",
    )
    use_rules_in(rules_of_the_centre)
    words = plain_text(compose(material(people(3, 3, 3))))
    assert "一、只有一段\n成功3件，成功率为100.00%。\n" in words
    assert "附件" not in words
    assert "report.toml 我们的" in words


@pytest.mark.parametrize(
    ("text", "true"),
    [
        ("registered > before:registered", True),
        ("registered < before:registered or month", True),
        ("registered < before:registered and month", False),
        ("not year and registered@人民调解 = 5", True),
        ("not registered = 5", False),
        ("success_rate > 0", False),
    ],
)
def test_conditions_compare_cells_of_the_three_periods(text: str, true: bool) -> None:
    of = material(people(5), people(3), period=Period(first=OCTOBER.first, last=OCTOBER.last))
    assert holds(condition(text), of, frozenset(("month",))) is true


def test_no_sentence_ever_says_a_negative_number() -> None:
    for now, then in ((0, 30), (30, 0), (3, 30), (30, 3), (29, 30), (30, 30)):
        words = plain_text(
            compose(
                material(
                    people(now, now, now // 2, agreed_yuan=Decimal(now)),
                    people(then, then, then, agreed_yuan=Decimal(then)),
                )
            )
        )
        assert not re.search(r"[-−]\d", words.replace("2026-11", ""))
        assert "，。" not in words
        assert "，；" not in words
